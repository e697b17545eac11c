"""SR231: may this node take one more claim?"""

from collections.abc import Iterator

from salesrepo.checks.leases import given, taken
from salesrepo.checks.limits import over_limits
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity


@rule("SR231", "claim-limit")
def SR231(ctx: CheckContext) -> Iterator[Finding]:
    """Nobody takes more claims than policy allows: open at once, in a day, in a week, and reserved without evidence.

    ## Why
    A lead that lies in somebody's drawer is sold by nobody. How many a node may hold goes by the certificates it has;
    customers do not count, nor does what was brought in from another system count as taken. What was taken in these
    days and given back, or has lapsed, does: else one could keep leads from others by turns. Whoever is over a limit
    keeps what they have and takes no more; renewing a claim and giving one back is never refused for it. In a queue
    their turn passes to the next.

    ## Fix
    Release a claim that you do not work on, or pass the next certification.
    """
    for change, claim in (*taken(ctx), *given(ctx)):
        for message, hint in over_limits(ctx, ctx.result, claim):
            yield Finding("SR231", Severity.ERROR, message, Location(change.path), hint=hint)
