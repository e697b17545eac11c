"""What does a change of a deal or of a claim mean, in the words of the business?"""

from collections.abc import Iterator

from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.kinds.claim import Claim
from salesrepo.domain.kinds.deal import Deal, DealLine
from salesrepo.domain.money import parse_amount
from salesrepo.domain.quote import off_list
from salesrepo.errors import RefusedError
from salesrepo.report.wording import ARROW, Names, cut, fields_told, money, told

_REST = (
    *("kind", "currency", "closes", "signed", "closed", "order", "reason", "term", "billing", "starts"),
    *("schedule", "apart", "also_for", "imported", "note"),
)


def deal_told(change: RecordChange[Deal], names: Names) -> Iterator[str]:
    """What a change does to a deal: all that somebody is paid by, and the customer is bound by."""
    was, now = change.before, change.after
    if now is None:
        yield "deal removed"
    elif was is None:
        yield from _new_deal(now, names)
    else:
        if was.stage != now.stage:
            signed = f", signed {now.signed}" if now.stage == "won" and now.signed else ""
            yield f"stage {was.stage} {ARROW} {now.stage}{signed}"
        yield from _lines(was, now)
        if was.node != now.node:
            yield f"holder {names.who(was.node)} {ARROW} {names.who(now.node)}"
        if was.credits != now.credits:
            yield f"credit now: {_shares(now, names)}"
        known = {"signed"} if was.stage != now.stage and now.stage == "won" else set()
        yield from fields_told(was, now, [name for name in _REST if name not in known])
        if was.promises != now.promises:
            yield f"promises now: {', '.join(now.promises) or 'nothing'}"
        if was.quote != now.quote:
            yield from _quote(now, names)


def _new_deal(now: Deal, names: Names) -> Iterator[str]:
    lines = ", ".join(f"{line.quantity} x {line.product} at {money(line.price, now.currency)}" for line in now.lines)
    yield f"new deal of {names.who(now.node)}, stage {now.stage}" + (f": {lines} {now.currency}" if lines else "")
    if now.credits:
        yield f"credit: {_shares(now, names)}"
    yield from told(signed=now.signed, closed=now.closed, order=now.order, reason=now.reason)
    term = " ".join((f"{now.term} months" if now.term else "", now.billing or "")).strip()
    yield from told(term=term, starts=now.starts, kind=now.kind if now.kind != "new" else "")
    yield from told(promises=", ".join(now.promises), also_for=", ".join(now.also_for), apart=now.apart)
    yield from told(instalments=len(now.schedule), imported_from=now.imported.system if now.imported else "")
    if now.quote:
        yield from _quote(now, names)
    yield from told(note=now.note)


def _shares(deal: Deal, names: Names) -> str:
    return ", ".join(f"{names.who(c.node)} {c.share} as {c.role}" for c in deal.credits) or "nobody"


def _quote(deal: Deal, names: Names) -> Iterator[str]:
    """The quote's day, and how far its prices lie below the list of that day."""
    if deal.quote is None:
        yield "quote removed"
        return
    prices = "; ".join(_against_list(line, deal, names) for line in deal.lines)
    why = f" ({cut(deal.quote.why)})" if deal.quote.why else ""
    yield f"quote of {deal.quote.day}{why}: {prices or 'nothing'}"


def _against_list(line: DealLine, deal: Deal, names: Names) -> str:
    price = f"{line.quantity} x {line.product} at {money(line.price, deal.currency)}"
    product = names.product(line.product)
    listed = product.listed(deal.quote.day) if product and deal.quote and product.currency == deal.currency else None
    if product is None or deal.quote is None or listed is None:
        return price
    try:
        off = off_list(line, product, deal.quote.day) or (0, 1)
    except RefusedError:
        return price
    return f"{price}, {round(100 * off[0] / off[1])} % off the list of that day ({money(listed, deal.currency)})"


def _lines(was: Deal, now: Deal) -> Iterator[str]:
    before, after = _by_product(was), _by_product(now)
    for product, nth in dict.fromkeys((*before, *after)):
        old, new = before.get((product, nth)), after.get((product, nth))
        if old is None and new is not None:
            yield f"{new.quantity} x {product} added at {money(new.price, now.currency)} {now.currency}"
        elif new is None:
            yield f"{product} removed"
        elif old is not None:
            yield from _line(product, old, new, now.currency, several=len(after) > 1)


def _by_product(deal: Deal) -> dict[tuple[str, int], DealLine]:
    """The lines by product, and where one stands there several times, by its turn."""
    found: dict[tuple[str, int], DealLine] = {}
    for line in deal.lines:
        found[line.product, sum(product == line.product for product, _ in found)] = line
    return found


def _line(product: str, old: DealLine, new: DealLine, currency: str, *, several: bool) -> Iterator[str]:
    of = f" of {product}" if several else ""
    if old.quantity != new.quantity:
        yield f"quantity{of} {old.quantity} {ARROW} {new.quantity}"
    if old.price != new.price:
        prices = f"{money(old.price, currency)} {ARROW} {money(new.price, currency)}"
        yield f"price{of} {prices}{_less(old.price, new.price, currency)}"


def _less(old: str, new: str, currency: str) -> str:
    try:
        was, now = parse_amount(old, currency), parse_amount(new, currency)
    except RefusedError:
        return ""
    return f", {round(100 * (was - now) / was)} % off" if 0 <= now < was else ""


def claim_told(change: RecordChange[Claim], names: Names) -> Iterator[str]:
    """What a change does to a claim, with what it rests on."""
    was, now = change.before, change.after
    if now is None:
        yield "claim removed"
    elif now.status == "released":
        yield f"given back by {names.who(now.holder)}"
    elif was is None or was.status == "released":
        yield f"claimed by {names.who(now.holder)} until {now.until}"
        yield from told(territory=now.territory, evidence=(now.evidence or "").replace("_", " "), note=now.note)
    elif was.holder != now.holder:
        yield f"passes from {names.who(was.holder)} to {names.who(now.holder)}, until {now.until}"
    else:
        yield from fields_told(was, now, ("territory", "until", "provisional", "extensions", "evidence", "note"))
