"""What happened to a deal that somebody may be paid for: qualified, won, invoiced, paid; and who has credit in it?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from salesrepo.commission.credit import credits_of
from salesrepo.commission.deal_values import values_of
from salesrepo.commission.values import Credit, Event, Fact
from salesrepo.domain.kinds.deal import Deal, DealLine
from salesrepo.domain.kinds.payment import Payment
from salesrepo.domain.kinds.product import Product
from salesrepo.domain.money import cut, parse_amount, ratio
from salesrepo.errors import RefusedError
from salesrepo.flows.books.settle_people import above, of_account
from salesrepo.flows.books.settle_terms import Terms

_MOST = 10**14  # minor units of one line: sums of many still fit the 15 digits of an amount in the ledger's files
WON, QUALIFIED = "won", "qualified"
PAID_ON = ("invoiced", "paid")  # billing records that are events to be paid on
BILLING = (*PAID_ON, "refunded", "cancelled")  # billing records that change what of a deal is payable


@dataclass(frozen=True, slots=True)
class Sold:
    """One line of a deal: its place from 1 on, its amount in minor units, what is known of its product."""

    item: int
    line: DealLine
    amount: int
    product: Product | None


def is_won(deal: Deal | None) -> bool:
    """Whether a deal is one to pay for."""
    return deal is not None and deal.stage == WON and deal.signed is not None


def credits_in(deal: Deal, terms: Terms) -> tuple[Credit, ...]:
    """Who has which share in each line of a won deal. Raises RefusedError where its numbers cannot be paid on."""
    if deal.signed is None:
        raise RefusedError(f"{deal.deal} has no signed date.", hint="Amend the deal.")
    return _credits(deal, (_event(deal, sold, terms) for sold in _sold(deal, terms)), terms)


def qualified_in(deal: Deal, terms: Terms) -> tuple[Credit, ...]:
    """Who has which share in the pipeline that a deal is, from the stage on that makes it so; empty before."""
    stage = terms.qualified_from(deal.kind)
    reached = [move.day for move in deal.moves if move.stage in stage]
    if not reached or not deal.credits:
        return ()
    events = (
        _event(deal, sold, terms, kind=QUALIFIED, day=reached[0])._replace(
            values={"pipeline": sold.amount, "units": sold.line.quantity}
        )
        for sold in _sold(deal, terms)
    )
    return _credits(deal, events, terms)


def billed_in(deal: Deal, payment: Payment, terms: Terms) -> tuple[Credit, ...]:
    """Who has which share in what a billing record invoices or pays, cut over the deal's lines by their amounts."""
    if payment.kind not in PAID_ON:
        return ()
    sold = _sold(deal, terms)
    whole, money = sum(each.amount for each in sold), parse_amount(payment.amount, payment.currency)
    events, reached = [], 0
    for place, each in enumerate(sold):
        starts, reached = reached, reached + each.amount
        if whole > 0:
            part = cut(money, ratio(starts, whole), ratio(reached, whole))
        else:
            part = 0 if place else money
        values = {"cash": part} | ({"units": payment.units} if payment.units is not None and not place else {})
        event = _event(deal, each, terms, kind=payment.kind, day=payment.day, name=f"{payment.kind}-{payment.payment}")
        events.append(event._replace(amount=part, values=values))
    return _credits(deal, events, terms)


def served_in(deal: Deal, month: int, day: date, terms: Terms) -> tuple[Credit, ...]:
    """Who has which share in a month of a deal's service, which ended on `day`."""
    events = []
    for sold in _sold(deal, terms):
        event = _event(deal, sold, terms, kind="month", day=day, name=f"month-{month}")
        monthly = event.values.get("mrr")
        if monthly is not None:
            events.append(event._replace(amount=monthly))
    return _credits(deal, events, terms)


def _credits(deal: Deal, events: Iterable[Event], terms: Terms) -> tuple[Credit, ...]:
    found: list[Credit] = []
    for event in events:
        own = credits_of(event, deal.credits, beside=terms.beside, loose=terms.loose)
        own = (*own, *of_account(event, deal, len(own), terms))
        found += own
        for credit in own:
            found += above(credit, terms)
    return tuple(found)


def _sold(deal: Deal, terms: Terms) -> tuple[Sold, ...]:
    found = []
    for item, line in enumerate(deal.lines, 1):
        amount = line.quantity * parse_amount(line.price, deal.currency)
        if abs(amount) > _MOST:
            raise RefusedError(f"Line {item} of {deal.deal} is more than a ledger can hold.", hint="Amend the deal.")
        found.append(Sold(item, line, amount, terms.product(line.product)))
    return tuple(found)


def _event(deal: Deal, sold: Sold, terms: Terms, *, kind: str = WON, day: date | None = None, name: str = "") -> Event:
    product = sold.product
    priced = product if product is not None and product.currency == deal.currency else None
    signed = deal.signed or day or deal.opened
    cost = priced.cost_on(signed) if priced else None
    values = values_of(
        sold.amount,
        quantity=sold.line.quantity,
        recurring=product.recurring if product else False,
        term=deal.term,
        cost=parse_amount(cost, deal.currency) if cost is not None else None,
    )
    return Event(
        deal=deal.deal,
        account=deal.account,
        currency=deal.currency,
        signed=signed,
        amount=sold.amount,
        commit=terms.commit.oid,
        booked_on=terms.day,
        place=1,  # only the order inside one commit is left to sort: commits are folded one at a time
        item=sold.item,
        order=deal.order,
        values=values,
        facts=dict(_facts(deal, sold, priced, values, terms)),
        kind=kind,
        name=name or kind,
        happened=day,
        starts=deal.starts,
    )


def _facts(
    deal: Deal, sold: Sold, priced: Product | None, values: dict[str, int], terms: Terms
) -> Iterator[tuple[str, Fact]]:
    """What conditions and tables may ask of a deal's line (`commission/asks.RECORDED`); what it lacks is absent."""
    product, line = sold.product, sold.line
    known: dict[str, Fact | None] = {
        "product": line.product,
        "category": product.category if product else None,
        "series": product.series if product else None,
        "kind": deal.kind,
        "source": deal.source,
        "term": deal.term,
        "discount": _discount(line, priced.listed(deal.signed or deal.opened) if priced else None, deal.currency),
        **_margins(sold.amount, values.get("margin")),
        **terms.account_facts(deal.account),
        "account.territory": terms.territory(deal.account, deal.layer),
    }
    yield from ((name, value) for name, value in known.items() if value is not None)


def _margins(amount: int, margin: int | None) -> dict[str, Fact | None]:
    """The margin as a share of the price and of the cost."""
    if margin is None:
        return {}
    cost = amount - margin
    return {
        "margin_of_price": Fraction(margin, amount) if amount > 0 else None,
        "margin_of_cost": Fraction(margin, cost) if cost > 0 else None,
    }


def _discount(line: DealLine, listed: str | None, currency: str) -> Fraction | None:
    """How much below the list price a unit was sold, as a share of it; nothing above it."""
    whole = parse_amount(listed, currency) if listed else 0
    return max(Fraction(whole - parse_amount(line.price, currency), whole), Fraction(0)) if whole > 0 else None
