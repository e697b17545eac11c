"""SR303: is every price at or above its floor?"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from salesrepo.checks.prices import own_authority, pricing, product_of, stood
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.deal import DEAL, Deal, DealLine
from salesrepo.domain.kinds.payment import PAYMENT
from salesrepo.domain.kinds.product import PRODUCT, Product
from salesrepo.domain.money import parse_amount, parse_percent, show_amount
from salesrepo.domain.quote import quote_day
from salesrepo.errors import RefusedError

MOST = 10**14  # minor units
_NEVER_NEGATIVE: Mapping[object, tuple[str, str]] = MappingProxyType(
    {
        "price": ("A list price is never negative.", "Write what one unit costs, or 0 where it is free."),
        "cost": ("A cost is never negative.", "Write what one unit costs the company, or 0 where that is nothing."),
    }
)


@rule("SR303", "price-below-floor")
def SR303(ctx: CheckContext) -> Iterator[Finding]:
    """A unit price must not lie below the floor that policy gives for the product, and amounts must fit the currency.

    Known as P01.

    ## Why
    One price under the floor is the next customer's reference. The floor is a share of the list price of the day on
    which it was quoted: policy/pricing.yml. An amount that its currency cannot pay could not be compared with anything.

    ## Fix
    Raise the price to the floor that is named, or change what is sold. Deals imported from another system are
    exempt until they come back from being lost, and a deal can be lost at any price.
    """
    for change, deal in ctx.change.readable(DEAL):
        before = stood(change, deal)
        same = before is not None and (before.lines, before.currency) == (deal.lines, deal.currency)
        if before is not None and same and before.stage == "won" == deal.stage:
            continue  # what was sold stays sold when the price list moves on
        new = change.change.before is None
        lost = deal.stage == "lost" and not new
        past = deal.stage == "lost" or (deal.imported is not None and (new or same))
        for index, line in enumerate(deal.lines):
            fault = _fault(ctx, deal, line, lost=lost) or (None if past else _below(ctx, deal, line))
            if fault:
                at = Location(change.path, ("lines", index, "price"))
                yield Finding("SR303", Severity.ERROR, fault[0], at, hint=fault[1])
        if not lost and (huge := _huge(deal)):
            yield Finding("SR303", Severity.ERROR, huge, Location(change.path, ("lines",)), hint="Correct its lines.")
    for at, amount, currency in _other_amounts(ctx):
        try:
            minor = parse_amount(amount, currency)
        except RefusedError as bad:
            yield Finding("SR303", Severity.ERROR, bad.message, at, hint=bad.hint)
            continue
        if minor < 0 and at.route[-1] in _NEVER_NEGATIVE:
            message, hint = _NEVER_NEGATIVE[at.route[-1]]
            yield Finding("SR303", Severity.ERROR, message, at, hint=hint)


def _fault(ctx: CheckContext, deal: Deal, line: DealLine, *, lost: bool) -> tuple[str, str] | None:
    """What would be wrong with a line wherever it came from; a deal that was mistyped can still be lost."""
    if not lost and product_of(ctx, line) is None:
        return f"There is no product {line.product}.", "Choose one from the price list: sr show products"
    try:
        price = parse_amount(line.price, deal.currency)
    except RefusedError as bad:
        return bad.message, bad.hint
    return ("A price is never negative.", "A refund is finance's to record.") if price < 0 and not lost else None


def _huge(deal: Deal) -> str:
    """A total beyond what money is counted in; amounts that cannot be read are another finding's."""
    try:
        total = sum(line.quantity * parse_amount(line.price, deal.currency) for line in deal.lines)
    except RefusedError:
        return ""
    if total <= MOST:
        return ""
    return f"The deal comes to more than {show_amount(MOST, deal.currency)} {deal.currency}."


def _below(ctx: CheckContext, deal: Deal, line: DealLine) -> tuple[str, str] | None:
    product = product_of(ctx, line)
    listed = product.listed(quote_day(deal, ctx.today)) if product else None
    if product is None or listed is None:
        return None
    if product.currency != deal.currency:
        return (
            f"{product.name} is priced in {product.currency}, the deal in {deal.currency}.",
            f"Write the deal in {product.currency}.",
        )
    floor = _floor(ctx, product, listed)
    if parse_amount(line.price, deal.currency) >= floor:
        return None
    shown = show_amount(floor, deal.currency)
    return (
        f"{line.price} for {product.name} is below the floor of {shown} {deal.currency} (list {listed}).",
        _hint(ctx, deal, product, listed, shown),
    )


def _hint(ctx: CheckContext, deal: Deal, product: Product, listed: str, floor: str) -> str:
    """The lowest price: by the floor, and where the seller's own authority is tighter (SR341) by that first."""
    policy = pricing(ctx)
    share, whole = own_authority(ctx, deal.node, policy)
    alone = -(-parse_amount(listed, product.currency) * (whole - share) // whole)
    if not policy.authority or alone <= parse_amount(floor, product.currency):
        return f"The lowest price that passes is {floor}: --price {floor}"
    shown = show_amount(alone, product.currency)
    return f"Without asking: {shown} (--price {shown}). With a quote: down to {floor}."


def _floor(ctx: CheckContext, product: Product, listed: str) -> int:
    policy = pricing(ctx)
    share, whole = parse_percent(policy.floors.get(product.sku, policy.floor))
    return -(-parse_amount(listed, product.currency) * share // whole)


def _other_amounts(ctx: CheckContext) -> Iterator[tuple[Location, str, str]]:
    for change, product in ctx.change.readable(PRODUCT):
        yield Location(change.path, ("price",)), product.price, product.currency
        if product.cost is not None:
            yield Location(change.path, ("cost",)), product.cost, product.currency
        for index, former in enumerate(product.former):
            if former.cost is not None:
                yield Location(change.path, ("former", index, "cost")), former.cost, product.currency
    for payment_change, payment in ctx.change.readable(PAYMENT):
        yield Location(payment_change.path, ("amount",)), payment.amount, payment.currency
