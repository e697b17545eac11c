"""Who waits for a claim, and whose turn is it?"""

from salesrepo.checks.eligible import barred, rests
from salesrepo.checks.limits import over_limits
from salesrepo.checks.owed import referral_of
from salesrepo.checks.rule import CheckContext
from salesrepo.checks.territories import facts_stand, judge_claim
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.place_in_queue import PLACE_IN_QUEUE, PlaceInQueue
from salesrepo.domain.snapshot import Snapshot
from salesrepo.domain.transitions import granted


def places(snapshot: Snapshot, account: str, layer: str) -> tuple[PlaceInQueue, ...]:
    """The waiting list of an account's layer, the first in it first."""
    found = (place for _, place in snapshot.all(PLACE_IN_QUEUE, queue_folder(account, layer)))
    return tuple(sorted(found, key=lambda place: (place.place, place.node)))


def queue_folder(account: str, layer: str) -> str:
    """Where the places of a waiting list lie."""
    return CLAIM.path.fill(account=account, layer=layer).removesuffix(".yml") + ".queue"


def heir(ctx: CheckContext, account: str, layer: str) -> Claim | None:
    """The claim that the first who waits on main would get today, of those who may have it; None where nobody may."""
    turns = (turn_of(ctx, place) for place in places(ctx.tip, account, layer))
    return next((claim for claim in turns if claim is not None), None)


def turn_of(ctx: CheckContext, place: PlaceInQueue) -> Claim | None:
    """The claim that this place gives today.

    None where its node no longer sells, or not there, or may not take it: SR231, SR232 and SR233 refuse them as well.
    """
    account, node = ctx.tip.get(ACCOUNT, account=place.account), ctx.tip.get(NODE, node=place.node)
    if account is None or node is None or not set(node.roles_on(ctx.today)) & set(ctx.roles_policy.write.seller):
        return None
    brought = referral_of(ctx.tip, ctx.claims_policy, place.account, place.layer)
    by = brought.by if brought and brought.to == place.node and brought.counts(ctx.today) else None
    provisional = not facts_stand(account, place.node)
    claim = granted(place, ctx.claims_policy, ctx.today, provisional=provisional, referred_by=by)
    before = ctx.tip.get(CLAIM, account=place.account, layer=place.layer)
    if rests(ctx, before, claim) or any(barred(ctx, before, claim)) or any(over_limits(ctx, ctx.tip, claim)):
        return None
    return claim if judge_claim(ctx, claim, account) is None else None
