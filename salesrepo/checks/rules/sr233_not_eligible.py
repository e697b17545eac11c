"""SR233: may this account be claimed at all?"""

from collections.abc import Iterator

from salesrepo.checks.eligible import barred
from salesrepo.checks.leases import taken
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity


@rule("SR233", "not-eligible")
def SR233(ctx: CheckContext) -> Iterator[Finding]:
    """Nobody claims another node's customer, or an account that the company keeps out: under any name.

    ## Why
    Whoever sold to a company goes on looking after it. House accounts, competitors and those who asked not to be
    contacted stand in `exclusions/`, one lock for each. What a company is known by besides stands there under `also`
    (a domain, a register number, the key of its name), whether an account of it exists or not; a claim is held against
    them by its account's key, its aliases and its name.

    ## Fix
    Pick another account. A customer passes to somebody else when its holder transfers or releases it; an exclusion is
    taken away by sales operations.
    """
    for change, claim in taken(ctx):
        at = Location(change.path, ("account",))
        for message, hint in barred(ctx, change.before, claim):
            yield Finding("SR233", Severity.ERROR, message, at, hint=hint)
