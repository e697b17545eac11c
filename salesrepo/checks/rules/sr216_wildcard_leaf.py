"""SR216: does a leaf claim everything?"""

from collections.abc import Iterator

from salesrepo.checks.borders import told
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding


@rule("SR216", "wildcard-leaf", audit=True)
def SR216(ctx: CheckContext) -> Iterator[Finding]:
    """A rule restricts at least one thing.

    ## Why
    A rule that restricts nothing takes all accounts there are, and is mostly a line that somebody forgot to finish.
    It is the check T006 of the definition of territories.

    ## Fix
    Say what the rule covers. For what other territories leave over, use a territory with `kind: residual`.
    """
    yield from told(ctx, "SR216", "wildcard")
