"""SR219: does a term end after it starts?"""

from collections.abc import Iterator

from salesrepo.checks.borders import told
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding


@rule("SR219", "empty-term", audit=True)
def SR219(ctx: CheckContext) -> Iterator[Finding]:
    """Territories, their coverage and the names of accounts last at least one day.

    ## Why
    Days run from `starts` up to and without `ends`. A term that ends before it starts is never in force, and whoever
    wrote it believes that it is.
    It is the check T009 of the definition of territories.

    ## Fix
    Correct one of the two days: `ends` is the first day on which it no longer holds.
    """
    yield from told(ctx, "SR219", "dates")
