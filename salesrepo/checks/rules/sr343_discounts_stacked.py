"""SR343: does a line bear one discount, and does it make the price?"""

from collections.abc import Iterator

from salesrepo.checks.prices import priced, pricing, product_of
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.deal import Deal, DealLine
from salesrepo.domain.money import parse_amount, show_amount
from salesrepo.domain.quote import discounted, quote_day
from salesrepo.errors import RefusedError


@rule("SR343", "discounts-stacked")
def SR343(ctx: CheckContext) -> Iterator[Finding]:
    """A line bears one discount where policy forbids more, and its discounts make its price.

    ## Why
    Ten percent for the volume and ten for the quarter's end are nineteen that nobody decided. A discount that is named
    but does not make the price hides another one. Known as P04.

    ## Fix
    Keep one discount, or ask for the whole of it by one name: `sr quote`.
    """
    for change, deal in priced(ctx):
        policy = pricing(ctx)
        for index, line in enumerate(deal.lines):
            at = Location(change.path, ("lines", index, "discounts"))
            if len(line.discounts) > 1 and policy.stacking == "forbid":
                names = " and ".join(discount.name for discount in line.discounts)
                message = f"{line.product} bears {len(line.discounts)} discounts, {names}, and policy allows one."
                yield Finding("SR343", Severity.ERROR, message, at, hint="Keep one of them.")
            elif line.discounts and (fault := _off(ctx, deal, line)):
                yield Finding("SR343", Severity.ERROR, fault[0], at, hint=fault[1])


def _off(ctx: CheckContext, deal: Deal, line: DealLine) -> tuple[str, str] | None:
    product = product_of(ctx, line)
    if product is None or product.currency != deal.currency:
        return None
    try:
        wanted, price = discounted(line, product, quote_day(deal, ctx.today)), parse_amount(line.price, deal.currency)
    except RefusedError:
        return None
    if wanted is None or wanted == price:
        return None
    shown = show_amount(wanted, deal.currency)
    return f"Its discounts make {shown} of the list price, not {line.price}.", f"Write the price as {shown}."
