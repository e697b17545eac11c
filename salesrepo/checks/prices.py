"""Which deals of a proposal have prices to judge, by which list, and who may give how much off it?"""

from collections.abc import Iterator
from datetime import date

from salesrepo.checks.rule import CannotJudge, CheckContext
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.kinds.cert import CERT
from salesrepo.domain.kinds.deal import DEAL, Deal, DealLine
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.policy_pricing import PRICING_POLICY, PricingPolicy
from salesrepo.domain.kinds.product import PRODUCT, Product
from salesrepo.domain.money import Ratio, parse_percent
from salesrepo.domain.quote import digest_of, off_list, quote_day
from salesrepo.errors import RefusedError


def pricing(ctx: CheckContext) -> PricingPolicy:
    """policy/pricing.yml of the tip. Raises CannotJudge where there is none."""
    policy = ctx.tip.get(PRICING_POLICY)
    if policy is None:
        raise CannotJudge(f"{PRICING_POLICY.path.text} is missing")
    return policy


def product_of(ctx: CheckContext, line: DealLine) -> Product | None:
    """What a line sells: as main has it, or new in the proposal."""
    return ctx.tip.get(PRODUCT, sku=line.product) or ctx.result.get(PRODUCT, sku=line.product)


def priced(ctx: CheckContext) -> Iterator[tuple[RecordChange[Deal], Deal]]:
    """The deals whose prices are said anew, or by which the customer is bound now.

    Not what was sold already, is lost (SR301 holds its terms), or came in from another system as it was.
    """
    for change, deal in ctx.change.readable(DEAL):
        before = stood(change, deal)
        same = before is not None and _is_asked_alike(before, deal)
        wins = deal.stage == "won" and (before is None or before.stage != "won")
        if deal.stage == "lost" or (same and not wins):
            continue
        if deal.imported is not None and (change.change.before is None or same):
            continue
        yield change, deal


def stood(change: RecordChange[Deal], deal: Deal) -> Deal | None:
    """A deal as main has it; None where it was lost and comes back, so that it is judged like a new one."""
    before = change.before
    return None if before is not None and before.stage == "lost" != deal.stage else before


def _is_asked_alike(before: Deal, deal: Deal) -> bool:
    if _asked(before) != _asked(deal):
        return False
    # When a sold deal is delivered or invoiced is no price any more.
    return deal.quote is None or before.stage == "won" == deal.stage or digest_of(before) == digest_of(deal)


def _asked(deal: Deal) -> tuple[object, ...]:
    return (deal.lines, deal.currency, deal.term, deal.billing, deal.quote, deal.also_for)


def worst_discount(ctx: CheckContext, deal: Deal) -> Ratio:
    """The most that any line of a deal lies below its list; lines that cannot be compared are other rules' findings.

    A quote is measured by today's list as well as by its day's: the worse counts.
    """
    day, worst = quote_day(deal, ctx.today), (0, 1)
    for on in {day, ctx.today} if deal.quote else {day}:
        for line in deal.lines:
            off = _off(ctx, deal, line, on)
            worst = off if exceeds(off, worst) else worst
    return worst


def _off(ctx: CheckContext, deal: Deal, line: DealLine, day: date) -> Ratio:
    product = product_of(ctx, line)
    if product is None or product.currency != deal.currency:
        return (0, 1)
    try:
        return off_list(line, product, day) or (0, 1)
    except RefusedError:
        return (0, 1)


def exceeds(left: Ratio, right: Ratio) -> bool:
    """Whether one exact share is more than another."""
    return left[0] * right[1] > right[0] * left[1]


def own_authority(ctx: CheckContext, node: str, policy: PricingPolicy) -> Ratio:
    """How much off the list a node may give by itself: the most that its roles and certificates allow today."""
    names = ranks_of(ctx, node)
    shares = [parse_percent(share) for name, share in policy.authority.items() if name in names]
    return max(shares, key=lambda share: share[0] / share[1], default=(0, 1))


def ranks_of(ctx: CheckContext, node: str) -> frozenset[str]:
    """The roles of a node and the levels of its certificates today: what policy/pricing.yml gives authority to."""
    known = ctx.tip.get(NODE, node=node)
    return frozenset(known.roles_on(ctx.today) if known else ()) | _levels(ctx, node, ctx.today)


def agreeing(ctx: CheckContext) -> dict[str, Ratio]:
    """How much off the list each role may agree to; a level of certificates is no role, so it agrees to nothing."""
    levels, given = ctx.claims_policy.levels, pricing(ctx).authority
    return {name: parse_percent(share) for name, share in given.items() if name not in levels}


def who_may_give(ctx: CheckContext, off: Ratio) -> tuple[str, ...]:
    """The roles that may agree to so much off the list; empty where nobody may.

    Who only sells gives it in their own deals, and agrees to nothing in a colleague's: where nobody else may give it,
    those agree who review prices.
    """
    may = {name for name, share in agreeing(ctx).items() if not exceeds(off, share)}
    review, sells = ctx.roles_policy.review, ctx.roles_policy.write.seller
    deciding = may - set(sells).difference(review.deals, review.prices, review.pay)
    return tuple(sorted(deciding)) if deciding or not may else judges_of_prices(ctx)


def judges_of_prices(ctx: CheckContext) -> tuple[str, ...]:
    """The roles that look at what no line of a deal shows."""
    review = ctx.roles_policy.review
    return tuple(sorted(review.prices or review.deals or review.pay))


def _levels(ctx: CheckContext, node: str, day: date) -> frozenset[str]:
    folder = CERT.path.fill(node=node, module="x").rsplit("/", 1)[0]
    return frozenset(cert.level for _, cert in ctx.tip.all(CERT, folder) if cert.holds(day))
