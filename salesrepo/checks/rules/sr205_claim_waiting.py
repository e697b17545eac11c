"""SR205: is somebody else first in line for this claim?"""

from collections.abc import Iterator

from salesrepo.checks.passages import comes_by_itself
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.claim import CLAIM, Claim


@rule("SR205", "claim-waiting")
def SR205(ctx: CheckContext) -> Iterator[Finding]:
    """A claim waits while an earlier valid one on the same account is under review, and each travels by itself.

    ## Why
    The first valid claim that was received wins, also when the second is quicker through review. Many claims in one
    proposal would all be first in line while somebody looks at one of them.

    ## Fix
    Several claims: send each in a proposal of its own, as `sr claim` does. Else nothing to do: it goes on by
    itself if the earlier one is refused, withdrawn or takes longer than policy allows.
    """
    for rival in ctx.rivals:
        yield Finding(
            "SR205",
            Severity.WAIT,
            f"{ctx.who(rival.node)} asked first (proposal {rival.proposal}).",
            Location(rival.path),
            hint="Wait: you hear when it is decided.",
        )
    fresh = [change.path for change, claim in ctx.change.readable(CLAIM) if _is_new(ctx, change, claim)]
    for path in fresh[1:] if "import" not in ctx.roles else ():
        message = "A claim travels by itself; this is a further one in the same proposal."
        yield Finding("SR205", Severity.ERROR, message, Location(path), hint="Send it in a proposal of its own.")


def _is_new(ctx: CheckContext, change: RecordChange[Claim], claim: Claim) -> bool:
    before = change.before
    mine = before is not None and (before.status, before.holder) == ("held", claim.holder)
    return claim.status == "held" and not mine and not comes_by_itself(ctx, change)
