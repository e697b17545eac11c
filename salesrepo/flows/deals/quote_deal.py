"""`sr quote`: ask for prices before the customer sees them."""

from dataclasses import dataclass, replace
from datetime import date

from salesrepo.checks.prices import exceeds, own_authority, worst_discount
from salesrepo.checks.rule import CheckContext
from salesrepo.checks.rules.sr341_discount_authority import show_rounded
from salesrepo.domain.kinds.deal import DEAL, Deal, DealLine, Discount, Quote
from salesrepo.domain.kinds.policy_pricing import PRICING_POLICY
from salesrepo.domain.kinds.product import PRODUCT
from salesrepo.domain.money import parse_amount, parse_percent, round_half_away, show_amount
from salesrepo.domain.quote import digest_of, last_day
from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.deals.deal_parts import billing_of, instalment_of
from salesrepo.flows.deals.log_activity import find_deal
from salesrepo.flows.deals.log_deal import DealNoted, discount_told, note_deal, price_told
from salesrepo.flows.here.spoken import LINE, spoken
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.proposals.judge import node_of
from salesrepo.store.index import read_index


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteTold:
    """What the seller typed: a discount (and what it is called) or a price for one product, the terms, and why.

    Texts are empty, the term None where nothing was said; `invoices` are DAY:AMOUNT.
    """

    product: str = ""
    discount: str = ""
    name: str = ""
    price: str = ""
    why: str = ""
    term: int | None = None
    billing: str = ""
    starts: str = ""
    invoices: tuple[str, ...] = ()


def quote_deal(ws: Workspace, handle: str, told: QuoteTold, *, dry_run: bool = False) -> DealNoted:
    """Note that a deal's prices, as they are or as told, are asked for today.

    Raises RefusedError for a deal that is not the seller's own open one, UsageError for what makes no sense.
    """
    priced = _told(ws, handle, told)
    asked = Quote(day=ws.today, digest=digest_of(priced), why=spoken(told.why, most=LINE) or None)
    return note_deal(ws, replace(priced, quote=asked), dry_run=dry_run)


def given_oneself(ws: Workspace, handle: str, told: QuoteTold) -> str:
    """How much off the list these prices are (`5%`) where the seller may give it without asking; else empty.

    Empty as well for a deal that has a quote: what was agreed to is left only by another one.
    """
    deal, policy = _told(ws, handle, told), ws.tip.get(PRICING_POLICY)
    if policy is None or not policy.authority or deal.quote is not None:
        return ""
    me = ws.identity.forge_id
    actor = node_of(ws.tip, me)
    context = CheckContext.looking(ws.tip, ws.today, result=ws.view, actor_id=me, actor=actor)
    worst = worst_discount(context, deal)
    return "" if exceeds(worst, own_authority(context, deal.node, policy)) else show_rounded(worst)


def _told(ws: Workspace, handle: str, told: QuoteTold) -> Deal:
    """An open deal with the prices and terms that were told."""
    entry = find_deal(handle, read_index(ws.desk.folder))
    deal = ws.view.get(DEAL, account=entry.account, deal=entry.deal)
    if deal is None or not deal.is_open:
        won = deal is not None and deal.stage == "won"
        hint = f"Take that back first: sr undo {handle}" if won else "Quote one of your open deals: sr status"
        raise RefusedError(f"{handle} is {'won' if won else 'not open'}.", hint=hint)
    schedule = tuple(sorted((instalment_of(text, deal.currency) for text in told.invoices), key=lambda one: one.day))
    priced = replace(
        deal,
        lines=_lines(ws, deal, told),
        term=told.term if told.term is not None else deal.term,
        billing=billing_of(told.billing) or deal.billing,
        starts=date.fromisoformat(told.starts) if told.starts else deal.starts,
        schedule=schedule or deal.schedule,
    )
    if not priced.lines:
        raise UsageError(f"{handle} has nothing to quote.", hint=f"Add what is sold: sr log deal {handle} --product P")
    return priced


def quoted_until(ws: Workspace, deal: Deal) -> str:
    """The last day on which a deal's quote holds; empty where it has none."""
    policy = ws.tip.get(PRICING_POLICY)
    until = last_day(deal, policy.quote_days) if policy else None
    return until.isoformat() if until else ""


def _lines(ws: Workspace, deal: Deal, told: QuoteTold) -> tuple[DealLine, ...]:
    if told.price and told.discount:
        raise UsageError("Give the price or the discount, not both.", hint="Leave one of them out.")
    if not (told.price or told.discount) or not deal.lines:
        return deal.lines  # what sells nothing is refused, with the step that comes first
    meant = [line for line in deal.lines if told.product in ("", line.product)]
    if not meant:
        hint = f"It sells {', '.join(line.product for line in deal.lines)}: name one with --product."
        raise UsageError(f"The deal does not sell {told.product}.", hint=hint)
    return tuple(_line(ws, deal, line, told) if line in meant else line for line in deal.lines)


def _line(ws: Workspace, deal: Deal, line: DealLine, told: QuoteTold) -> DealLine:
    product = ws.tip.get(PRODUCT, sku=line.product)
    listed = product.listed(ws.today) if product else None
    if product is None or listed is None or product.currency != deal.currency:
        raise RefusedError(
            f"{line.product} is not on today's price list in {deal.currency}.", hint="See what is: sr show products"
        )
    if told.price:
        return replace(line, price=price_told(told.price, deal.currency), discounts=())
    percent = discount_told(told.discount)
    share, whole = parse_percent(percent)
    price = round_half_away(parse_amount(listed, product.currency) * (whole - share), whole)
    named = Discount(name=told.name or "agreed", percent=percent)
    return replace(line, price=show_amount(price, deal.currency), discounts=(named,))
