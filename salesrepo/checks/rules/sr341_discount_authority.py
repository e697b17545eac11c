"""SR341: may the seller give this discount?"""

from collections.abc import Iterator

from salesrepo.checks.handles import called
from salesrepo.checks.prices import (
    agreeing,
    exceeds,
    own_authority,
    priced,
    pricing,
    stood,
    who_may_give,
    worst_discount,
)
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.money import Ratio, show_percent
from salesrepo.domain.quote import digest_of


@rule("SR341", "discount-authority")
def SR341(ctx: CheckContext) -> Iterator[Finding]:
    """A discount beyond the seller's own authority is asked for with a quote, and somebody who may give it agrees.

    ## Why
    One seller's exception is the next customer's reference. The worst line of a deal counts, by the price list of the
    day on which it was quoted. What was agreed to holds for exactly these lines and only for the policy's days:
    policy/pricing.yml, `authority` and `quote_days`. Where the list changed since the day of the quote, the list that
    makes the discount larger counts. A deal that was lost and comes back is asked for again, and so is one of which
    somebody gets a credit later who may have agreed to it. Who only sells agrees to nothing in a colleague's deal;
    where nobody else may give so much, those do who review prices. Known as P02.

    ## Fix
    Ask before the customer sees it: `sr quote acme/2 --discount 15% --why TEXT`. Or come back to your own limit.
    """
    yield from _gained(ctx)
    for change, deal in priced(ctx):
        policy = pricing(ctx)
        if not policy.authority:
            return
        worst, own, before = worst_discount(ctx, deal), own_authority(ctx, deal.node, policy), stood(change, deal)
        at = Location(change.path, ("lines",))
        if deal.quote is None:
            if exceeds(worst, own):
                yield _ask(ctx, deal, worst, own, at)
        elif deal.quote.digest == digest_of(deal) and (before is None or before.quote != deal.quote):
            yield _agree(ctx, deal, worst, who_may_give(ctx, worst), Location(change.path, ("quote",)))


def _gained(ctx: CheckContext) -> Iterator[Finding]:
    """What was agreed to, where somebody who may have agreed gets a credit in it afterwards."""
    for change, deal in ctx.change.readable(DEAL):
        before = stood(change, deal)
        if before is None or deal.quote is None or before.quote != deal.quote or deal.quote.digest != digest_of(deal):
            continue
        new = _paid(deal) - _paid(before)
        roles = who_may_give(ctx, worst_discount(ctx, deal)) if new else ()
        nodes = [ctx.tip.get(NODE, node=name) for name in sorted(new)]
        if any(term.role in roles for node in nodes if node is not None for term in node.roles):
            yield _agree(ctx, deal, worst_discount(ctx, deal), roles, Location(change.path, ("credits",)))


def _paid(deal: Deal) -> set[str]:
    return {deal.node, *(credit.node for credit in deal.credits)}


def _ask(ctx: CheckContext, deal: Deal, worst: Ratio, own: Ratio, at: Location) -> Finding:
    may = f"the {show_percent(own)} that {ctx.who(deal.node)} may give"
    message = f"{show_rounded(worst)} off the list is more than {may}."
    hint = f"Ask for it before the customer sees it: sr quote {called(ctx, deal)} --why TEXT"
    return Finding("SR341", Severity.ERROR, message, at, hint=hint)


def _agree(ctx: CheckContext, deal: Deal, worst: Ratio, roles: tuple[str, ...], at: Location) -> Finding:
    if not roles:
        most = max(agreeing(ctx).values(), key=lambda s: s[0] / s[1], default=(0, 1))
        message = f"Nobody may agree to {show_rounded(worst)} off the list; {show_percent(most)} are the most."
        hint = "Raise the price, and ask again: sr quote"
        return Finding("SR341", Severity.ERROR, message, at, hint=hint)
    message = f"Somebody who may give {show_rounded(worst)} off the list must agree to this quote."
    not_by = tuple(sorted({ctx.me, *_paid(deal)}))
    return Finding(
        "SR341",
        Severity.REVIEW,
        message,
        at,
        hint="You need do nothing: it waits for them.",
        roles=roles,
        not_by=not_by,
    )


def show_rounded(share: Ratio) -> str:
    """A share as people read it, rounded up to a tenth of a percent: 1/3 is 33.4%."""
    tenths = -(-share[0] * 1000 // share[1])
    return show_percent((tenths, 1000))
