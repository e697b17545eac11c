"""SR212: is an account named for two territories?"""

from collections.abc import Iterator

from salesrepo.checks.borders import told
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding


@rule("SR212", "account-named-twice", audit=True)
def SR212(ctx: CheckContext) -> Iterator[Finding]:
    """An account is named for at most one territory of a layer at a time, whichever of its names is used.

    ## Why
    A named account beats every rule. Two names for one account leave nothing that could decide between them.
    It is the check T002 of the definition of territories.

    ## Fix
    Remove one of the two, or let one end on the day the other starts.
    """
    yield from told(ctx, "SR212", "named-twice")
