"""How does a deal come to another stage? By a move with what the seller's log shows for it."""

from dataclasses import replace
from datetime import date, timedelta

from salesrepo.checks.evidence import find_activity, one_of
from salesrepo.domain.kinds.activity import Activity
from salesrepo.domain.kinds.deal import CLOSED, DEAL, Deal, Evidence, Move, Stage
from salesrepo.domain.kinds.policy_pipeline import PIPELINE_POLICY, PipelinePolicy, StageTerms
from salesrepo.domain.pipeline import asked_for, passed
from salesrepo.domain.quote import TERMS
from salesrepo.errors import UsageError
from salesrepo.flows.here.own_log import newest
from salesrepo.flows.here.workspace import Workspace


def pipeline_of(ws: Workspace) -> PipelinePolicy:
    """The company's pipeline; one that never laid it down goes by what salesrepo brings along."""
    return ws.tip.get(PIPELINE_POLICY) or PipelinePolicy()


def is_strict(ws: Workspace) -> bool:
    """Whether the company refuses what its pipeline does not allow, rather than advising."""
    return ws.tip.get(PIPELINE_POLICY) is not None


def stage_told(policy: PipelinePolicy, deal: Deal, text: str) -> Stage | None:
    """The stage of an open deal that was typed; None where nothing was. Raises UsageError for any other word."""
    known = [terms.stage for terms in policy.stages(deal.kind)]
    found = next((stage for stage in known if stage == text), None)
    if text and found is None:
        hint = f"One of: {', '.join(known)}. The end: sr win, sr lose."
        raise UsageError(f"{text!r} is no stage of an open deal.", hint=hint)
    return found


def oldest_evidence(ws: Workspace, deal: Deal) -> date:
    """The first day on which something may have happened that still speaks for this deal."""
    return deal.opened - timedelta(days=pipeline_of(ws).evidence_days)


def moved(ws: Workspace, deal: Deal, stage: Stage, *, named: tuple[Evidence, ...] = ()) -> Deal:
    """The deal at another stage, its move naming for each stage left behind the newest activity that shows it."""
    if stage == deal.stage:
        return deal
    left = passed(pipeline_of(ws).stages(deal.kind), deal.stage, stage)
    proofs = [activity for one in named if (activity := find_activity(ws.view, one.node or deal.node, one))]
    found = list(named)
    for terms in left:
        if terms.evidence and not _shown(terms, proofs):
            seen = newest(ws, deal.account, oldest_evidence(ws, deal), kinds=terms.evidence)
            found += [seen.evidence] if seen and seen.evidence not in found else []
    return replace(deal, stage=stage, moves=(*deal.moves, Move(stage=stage, day=ws.today, evidence=tuple(found))))


def unproved(ws: Workspace, deal: Deal, before: str) -> str:
    """What the log would have to show for the last move: `a meeting (held)`; empty where it does."""
    view, asked = ws.view, asked_for(pipeline_of(ws).stages(deal.kind), before, deal.stage)
    if not asked:
        return ""
    proofs = [a for e in deal.moves[-1].evidence if (a := find_activity(view, e.node or deal.node, e))]
    return next((one_of(terms.evidence) for terms in reversed(asked) if not _shown(terms, proofs)), "")


def closed(ws: Workspace, deal: Deal, stage: Stage) -> Deal:
    """The deal won or lost, with a move that says when it was noted; one that was only noted before is replaced.

    A lost deal keeps the terms that were accepted: what was only noted since was never agreed to.
    """
    accepted = ws.tip.get(DEAL, account=deal.account, deal=deal.deal)
    kept = accepted.moves if accepted else ()
    moves = (*kept, *(move for move in deal.moves[len(kept) :] if move.stage not in CLOSED))
    if accepted and stage == "lost":
        deal = replace(deal, **{name: getattr(accepted, name) for name in TERMS})
    return replace(deal, stage=stage, moves=(*moves, Move(stage=stage, day=ws.today)))


def postponed(ws: Workspace, deal: Deal, closes: date) -> Deal:
    """The deal closing on another day; the day that was accepted stays on record."""
    accepted = ws.tip.get(DEAL, account=deal.account, deal=deal.deal)
    if accepted is None:
        return replace(deal, closes=closes)
    given_up = (accepted.closes,) if accepted.closes and accepted.closes != closes else ()
    return replace(deal, closes=closes, pushed=(*accepted.pushed, *given_up))


def _shown(terms: StageTerms, proofs: list[Activity]) -> bool:
    return any(activity.is_one_of(terms.evidence) for activity in proofs)
