"""Which prices does a quote stand for, and how much off the list are they?"""

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta

from salesrepo.domain.kinds.claim import DEFAULT_LAYER
from salesrepo.domain.kinds.deal import Deal, DealLine
from salesrepo.domain.kinds.product import Product
from salesrepo.domain.money import Ratio, parse_amount, parse_percent, ratio, round_half_away

TERMS = ("lines", "currency", "term", "billing", "quote", "starts", "schedule", "kind", "layer", "also_for")
"""The fields of a deal that say what is sold, to whom and on which terms."""

PAID = ("signed", "kind", "source", "term", "starts", "currency", "lines", "credits")
"""The fields of a deal that its pay rests on: what changes in them is booked, and nobody changes them alone."""


def digest_of(deal: Deal) -> str:
    """SHA-256 over all that a price was asked for: an approval of it dies with any change.

    Terms that a deal leaves as they usually are add nothing, so that quotes from before they were counted still stand.
    """
    lines = [
        "|".join((ln.product, str(ln.quantity), ln.price, *(f"{d.name}:{d.percent}" for d in ln.discounts)))
        for ln in deal.lines
    ]
    said = (deal.deal, deal.currency, str(deal.term or ""), deal.billing or "", *lines, *_unusual(deal))
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _unusual(deal: Deal) -> Iterator[str]:
    if deal.starts:
        yield f"starts {deal.starts}"
    yield from (f"invoice {part.day} {part.amount}" for part in deal.schedule)
    if deal.kind != "new":
        yield f"kind {deal.kind}"
    if deal.layer != DEFAULT_LAYER:
        yield f"layer {deal.layer}"
    yield from (f"also for {account}" for account in deal.also_for)


def quote_day(deal: Deal, today: date) -> date:
    """The day whose price list holds for a deal: that of its quote, where it is won of its signature, else today."""
    if deal.quote:
        return deal.quote.day
    return deal.signed if deal.stage == "won" and deal.signed else today


def last_day(deal: Deal, days: int) -> date | None:
    """The last day on which a deal's quote holds; None where it has none."""
    return deal.quote.day + timedelta(days=days) if deal.quote else None


def off_list(line: DealLine, product: Product, day: date) -> Ratio | None:
    """How much below the list of that day a unit price lies, as an exact share; None where it was not sold then.

    Zero for a price at or above the list. Raises RefusedError for an amount that the currency cannot pay.
    """
    listed = product.listed(day)
    if listed is None:
        return None
    full = parse_amount(listed, product.currency)
    less = full - parse_amount(line.price, product.currency)
    return ratio(less, full) if less > 0 and full > 0 else (0, 1)


def discounted(line: DealLine, product: Product, day: date) -> int | None:
    """The unit price in minor units that a line's discounts make of the list of that day, rounded once at the end."""
    listed = product.listed(day)
    if listed is None:
        return None
    over, under = parse_amount(listed, product.currency), 1
    for discount in line.discounts:
        share, whole = parse_percent(discount.percent)
        over, under = over * (whole - share), under * whole
    return round_half_away(over, under)
