"""SR311: did the buyer do what lets a deal come to its stage?"""

from collections.abc import Iterator

from salesrepo.checks.evidence import one_of, pipeline, prove, weight
from salesrepo.checks.handles import called
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.handover import with_logs
from salesrepo.domain.kinds.activity import Activity
from salesrepo.domain.kinds.deal import CLOSED, DEAL, Deal, Move
from salesrepo.domain.kinds.policy_pipeline import PipelinePolicy
from salesrepo.domain.pipeline import asked_for, place


@rule("SR311", "stage-without-evidence")
def SR311(ctx: CheckContext) -> Iterator[Finding]:
    """A deal comes to a stage by a move that names what the buyer did, and moves are only ever added.

    ## Why
    A forecast made of hopes is no forecast. What the buyer did stands in the log, so a move names the activity, and
    anybody can look. policy/pipeline.yml says which activities let a deal leave each stage; a company without that
    file is advised, not refused. From the proposal on the evidence of every stage left behind is named. Winning and
    losing need no activity: the order, or the reason, is the evidence. Imported deals keep the stage that they had.

    ## Fix
    Log what happened, then move: `sr log meeting LEAD TEXT`, `sr stage DEAL STAGE`. It finds the activity by itself.
    """
    policy = pipeline(ctx)
    for change, deal in ctx.change.readable(DEAL):
        old = change.before.moves if change.before else ()
        at = Location(change.path, ("moves",))
        hint = f"Move it with: sr stage {called(ctx, deal)} STAGE"
        logged = with_logs(old, change.before.node) if change.before else old
        if deal.moves[: len(old)] not in (old, logged):
            message = "A move that was accepted is never changed or taken back."
            yield Finding("SR311", Severity.ERROR, message, at, hint="Leave the moves as they were, and add another.")
        elif deal.moves and deal.moves[-1].stage != deal.stage:
            message = f"The deal stands at {deal.stage}, but its last move says {deal.moves[-1].stage}."
            yield Finding("SR311", Severity.ERROR, message, at, hint=hint)
        elif deal.imported is None or change.change.before is not None:
            if len(deal.moves) == len(old) and _came_elsewhere(policy, change, deal):
                message = f"The deal came to {deal.stage} without a move that says when and why."
                yield Finding("SR311", weight(ctx), message, at, hint=hint)
            yield from _moves(ctx, policy, change, deal)


def _came_elsewhere(policy: PipelinePolicy, change: RecordChange[Deal], deal: Deal) -> bool:
    """Whether an open deal stands at another stage than before; a new one begins at the first."""
    old = change.before.stage if change.before else policy.stages(deal.kind)[0].stage
    return deal.is_open and deal.stage != old


def _moves(ctx: CheckContext, policy: PipelinePolicy, change: RecordChange[Deal], deal: Deal) -> Iterator[Finding]:
    done = len(change.before.moves) if change.before else 0
    stage: str = change.before.stage if change.before else policy.stages(deal.kind)[0].stage
    for index, move in enumerate(deal.moves[done:], done):
        at = Location(change.path, ("moves", index))
        for severity, message, hint in _judge(ctx, policy, deal, index, stage):
            yield Finding("SR311", severity, message, at, hint=hint)
        stage = move.stage


def _judge(
    ctx: CheckContext, policy: PipelinePolicy, deal: Deal, index: int, stage: str
) -> Iterator[tuple[Severity, str, str]]:
    """What is wrong with one new move, from the stage that the deal stood at."""
    move, stages = deal.moves[index], policy.stages(deal.kind)
    handle = called(ctx, deal)
    if move.day > ctx.today:
        yield Severity.ERROR, f"{move.day} has not come yet.", "Write the day on which the deal moved."
    elif index and move.day < deal.moves[index - 1].day:
        yield Severity.ERROR, f"The deal moved on {deal.moves[index - 1].day} already.", "Put the moves in their order."
    if index and move.stage == stage:
        yield Severity.ERROR, f"The deal stood at {stage} already.", "Leave this move out."
    if move.stage not in CLOSED and place(stages, move.stage) < 0:
        names = ", ".join(terms.stage for terms in stages)
        yield weight(ctx), f"{move.stage} is no stage of a deal of kind {deal.kind}.", f"Choose one of: {names}."
    proofs = [prove(ctx, deal, evidence) for evidence in move.evidence]
    for proof in proofs:
        if proof.fault:
            yield weight(ctx), proof.fault, f"Name what happened: sr stage {handle} {move.stage} --evidence last"
    shown = [proof.activity for proof in proofs if proof.activity]
    for fault in _unproved(policy, deal, move, stage, shown):
        yield weight(ctx), fault, f"Log it, then move again: sr stage {handle} {move.stage}"


def _unproved(policy: PipelinePolicy, deal: Deal, move: Move, stage: str, proofs: list[Activity]) -> Iterator[str]:
    """A sentence for each stage that lacks the evidence it asks for; others that were skipped are SR333's matter."""
    for terms in asked_for(policy.stages(deal.kind), stage, move.stage):
        if not any(activity.is_one_of(terms.evidence) for activity in proofs):
            yield f"To leave {terms.stage}, the log shows {one_of(terms.evidence)}."
