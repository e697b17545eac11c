"""SR217: does a change leave a part of a group to nobody?"""

from collections.abc import Iterator

from salesrepo.checks.borders import borders
from salesrepo.checks.rule import CheckContext, rule, sentence
from salesrepo.domain.finding import Finding, Location, Severity


@rule("SR217", "territory-gap", audit=True, waivable=True)
def SR217(ctx: CheckContext) -> Iterator[Finding]:
    """Every account of a group lies in one of its leaves, or in its residual.

    ## Why
    An account that lies in no territory can be claimed by nobody, and the lead is lost without a word. The finding
    names such an account. It is the check T007 of the definition of territories.

    ## Fix
    Widen a leaf, or give the group a residual. `gap: error` in policy/territory.yml turns the warning into an error.
    All gaps: `salesrepo territory gaps`.
    """
    found = borders(ctx)
    if found is None:
        return
    severity = Severity.ERROR if found.strict.gap == "error" else Severity.WARNING
    for gap in found.gaps:
        yield Finding("SR217", severity, sentence(gap.message), Location(gap.file), hint=gap.hint)
