"""SR333: did this deal jump over stages, or fall far back?"""

from collections.abc import Iterator

from salesrepo.checks.evidence import named_by
from salesrepo.checks.hygiene import Look, Remark, remarks
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding
from salesrepo.domain.kinds.deal import CLOSED, Move
from salesrepo.domain.pipeline import asked_for, passed, place


@rule("SR333", "stage-jump", audit=True)
def SR333(ctx: CheckContext) -> Iterator[Finding]:
    """A deal that skips a stage names the evidence of that stage as well, and none falls back two stages at once (H13).

    ## Why
    A deal that jumps was entered late or is hoped along; one that falls far back was never where it stood. Both are
    worth a conversation, and neither is refused. Winning and losing are no jumps.

    ## Fix
    Nothing, where it is so. To show what happened: `sr stage DEAL STAGE --evidence last` finds it in your log.
    """
    yield from remarks(ctx, "SR333", jumps)


def jumps(look: Look) -> Iterator[Remark]:
    """Of the new moves (in an audit: of the last) each that skips what it does not show, or goes back two stages."""
    deal, stages = look.deal, look.policy.stages(look.deal.kind)
    done = len(look.before.moves) if look.before else 0
    first = max(min(done, len(deal.moves) - 1), 0) if look.whole else done
    for index in range(first, len(deal.moves)):
        move = deal.moves[index]
        if move.stage in CLOSED or (look.whole and not index):
            continue
        old: str = deal.moves[index - 1].stage if index else look.before.stage if look.before else stages[0].stage
        skipped = ", ".join(_skipped(look, move, old))
        if skipped:
            hint = f"Show what happened there: sr stage {look.handle} {move.stage} --evidence last"
            yield Remark(f"{look.handle} skipped {skipped} on its way to {move.stage}.", hint, "moves")
        if old not in CLOSED and place(stages, old) - place(stages, move.stage) >= 2:
            hint = "Log what changed, so that others understand it: sr log note LEAD TEXT"
            yield Remark(f"{look.handle} fell back from {old} to {move.stage}.", hint, "moves")


def _skipped(look: Look, move: Move, old: str) -> tuple[str, ...]:
    """The stages left behind whose evidence the move does not name, but for those of which SR311 asks it."""
    stages = look.policy.stages(look.deal.kind)
    asked = asked_for(stages, old, move.stage)
    left = [terms for terms in passed(stages, old, move.stage) if terms.evidence and terms not in asked]
    if not left:
        return ()
    proofs = [activity for evidence in move.evidence if (activity := named_by(look.ctx, look.deal, evidence))]
    return tuple(terms.stage for terms in left if not any(one.is_one_of(terms.evidence) for one in proofs))
