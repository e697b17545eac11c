"""SR303: is every price at or above its floor?"""

from collections.abc import Iterator

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
    for path, amount, currency, field in _other_amounts(ctx):
        try:
            minor = parse_amount(amount, currency)
        except RefusedError as bad:
            yield Finding("SR303", Severity.ERROR, bad.message, Location(path, (field,)), hint=bad.hint)
            continue
        if field == "price" and minor < 0:
            hint = "Write what one unit costs, or 0 where it is free."
            yield Finding(
                "SR303", Severity.ERROR, "A list price is never negative.", Location(path, (field,)), hint=hint
            )


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


def _other_amounts(ctx: CheckContext) -> Iterator[tuple[str, str, str, str]]:
    for change, product in ctx.change.readable(PRODUCT):
        yield change.path, product.price, product.currency, "price"
    for payment_change, payment in ctx.change.readable(PAYMENT):
        yield payment_change.path, payment.amount, payment.currency, "amount"
