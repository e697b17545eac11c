"""SR303: is every price at or above its floor?"""

from collections.abc import Iterator

from salesrepo.checks.rule import CannotJudge, CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.deal import DEAL, Deal, DealLine
from salesrepo.domain.kinds.policy_pricing import PRICING_POLICY
from salesrepo.domain.kinds.product import PRODUCT, Product
from salesrepo.domain.money import parse_amount, parse_percent, show_amount
from salesrepo.errors import RefusedError


@rule("SR303", "price-below-floor")
def SR303(ctx: CheckContext) -> Iterator[Finding]:
    """A unit price must not lie below the floor that policy gives for the product, and amounts must fit the currency.

    ## Why
    One price under the floor is the next customer's reference. The floor is a share of the list price:
    policy/pricing.yml.

    ## Fix
    Raise the price to the floor that is named, or change what is sold. Deals imported from another system are exempt.
    """
    for change, deal in ctx.change.readable(DEAL):
        past = change.before is None or change.before.lines == deal.lines
        for index, line in enumerate(deal.lines):
            sentence, hint = _fault(ctx, deal, line, waived=deal.imported is not None and past)
            if sentence:
                yield Finding(
                    "SR303", Severity.ERROR, sentence, Location(change.path, ("lines", index, "price")), hint=hint
                )


def _fault(ctx: CheckContext, deal: Deal, line: DealLine, *, waived: bool) -> tuple[str, str]:
    product = ctx.tip.get(PRODUCT, sku=line.product) or ctx.result.get(PRODUCT, sku=line.product)
    if product is None:
        return f"There is no product {line.product}.", "Choose one from the price list: sr show products"
    try:
        price = parse_amount(line.price, deal.currency)
    except RefusedError as bad:
        return bad.message, bad.hint
    if price < 0:
        return "A price is never negative.", "A refund is finance's to record."
    if waived:
        return "", ""
    if product.currency != deal.currency:
        return (
            f"{product.name} is priced in {product.currency}, the deal in {deal.currency}.",
            f"Write the deal in {product.currency}.",
        )
    floor = _floor(ctx, product)
    if price >= floor:
        return "", ""
    shown = show_amount(floor, deal.currency)
    return (
        f"{line.price} for {product.name} is below the floor of {shown} {deal.currency} (list {product.price}).",
        f"The lowest price that passes is {shown}: --price {shown}",
    )


def _floor(ctx: CheckContext, product: Product) -> int:
    policy = ctx.tip.get(PRICING_POLICY)
    if policy is None:
        raise CannotJudge("policy/pricing.yml is missing")
    share, whole = parse_percent(policy.floors.get(product.sku, policy.floor))
    return -(-parse_amount(product.price, product.currency) * share // whole)
