"""What does a change of a deal or of a claim mean, in the words of the business?"""

from collections.abc import Iterator

from salesrepo.domain.kinds.claim import Claim
from salesrepo.domain.kinds.deal import Deal, DealLine
from salesrepo.domain.money import parse_amount
from salesrepo.domain.quote import off_list
from salesrepo.errors import RefusedError
from salesrepo.report.differences import ARROW, differences, one_line
from salesrepo.report.wording import Names, fields_said, fields_told, money, told


def deal_said(now: Deal, names: Names) -> Iterator[str]:
    """What a new deal is: all that somebody is paid by, and the customer is bound by."""
    lines = ", ".join(_position(line, now.currency) for line in now.lines)
    yield f"new deal of {names.who(now.node)}, stage {now.stage}" + (f": {lines} {now.currency}" if lines else "")
    if now.credits:
        yield f"credit: {_shares(now, names)}"
    yield from told(term=" ".join((f"{now.term} months" if now.term else "", now.billing or "")).strip())
    if now.quote:
        yield from _quote(now, names)
    known = {"deal", "account", "node", "stage", "lines", "credits", "term", "billing", "quote"}
    yield from fields_said(now, names, but=known | ({"currency"} if lines else set()))


def deal_told(was: Deal, now: Deal, names: Names) -> Iterator[str]:
    """What a change does to a deal."""
    won = was.stage != now.stage and now.stage == "won" and now.signed is not None
    if was.stage != now.stage:
        yield f"stage {was.stage} {ARROW} {now.stage}{f', signed {now.signed}' if won else ''}"
    yield from _lines(was, now)
    if was.node != now.node:
        yield f"holder {names.who(was.node)} {ARROW} {names.who(now.node)}"
    if was.credits != now.credits:
        yield f"credit {_shares(was, names)} {ARROW} {_shares(now, names)}"
    known = {"stage", "lines", "node", "credits", "quote"} | ({"signed"} if won else set())
    yield from fields_told(was, now, names, but=known)
    if was.quote != now.quote:
        yield from _quote(now, names)


def _position(line: DealLine, currency: str) -> str:
    off = "".join(f", {one.name} {one.percent} off" for one in line.discounts)
    return f"{line.quantity} x {line.product} at {money(line.price, currency)}{off}"


def _shares(deal: Deal, names: Names) -> str:
    return ", ".join(f"{names.who(c.node)} {c.share} as {c.role}" for c in deal.credits) or "nobody"


def _quote(deal: Deal, names: Names) -> Iterator[str]:
    """The quote's day, and how far its prices lie below the list of that day. Its digest is one of these prices."""
    if deal.quote is None:
        yield "quote removed"
        return
    prices = "; ".join(_against_list(line, deal, names) for line in deal.lines)
    why = f" ({one_line(deal.quote.why)})" if deal.quote.why else ""
    yield f"quote of {deal.quote.day}{why}: {prices or 'nothing'}"


def _against_list(line: DealLine, deal: Deal, names: Names) -> str:
    price = _position(line, deal.currency)
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
            yield f"{_position(new, now.currency).replace(' at ', ' added at ', 1)} {now.currency}"
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
    yield from differences(f"discounts{of}", old.discounts, new.discounts, lambda _, value: str(value))


def _less(old: str, new: str, currency: str) -> str:
    try:
        was, now = parse_amount(old, currency), parse_amount(new, currency)
    except RefusedError:
        return ""
    return f", {round(100 * (was - now) / was)} % off" if 0 <= now < was else ""


def claim_said(now: Claim, names: Names) -> Iterator[str]:
    """What a new claim is, with what it rests on."""
    if now.status == "released":
        yield f"a claim of {names.who(now.holder)} until {now.until} that is given back already"
    else:
        yield f"claimed by {names.who(now.holder)} until {now.until}"
    yield from fields_said(now, names, but=("account", "status", "holder", "until"))


def claim_told(was: Claim, now: Claim, names: Names) -> Iterator[str]:
    """What a change does to a claim."""
    known = {"status", "holder"}
    if (was.status, now.status) == ("held", "released"):
        known |= {"ended", "ending"}
        how = f" ({now.ending.replace('_', ' ')})" if now.ending else ""
        yield f"given back by {names.who(now.holder)}{f' on {now.ended}' if now.ended else ''}{how}"
        if was.holder != now.holder:
            yield f"last held by {names.who(now.holder)}, not by {names.who(was.holder)}"
    elif (was.status, now.status) == ("released", "held"):
        known |= {"until"}
        yield f"claimed by {names.who(now.holder)} until {now.until}"
    elif was.holder != now.holder:
        known |= {"until"}
        yield f"passes from {names.who(was.holder)} to {names.who(now.holder)}, until {now.until}"
    yield from fields_told(was, now, names, but=known)
