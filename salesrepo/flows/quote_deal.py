"""`sr quote`: ask for prices before the customer sees them."""

from dataclasses import dataclass, replace

from salesrepo.domain.kinds.deal import DEAL, Deal, DealLine, Discount, Quote
from salesrepo.domain.kinds.policy_pricing import PRICING_POLICY
from salesrepo.domain.kinds.product import PRODUCT
from salesrepo.domain.money import parse_amount, parse_percent, round_half_away, show_amount
from salesrepo.domain.quote import digest_of, last_day
from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.log_activity import find_deal
from salesrepo.flows.log_deal import DealNoted, note_deal
from salesrepo.flows.spoken import LINE, spoken
from salesrepo.flows.workspace import Workspace
from salesrepo.store.index import read_index


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteTold:
    """What the seller typed: a discount (and what it is called) or a price for one product, and why."""

    product: str = ""
    discount: str = ""
    name: str = ""
    price: str = ""
    why: str = ""


def quote_deal(ws: Workspace, handle: str, told: QuoteTold, *, dry_run: bool = False) -> DealNoted:
    """Note that a deal's prices, as they are or as told, are asked for today.

    Raises RefusedError for a deal that is not the seller's own open one, UsageError for what makes no sense.
    """
    entry = find_deal(handle, read_index(ws.desk.folder))
    deal = ws.view.get(DEAL, account=entry.account, deal=entry.deal)
    if deal is None or not deal.is_open:
        raise RefusedError(f"{handle} is not open.", hint="Quote one of your open deals: sr status")
    priced = replace(deal, lines=_lines(ws, deal, told))
    if not priced.lines:
        raise UsageError(f"{handle} has nothing to quote.", hint=f"Add what is sold: sr log deal {handle} --product P")
    asked = Quote(day=ws.today, digest=digest_of(priced), why=spoken(told.why, most=LINE) or None)
    return note_deal(ws, replace(priced, quote=asked), dry_run=dry_run)


def quoted_until(ws: Workspace, deal: Deal) -> str:
    """The last day on which a deal's quote holds; empty where it has none."""
    policy = ws.tip.get(PRICING_POLICY)
    until = last_day(deal, policy.quote_days) if policy else None
    return until.isoformat() if until else ""


def _lines(ws: Workspace, deal: Deal, told: QuoteTold) -> tuple[DealLine, ...]:
    if told.price and told.discount:
        raise UsageError("Give the price or the discount, not both.", hint="Leave one of them out.")
    if not (told.price or told.discount):
        return deal.lines
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
        return replace(line, price=show_amount(parse_amount(told.price, deal.currency), deal.currency), discounts=())
    percent = told.discount if told.discount.endswith("%") else f"{told.discount}%"
    share, whole = parse_percent(percent)
    price = round_half_away(parse_amount(listed, product.currency) * (whole - share), whole)
    named = Discount(name=told.name or "agreed", percent=percent)
    return replace(line, price=show_amount(price, deal.currency), discounts=(named,))
