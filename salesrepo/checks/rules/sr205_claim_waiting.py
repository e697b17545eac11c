"""SR205: is somebody else first in line for this claim?"""

from collections.abc import Iterator

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity


@rule("SR205", "claim-waiting")
def SR205(ctx: CheckContext) -> Iterator[Finding]:
    """A claim waits while an earlier valid one on the same account is under review.

    ## Why
    The first valid claim that was received wins, also when the second is quicker through review.

    ## Fix
    Nothing to do: it goes on by itself if the earlier one is refused, withdrawn or takes longer than policy allows.
    """
    for rival in ctx.rivals:
        yield Finding(
            "SR205",
            Severity.WAIT,
            f"{ctx.who(rival.node)} asked first (proposal {rival.proposal}).",
            Location(rival.path),
            hint="Wait: you hear when it is decided.",
        )
