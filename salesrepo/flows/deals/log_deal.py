"""`sr log deal`: note a deal on an account of one's own, and hear at once what the bots would say of it."""

from dataclasses import dataclass, field, replace
from datetime import date

from salesrepo.checks.handles import handle_in
from salesrepo.domain.finding import Finding, Severity
from salesrepo.domain.kinds.deal import CLOSER, DEAL, Deal, DealCredit, DealLine, Move
from salesrepo.domain.kinds.deal_hold import DEAL_HOLD, DealHold
from salesrepo.domain.kinds.product import PRODUCT, Product
from salesrepo.domain.money import parse_amount, parse_percent, round_half_away, show_amount
from salesrepo.domain.paths import place_of
from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.deals.deal_parts import billing_of, contacts_with, credit_of, kind_of, short_word, short_words
from salesrepo.flows.deals.log_activity import find_deal, is_deal, own_holding
from salesrepo.flows.deals.moves import moved, oldest_evidence, pipeline_of, postponed, stage_told
from salesrepo.flows.here.endings import keep_open_form
from salesrepo.flows.here.holdings import refresh_index
from salesrepo.flows.here.own_log import next_told
from salesrepo.flows.here.spoken import LINE, spoken
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.proposals.judge import Case, judge_files, node_of
from salesrepo.store.index import read_index
from salesrepo.store.records import file_of

_APART = "SR205"  # that a claim travels by itself: it does, whatever else is noted


@dataclass(frozen=True, slots=True, kw_only=True)
class DealTold:
    """What the seller typed. Texts are empty, numbers None where nothing was said.

    `credits` are NODE:ROLE:SHARE, `contacts` ID:ROLE; `promises` and `competitors` replace those of before.
    """

    product: str = ""
    quantity: int | None = None
    price: str = ""
    discount: str = ""
    currency: str = ""
    term: int | None = None
    billing: str = ""
    closes: str = ""
    stage: str = ""
    note: str = ""
    promises: tuple[str, ...] | None = None
    credits: tuple[str, ...] = ()
    kind: str = ""
    source: str = ""
    contacts: tuple[str, ...] = ()
    competitors: tuple[str, ...] | None = None
    apart: str = ""


@dataclass(frozen=True)
class DealNoted:
    """The deal as it is noted now, its handle, and what the rules would refuse or ask for."""

    deal: Deal
    handle: str
    amount: str
    findings: tuple[Finding, ...] = field(default=())


def log_deal(ws: Workspace, lead: str, told: DealTold, *, dry_run: bool = False) -> DealNoted:
    """Note a new deal on a held account, or change an open one that is named by its handle (`acme/2`).

    Raises RefusedError for an account or deal that is not the seller's, UsageError for what makes no sense.
    """
    known = read_index(ws.desk.folder)
    if is_deal(lead, known):
        entry = find_deal(lead, known)
        old = ws.view.get(DEAL, account=entry.account, deal=entry.deal)
        if old is None:
            raise RefusedError(f"{lead} is not there any more.", hint="Run: sr sync")
        if told.currency not in ("", old.currency):
            hint = f"Take it back (sr undo {lead}) and note it anew with --currency {told.currency}."
            raise UsageError(f"{lead} is in {old.currency}; a deal keeps its currency.", hint=hint)
        return note_deal(ws, changed_deal(ws, old, told), dry_run=dry_run)
    claim = own_holding(ws.desk, lead, known)
    if not told.product:
        raise UsageError("A deal needs a product.", hint=f"Add --product, one of: {', '.join(_skus(ws))}.")
    kind = kind_of(told.kind) or "new"
    first = pipeline_of(ws).stages(kind)[0].stage
    deal = Deal(
        deal=_next_id(ws, claim.account),
        account=claim.account,
        layer=claim.layer,
        node=ws.me,
        stage=first,
        opened=ws.today,
        moves=(Move(stage=first, day=ws.today),),
        kind=kind,
        currency=told.currency or ws.settings.currency,
        credits=(DealCredit(node=ws.me, role=CLOSER, share="100%"),),
    )
    return note_deal(ws, changed_deal(ws, deal, told), dry_run=dry_run)


def note_deal(ws: Workspace, deal: Deal, *, dry_run: bool = False) -> DealNoted:
    """Put a deal and its pointer into the outbox; says what the bots would say of it now."""
    amount = amount_of(deal)  # what has no value is refused before anything is noted
    path, data = file_of(DEAL, deal)
    pointer, _ = file_of(DEAL_HOLD, DealHold(node=deal.node, account=deal.account, deal=deal.deal))
    files = {path: data, pointer: b"" if deal.is_open else None}
    actor = node_of(ws.tip, ws.identity.forge_id)
    over = {**_beside(ws, deal), **files}
    case = Case(actor_id=ws.identity.forge_id, actor=actor, today=ws.today)
    report = judge_files(ws.tip, over, case).report
    if not dry_run:
        with ws.desk.busy():
            if not deal.is_open:
                keep_open_form(ws, path)
            for place, content in files.items():
                ws.note(place, content)
            refresh_index(ws)
    heard = (f for f in report.findings if f.at.path in files and f.severity is not Severity.NOTE)
    told = tuple(f for f in heard if f.code != _APART)
    if any(f.code == "SR322" for f in told):  # it knows what travels with the deal; the seller's own log knows more
        step = next_told(ws, deal.account, oldest_evidence(ws, deal))
        if step is not None and (step.due is None or step.due >= ws.today):
            told = tuple(f for f in told if f.code != "SR322")
    return DealNoted(deal, handle_in(ws.view, deal), amount, told)


def _beside(ws: Workspace, deal: Deal) -> dict[str, bytes | None]:
    """What is noted besides, and of what is on its way already only what the deal's own account rests on."""
    items = {item.path: item for item in ws.outbox.items()}
    sent = {path for path, item in items.items() if item.state == "sent" and item.proposal}
    return {
        path: data
        for path, data in ws.outbox.contents().items()
        if path not in sent or ((place := place_of(path)) and place.ids.get("account") == deal.account)
    }


def amount_of(deal: Deal) -> str:
    """The value of all lines, as a record writes it."""
    total = sum(line.quantity * parse_amount(line.price, deal.currency) for line in deal.lines)
    return show_amount(total, deal.currency)


def changed_deal(ws: Workspace, deal: Deal, told: DealTold) -> Deal:
    """The deal with what was told of it; raises as `log_deal`."""
    changed = replace(
        deal,
        lines=_lines(ws, deal, told),
        term=told.term if told.term is not None else deal.term,
        billing=billing_of(told.billing) or deal.billing,
        kind=kind_of(told.kind) or deal.kind,
        source=short_word(told.source, "source") or deal.source,
        contacts=contacts_with(deal.contacts, told.contacts),
        competitors=deal.competitors if told.competitors is None else short_words(told.competitors, "competitor"),
        apart=spoken(told.apart, most=LINE) or deal.apart,
        note=spoken(told.note) or deal.note,
        promises=deal.promises if told.promises is None else told.promises,
        credits=tuple(credit_of(text) for text in told.credits) or deal.credits,
    )
    if told.closes:
        changed = postponed(ws, changed, date.fromisoformat(told.closes))
    stage = stage_told(pipeline_of(ws), changed, told.stage)
    return moved(ws, changed, stage) if stage else changed


def _lines(ws: Workspace, deal: Deal, told: DealTold) -> tuple[DealLine, ...]:
    if not (told.product or told.quantity or told.price or told.discount):
        return deal.lines
    old = deal.lines[0] if deal.lines else None
    sku = _sku(ws, told.product) if told.product else old.product if old else ""
    product = ws.tip.get(PRODUCT, sku=sku) if sku else None
    if product is None:
        raise UsageError("Which product?", hint=f"Add --product, one of: {', '.join(_skus(ws))}.")
    quantity = told.quantity or (old.quantity if old else 1)
    kept = old.price if old and old.product == sku else product.price
    return (
        DealLine(product=sku, quantity=quantity, price=_price(product, deal.currency, told) or kept),
        *deal.lines[1:],
    )


def _price(product: Product, currency: str, told: DealTold) -> str:
    if told.price and told.discount:
        raise UsageError("Give the price or the discount, not both.", hint="Leave one of them out.")
    if told.price:
        return price_told(told.price, currency)
    if not told.discount:
        return ""
    share, whole = parse_percent(discount_told(told.discount))
    listed = parse_amount(product.price, product.currency)
    return show_amount(round_half_away(listed * (whole - share), whole), product.currency)


def price_told(text: str, currency: str) -> str:
    """A unit price as a record writes it. Raises UsageError for one below nothing, RefusedError for no amount."""
    price = parse_amount(text, currency)
    if price < 0:
        raise UsageError("A price is never negative.", hint="Write what one costs, or 0 where it is free.")
    return show_amount(price, currency)


def discount_told(text: str) -> str:
    """A discount with its sign. Raises UsageError outside of 0% to 100%, RefusedError for no percentage."""
    percent = text if text.endswith("%") else f"{text}%"
    share, whole = parse_percent(percent)
    if not 0 <= share <= whole:
        raise UsageError(f"A discount lies between 0% and 100%, not at {percent}.", hint="Write it as --discount 15%.")
    return percent


def _skus(ws: Workspace) -> tuple[str, ...]:
    return tuple(product.sku for _, product in ws.tip.all(PRODUCT, "products"))


def _sku(ws: Workspace, text: str) -> str:
    products = [product for _, product in ws.tip.all(PRODUCT, "products")]
    wanted = text.strip().casefold()
    exact = [p.sku for p in products if wanted in (p.sku, p.name.casefold())]
    begun = exact or [p.sku for p in products if p.sku.startswith(wanted) or p.name.casefold().startswith(wanted)]
    if len(begun) == 1:
        return begun[0]
    several = ", ".join(begun or (p.sku for p in products))
    raise UsageError(f"{text} is {'several products' if begun else 'no product'}.", hint=f"Choose one of: {several}.")


def _next_id(ws: Workspace, account: str) -> str:
    folder = DEAL.path.fill(account=account, deal="x").rsplit("/", 1)[0]
    begins = f"{account}-"
    taken = [path.rsplit("/", 1)[1].removesuffix(".yml") for path in ws.view.paths(folder)]
    numbers = [int(rest) for name in taken if (rest := name.removeprefix(begins)).isascii() and rest.isdigit()]
    return f"{begins}{max(numbers, default=0) + 1}"
