"""How does a claim come into another hand, if not by being claimed: by a transfer, a decision, or because it is due?"""

from salesrepo.checks.handover import is_left, passes
from salesrepo.checks.rule import CheckContext
from salesrepo.checks.transitions import is_due
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.kinds.claim import Claim


def handed_over(ctx: CheckContext, change: RecordChange[Claim]) -> bool:
    """Whether a transfer or a decision in the same proposal passes the claim on; SR236 and SR237 judge its terms."""
    before, after = change.before, change.after
    if before is None or after is None or before.holder == after.holder or before.status != "held":
        return False
    return passes(ctx, change) and not is_left(ctx, change)


def is_anothers(ctx: CheckContext, change: RecordChange[Claim]) -> bool:
    """Whether somebody lays hands on a claim that another node holds to this day; SR201 says no."""
    held = change.before
    if held is None or held.status != "held" or held.until < ctx.today or held.holder == ctx.me:
        return False
    return not comes_by_itself(ctx, change)


def comes_by_itself(ctx: CheckContext, change: RecordChange[Claim]) -> bool:
    """Whether nobody claims here: the claim is handed over, its holder leaves, or the change is due."""
    return handed_over(ctx, change) or is_left(ctx, change) or is_due(ctx, change)
