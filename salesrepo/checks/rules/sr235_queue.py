"""SR235: does everybody in a queue keep their place, and does the lead go to the first?"""

from collections.abc import Iterator

from salesrepo.checks.handover import lets_go
from salesrepo.checks.passages import comes_by_itself
from salesrepo.checks.queues import heir, places
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.checks.territories import judge_claim
from salesrepo.checks.transitions import is_due
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.place_in_queue import PLACE_IN_QUEUE, PlaceInQueue
from salesrepo.domain.kinds.wait import WAIT
from salesrepo.domain.transitions import granted

_Fault = tuple[str, str, str]


@rule("SR235", "queue")
def SR235(ctx: CheckContext) -> Iterator[Finding]:
    """Whoever waits for a lead stands behind all who waited before, and gets it before anybody else.

    ## Why
    A queue that could be jumped would be none. Places follow the order in which they were accepted; who waits must be
    able to hold the account, and cannot wait for everything.

    ## Fix
    Join with `sr claim LEAD --queue`, and claim with `sr claim LEAD` when it is your turn.
    """
    for change in ctx.change.of(PLACE_IN_QUEUE):
        place = change.after
        faults = _joined(ctx, change, place) if place is not None else _left(ctx, change)
        for field, sentence, hint in faults:
            route = (field,) if field else ()
            yield Finding("SR235", Severity.ERROR, sentence, Location(change.path, route), hint=hint)
    for claimed, claim in ctx.change.readable(CLAIM):
        for sentence, hint in _turn(ctx, claimed, claim):
            yield Finding("SR235", Severity.ERROR, sentence, Location(claimed.path, ("holder",)), hint=hint)


def _joined(ctx: CheckContext, change: RecordChange[PlaceInQueue], place: PlaceInQueue) -> Iterator[_Fault]:
    if change.change.before is not None:
        yield "", "A place in a queue is never changed.", "Leave the queue, and join it again at its end."
        return
    held = ctx.tip.get(CLAIM, account=place.account, layer=place.layer)
    others = places(ctx.tip, place.account, place.layer)
    taken = held is not None and held.status == "held" and held.until >= ctx.today
    if held is not None and taken and held.holder == place.node:
        yield "node", f"{ctx.who(place.node)} holds {place.account} already.", "Leave the queue to others."
    if not taken and not others:
        yield "account", f"Nobody holds {place.account} any more.", "Claim it: sr claim LEAD"
    after = max((other.place for other in others), default=0) + 1
    if place.place != after:
        yield "place", f"The next place in this queue is {after}.", "Join it again: sr claim LEAD --queue"
    if place.asked > ctx.today:
        yield "asked", f"{place.asked} has not come yet.", "Leave the day to sr claim LEAD --queue."
    most = ctx.claims_policy.queue_most
    if _waiting(ctx, place.node) > most:
        yield "node", f"{ctx.who(place.node)} waits in {most} queues already.", "Leave another: sr release LEAD"
    yield from _territory(ctx, place)


def _territory(ctx: CheckContext, place: PlaceInQueue) -> Iterator[_Fault]:
    account = ctx.result.get(ACCOUNT, account=place.account)
    if account is None:
        yield "account", f"There is no account {place.account}.", "Join with sr claim LEAD --queue."
        return
    refusal = judge_claim(ctx, granted(place, ctx.claims_policy, ctx.today), account)
    if refusal:
        yield "territory", refusal.sentence, refusal.hint


def _waiting(ctx: CheckContext, node: str) -> int:
    folder = WAIT.path.fill(node=node, account="x", layer="x").rsplit("/", 1)[0]
    return len(ctx.result.paths(folder))


def _left(ctx: CheckContext, change: RecordChange[PlaceInQueue]) -> Iterator[_Fault]:
    node = change.ids["node"]
    claim = ctx.change.at(CLAIM.path.fill(account=change.ids["account"], layer=change.ids["layer"]))
    gets = claim is not None and claim.after is not None and claim.after.holder == node
    if lets_go(ctx, node):
        return
    if node != ctx.me and not is_due(ctx, change) and not (gets and claim and comes_by_itself(ctx, claim)):
        yield "", f"This place belongs to {ctx.who(node)}.", "Leave it out: only they can leave the queue."


def _turn(ctx: CheckContext, change: RecordChange[Claim], claim: Claim) -> Iterator[tuple[str, str]]:
    """Whether the one who claims, or goes on with a lapsed claim, may while others wait."""
    before = change.before
    if claim.status != "held" or before is None:
        return
    if before.holder != claim.holder or before.status != "held":
        own = PLACE_IN_QUEUE.path.fill(account=claim.account, layer=claim.layer, node=claim.holder)
        if ctx.result.blob(own) is not None:
            yield "Whoever holds a lead does not wait for it.", "Let sr write the claim: it leaves the queue as well."
    if (before.status == "held" and before.until >= ctx.today) or comes_by_itself(ctx, change):
        return
    first = heir(ctx, claim.account, claim.layer)
    if first is not None and first.holder != claim.holder:
        sentence = f"It is {ctx.who(first.holder)}'s turn, who waits for {claim.account} first."
        yield sentence, "Wait in the queue: sr claim LEAD --queue"
