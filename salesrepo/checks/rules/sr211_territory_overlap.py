"""SR211: does a changed territory overlap another?"""

from collections.abc import Iterator

from salesrepo.checks.borders import borders
from salesrepo.checks.rule import CheckContext, rule, sentence
from salesrepo.domain.finding import Finding, Location, Severity


@rule("SR211", "territory-overlap", audit=True)
def SR211(ctx: CheckContext) -> Iterator[Finding]:
    """No account may lie in two territories of one layer on one day.

    ## Why
    Where territories overlap, two sellers are both right, and the quarrel is decided by whoever is louder. The finding
    names an account that both would hold, the day, and who holds each. It is the check T001 of the definition of
    territories.

    ## Fix
    Narrow one of the two, exclude the common part from one, or name the account.
    """
    found = borders(ctx)
    if found is None:
        return
    for overlap in found.overlaps:
        if overlap.certain:
            at = Location(found.file_of(overlap), ("rules",))
            yield Finding("SR211", Severity.ERROR, sentence(overlap.message), at, hint=overlap.hint)
