"""SR344: was the product on the price list on the day of the quote?"""

from collections.abc import Iterator
from datetime import timedelta

from salesrepo.checks.prices import priced, product_of
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.product import PRODUCT, Product
from salesrepo.domain.money import parse_amount
from salesrepo.domain.quote import quote_day
from salesrepo.errors import RefusedError


@rule("SR344", "not-on-the-list")
def SR344(ctx: CheckContext) -> Iterator[Finding]:
    """What is sold was on the price list on the day of the quote, and the list keeps what it said.

    ## Why
    A price is judged by the list that held when the customer saw it. A list that forgets its former prices, or a
    product that is not sold any more, leaves nothing to judge by. Known as P05.

    ## Fix
    Sell what is on the list. When a price changes, let the former one stay in `former:` with the day it ended.
    """
    for change, deal in priced(ctx):
        day = quote_day(deal, ctx.today)
        for index, line in enumerate(deal.lines):
            product = product_of(ctx, line)
            if product is not None and product.listed(day) is None:
                at = Location(change.path, ("lines", index, "product"))
                message = f"{product.name} is not on the price list of {day}."
                hint = "Choose what is sold today: sr show products"
                yield Finding("SR344", Severity.ERROR, message, at, hint=hint)
    for listed, now in ctx.change.readable(PRODUCT):
        if listed.before is not None:
            yield from _kept(ctx, listed.path, listed.before, now)


def _kept(ctx: CheckContext, path: str, before: Product, now: Product) -> Iterator[Finding]:
    """What the list said stays as it was said, also up to a change on a day to come."""
    for former in now.former:
        try:
            parse_amount(former.price, now.currency)
        except RefusedError as bad:
            yield Finding("SR344", Severity.ERROR, bad.message, Location(path, ("former",)), hint=bad.hint)
            return
    if before.currency != now.currency and before.former:
        message = f"The prices that {before.name} had before were in {before.currency}."
        hint = "Add another product for another currency."
        yield Finding("SR344", Severity.ERROR, message, Location(path, ("currency",)), hint=hint)
    gone = [former for former in before.former if former not in now.former]
    if gone:
        message = f"The price of {gone[0].price} up to {gone[0].ends} was true, and stays on the list."
        yield Finding("SR344", Severity.ERROR, message, Location(path, ("former",)), hint="Put it back.")
    for former in set(now.former).difference(before.former):
        last = former.ends - timedelta(days=1)
        if former.price != before.listed(last):
            message = f"On {last} the price {'was' if last < ctx.today else 'is'} not {former.price}."
            hint = "A former price is the one that the list had."
            yield Finding("SR344", Severity.ERROR, message, Location(path, ("former",)), hint=hint)
