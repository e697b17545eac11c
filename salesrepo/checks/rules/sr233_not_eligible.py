"""SR233: may this account be claimed at all?"""

from collections.abc import Iterator

from salesrepo.checks.eligible import barred
from salesrepo.checks.leases import taken
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity


@rule("SR233", "not-eligible")
def SR233(ctx: CheckContext) -> Iterator[Finding]:
    """Nobody claims another node's customer, or an account that the company keeps out: by key or by any alias.

    ## Why
    Whoever sold to a company goes on looking after it. House accounts, competitors and those who asked not to be
    contacted stand in `exclusions/`, one lock for each, so that one look-up is enough.

    ## Fix
    Pick another account. A customer passes to somebody else when its holder transfers or releases it; an exclusion is
    taken away by sales operations.
    """
    for change, claim in taken(ctx):
        at = Location(change.path, ("account",))
        for message, hint in barred(ctx, change.before, claim):
            yield Finding("SR233", Severity.ERROR, message, at, hint=hint)
