"""SR213: does a territory lie inside its group?"""

from collections.abc import Iterator

from salesrepo.checks.borders import told
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding


@rule("SR213", "territory-outside-group", audit=True)
def SR213(ctx: CheckContext) -> Iterator[Finding]:
    """A leaf or group covers nothing that the group above it does not cover, on no day and by no missing value.

    ## Why
    Who runs a group answers for what lies in it. A leaf that reaches outside takes accounts from a group that never
    gave them away.
    It is the check T003 of the definition of territories.

    ## Fix
    Narrow the territory, its days or its `missing`, or widen the group first.
    """
    yield from told(ctx, "SR213", "outside-group")
