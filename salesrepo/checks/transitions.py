"""Is a change what is due by itself, so that anybody may send it?"""

from dataclasses import fields
from datetime import date
from typing import Any

from salesrepo.checks.holdover import loss_of
from salesrepo.checks.queues import heir
from salesrepo.checks.rule import CannotJudge, CheckContext
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.kinds.hold import HOLD
from salesrepo.domain.kinds.place_in_queue import PLACE_IN_QUEUE
from salesrepo.domain.kinds.taking import TAKING
from salesrepo.domain.kinds.wait import WAIT
from salesrepo.domain.lease import has_bought, is_advanced
from salesrepo.domain.transitions import Around, Transition, due, may_get_days_back, reviewed_days

_LEFT = (PLACE_IN_QUEUE.name, WAIT.name)


def is_due(ctx: CheckContext, change: RecordChange[Any]) -> bool:
    """Whether this change is part of what is due for a claim of main today.

    The claim itself, the pointers of who held it and who gets it, and the place in the queue of who gets it.
    """
    if change.kind == CLAIM.name:
        return _claim_is_due(ctx, change.before, change.after)
    if change.kind not in (HOLD.name, TAKING.name, *_LEFT):
        return False
    claim = ctx.change.at(CLAIM.path.fill(account=change.ids["account"], layer=change.ids["layer"]))
    if claim is None or not _claim_is_due(ctx, claim.before, claim.after):
        return False
    before, after, node = claim.before, claim.after, change.ids["node"]
    if before is None or after is None:
        return False
    if change.kind in _LEFT:
        return change.change.after is None and node == after.holder
    return node == before.holder or (node == after.holder and change.kind != TAKING.name)


def due_for(ctx: CheckContext, claim: Claim) -> Transition | None:
    """What is due for a claim that main holds, on the day of the merge."""
    key = f"due {claim.account} {claim.layer}"
    if key not in ctx.memo:
        ctx.memo[key] = due(claim, ctx.claims_policy, ctx.today, _around(ctx, claim))
    found = ctx.memo[key]
    return found if isinstance(found, Transition) else None


def _claim_is_due(ctx: CheckContext, before: Claim | None, after: Claim | None) -> bool:
    if before is None or after is None or before == after or not _looks_due(ctx, before, after):
        return False
    found = due_for(ctx, before)
    return found is not None and found.claim == after


def _looks_due(ctx: CheckContext, before: Claim, after: Claim) -> bool:
    """Whether it is worth asking history: what a holder does every day, and a plain theft, are told at a glance."""
    if after.status == "released":
        over = before.until < ctx.today if after.ending == "lapsed" else _is_lost(ctx, before, after)
        return before.status == "held" and over
    if (before.status, before.holder) != ("held", after.holder) or after.since != before.since:
        return heir(ctx, before.account, before.layer) == after
    moved = {field.name for field in fields(Claim) if getattr(before, field.name) != getattr(after, field.name)}
    return moved <= {"given_back", "standing", "until"} and after.standing in (before.standing, "customer")


def _is_lost(ctx: CheckContext, before: Claim, after: Claim) -> bool:
    loss = loss_of(ctx, before) if after.ending == "territory" else None
    return loss is not None and loss.last is not None and loss.last < ctx.today


def _around(ctx: CheckContext, claim: Claim) -> Around:
    held = claim.status == "held"
    loss = loss_of(ctx, claim) if held else None
    ground = loss.last if loss else None
    over = claim.until < ctx.today or (ground is not None and ground < ctx.today)
    deals = [deal for _, deal in ctx.tip.all(DEAL, _deals_of(claim))] if held else []
    bought = has_bought(claim, deals, ctx.claims_policy, ctx.today)
    ends_anyhow = ground is not None and ground < min(ctx.today, claim.until) and not bought
    return Around(
        reviewed=0 if ends_anyhow else _reviewed(ctx, claim),
        bought=bought,
        advanced=is_advanced(claim, deals),
        heir=heir(ctx, claim.account, claim.layer) if over or not held else None,
        ground=ground,
    )


def _reviewed(ctx: CheckContext, claim: Claim) -> int:
    if not may_get_days_back(claim, ctx.claims_policy, ctx.today):
        return 0
    if ctx.asked_on is None:
        raise CannotJudge("nothing here tells when the claim was asked for")
    asked: tuple[date, date] | None = ctx.asked_on(claim)
    return reviewed_days(*asked) if asked else 0


def _deals_of(claim: Claim) -> str:
    return DEAL.path.fill(account=claim.account, deal="x").rsplit("/", 1)[0]
