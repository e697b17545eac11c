"""SR214: do more nodes hold a role of a territory than may?"""

from collections.abc import Iterator

from salesrepo.checks.borders import told
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding


@rule("SR214", "role-held-twice", audit=True)
def SR214(ctx: CheckContext) -> Iterator[Finding]:
    """An exclusive role has one holder at a time, any other at most its `max_holders` of policy/territory.yml.

    ## Why
    Two closers of one territory are two answers to whose account it is. Overlay roles and holders with `overlay:
    true` only help, and are not counted.
    It is the check T004 of the definition of territories.

    ## Fix
    Let one term end on the day the next starts: the last day is not part of a term.
    """
    yield from told(ctx, "SR214", "held-twice", "too-many-holders")
