"""SR205: is somebody else first in line for this claim?"""

from collections.abc import Collection, Iterator
from typing import Any

from salesrepo.checks.handover import is_left
from salesrepo.checks.leases import goes_on
from salesrepo.checks.passages import handed_over
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.checks.transitions import is_due
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.activity import ACTIVITY
from salesrepo.domain.kinds.alias import ALIAS
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.hold import HOLD
from salesrepo.domain.kinds.near import NEAR
from salesrepo.domain.kinds.place_in_queue import PLACE_IN_QUEUE
from salesrepo.domain.kinds.referral import REFERRED_LEAD
from salesrepo.domain.kinds.taking import TAKING
from salesrepo.domain.kinds.wait import WAIT

_OF_A_LEAD = frozenset(kind.name for kind in (ACCOUNT, ALIAS, NEAR, REFERRED_LEAD))
_POINTERS = frozenset(kind.name for kind in (HOLD, PLACE_IN_QUEUE, TAKING, WAIT))

_APART = "Leave it out, and send it by itself."


@rule("SR205", "claim-waiting")
def SR205(ctx: CheckContext) -> Iterator[Finding]:
    """A claim waits while an earlier valid one on the same account is under review, and each travels by itself.

    ## Why
    The first valid claim that was received wins, also when the second is quicker through review. Many claims in one
    proposal would all be first in line while somebody looks at one of them, and so would a claim with a playbook on top
    that somebody has to read. A company that nobody claims or refers is not written down: it would only stand in
    somebody's way.

    ## Fix
    Several claims: send each in a proposal of its own, as `sr claim` does, with nothing but its own account, pointers
    and activities. Else nothing to do: it goes on by itself if the earlier one is refused, withdrawn or takes longer
    than policy allows.
    """
    for rival in ctx.rivals:
        yield Finding(
            "SR205",
            Severity.WAIT,
            f"{ctx.who(rival.node)} asked first.",
            Location(rival.path),
            hint="Wait: you hear when it is decided.",
        )
    if "import" in ctx.roles:
        return
    taken = [(change, claim) for change, claim in ctx.change.readable(CLAIM) if _is_taken(ctx, change, claim)]
    for change, _ in [one for one in taken if not is_due(ctx, one[0])][1:]:
        message = "A claim travels by itself; this is a further one beside it."
        yield Finding("SR205", Severity.ERROR, message, Location(change.path), hint=_APART)
    asked = {claim.account for _, claim in taken}
    for other in _foreign(ctx, asked) if asked else ():
        message = "A claim travels by itself; this is something else beside it."
        yield Finding("SR205", Severity.ERROR, message, Location(other.path), hint=_APART)
    yield from _unclaimed(ctx, asked)


def _is_taken(ctx: CheckContext, change: RecordChange[Claim], claim: Claim) -> bool:
    """Whether somebody gets the claim: not who goes on with it, nor by a transfer, a decision, or for a leaver."""
    fresh = claim.status == "held" and not goes_on(change.before, claim, today=ctx.today)
    return fresh and not handed_over(ctx, change) and not is_left(ctx, change)


def _foreign(ctx: CheckContext, asked: Collection[str]) -> Iterator[RecordChange[Any]]:
    """What neither goes with the claims of these accounts, nor is a renewal, a release, or work that was done."""
    claimed = {change.ids["account"] for change in ctx.change.of(CLAIM)}
    for change in ctx.change.changes:
        account = change.ids.get("account") or getattr(change.after or change.before, "account", None)
        before, after = change.before, change.after
        if change.kind == CLAIM.name:
            fits = before is None or after is None or before.extensions == after.extensions or account in asked
        else:
            fits = change.kind == ACTIVITY.name or (change.kind in _OF_A_LEAD and account in asked)
        if not fits and not (change.kind in _POINTERS and account in claimed):
            yield change


def _unclaimed(ctx: CheckContext, asked: Collection[str]) -> Iterator[Finding]:
    """Accounts that a seller writes down without wanting to sell to them, or somebody else to."""
    if ctx.actor is None or ctx.may_write("maintainer"):
        return
    wanted = {*asked, *(lead.account for _, lead in ctx.change.readable(REFERRED_LEAD))}
    for change, account in ctx.change.readable(ACCOUNT):
        if change.change.before is None and account.account not in wanted:
            message = f"Nobody claims or refers {account.name}, so it is not written down."
            hint = f"Claim it: sr claim {account.account}"
            yield Finding("SR205", Severity.ERROR, message, Location(change.path), hint=hint)
