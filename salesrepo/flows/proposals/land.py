"""What the bots do with a proposal: judge it against main's tip, and merge it when nothing and nobody is missing."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from salesrepo.domain.change import PathChange, digest_of
from salesrepo.domain.finding import Severity, Verdict
from salesrepo.domain.paths import place_of
from salesrepo.domain.receipt import Receipt
from salesrepo.errors import ConflictError, RefusedError, UnavailableError
from salesrepo.flows.here.place import check_not_far_ahead
from salesrepo.flows.proposals.judge import (
    Case,
    Judgement,
    UnfitHeadError,
    approvals_by,
    judge,
    merge_day,
    node_of,
    plan_of,
    result_of,
    snapshot_at,
)
from salesrepo.flows.proposals.mirror import catch_up
from salesrepo.flows.proposals.rivals import rivals_of
from salesrepo.forge.base import BOT_ID, Conflict, Forge, Judged, Merge, Merged, Proposal, ProposalState
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.vcs.history import read_commit
from salesrepo.vcs.merge import MergePlan
from salesrepo.vcs.objects import Objects

_NO_REASON = "A rule could not be run, so a person must look."
_TRIES = 20
_CHANGED = "Somebody else changed the same records meanwhile."


@dataclass(frozen=True)
class Landing:
    """What became of a proposal: merged, ready to be, a verdict that keeps it open or closes it, or a conflict."""

    number: int
    outcome: Literal["merged", "ready", "waiting", "review", "refused", "conflict"]
    judgement: Judgement | None = None
    commit: str = ""
    reason: str = ""


def land(forge: Forge, number: int, *, now: datetime, merge: bool = True) -> Landing:
    """Judge a proposal and, with `merge`, merge it if the verdict is auto. Main may move meanwhile: then again.

    A refused or conflicting proposal is closed with its reason (DESIGN rule 7: that loses its place in line).
    Raises RefusedError for an unknown number, or a date far ahead of main's (place.check_not_far_ahead),
    UnavailableError when main moves faster than it can be judged.
    """
    catch_up(forge)
    for _ in range(_TRIES):
        proposal = forge.get(number)
        if proposal.state is not ProposalState.OPEN:
            return _ended(proposal)
        landing = _once(forge, proposal, now=now, merge=merge)
        if landing is not None:
            return landing
    raise UnavailableError("Main moves too fast to merge this now.", hint="Try again in a moment.")


def preview(forge: Forge, number: int, *, now: datetime) -> Landing:
    """What `land` would say of a proposal now. Changes nothing."""
    proposal = forge.get(number)
    if proposal.state is not ProposalState.OPEN:
        return land(forge, number, now=now)
    judgement, plan, _ = look(forge, proposal, now=now)
    outcomes: dict[Verdict, Literal["merged", "waiting", "review", "refused"]] = {
        Verdict.AUTO: "merged",
        Verdict.WAITING: "waiting",
        Verdict.REVIEW: "review",
        Verdict.REFUSED: "refused",
    }
    if plan.conflicts and judgement.verdict is not Verdict.REFUSED:
        return Landing(number, "conflict", judgement, reason=_CHANGED)
    told = judgement.report.of(Severity.ERROR, Severity.WAIT, Severity.REVIEW)
    return Landing(number, outcomes[judgement.verdict], judgement, reason=told[0].message if told else "")


def read_landing(proposal: Proposal) -> Landing | None:
    """What the forge's own bots say of a proposal's present head; None where they have not looked at it yet."""
    if proposal.state is not ProposalState.OPEN:
        return _ended(proposal)
    last = proposal.updates[-1]
    reason = last.summary.partition("\n")[0].partition(" ")[2] or _NO_REASON
    if last.verdict == Verdict.WAITING:
        return Landing(proposal.number, "waiting", reason=reason)
    if last.verdict == Verdict.REVIEW:
        return Landing(proposal.number, "review", reason=reason)
    return Landing(proposal.number, "ready") if last.verdict == Verdict.AUTO else None


def bring_in(forge: Forge, number: int, *, now: datetime) -> Landing | None:
    """Land a proposal; where the forge's own bots do that, have them look at it now, and read what they say."""
    if forge.merge is not None:
        return land(forge, number, now=now)
    if forge.recheck is not None:
        forge.recheck(number)
    return read_landing(forge.get(number))


def look(forge: Forge, proposal: Proposal, *, now: datetime) -> tuple[Judgement, MergePlan, str]:
    """The verdict on an open proposal at main's tip, its merge plan, and that tip. Changes nothing.

    Raises RefusedError where this machine's date is far ahead of main's: the day decides about every claim.
    """
    main = forge.main()
    with Objects(forge.repository(main, proposal.head)) as objects:
        check_not_far_ahead(now, read_commit(objects, main).committed)
        judgement, plan = look_from(forge, proposal, objects, snapshot_at(objects, main), now=now)
        return judgement, plan, main


def look_from(
    forge: Forge, proposal: Proposal, objects: Objects, tip: RecordSnapshot, *, now: datetime
) -> tuple[Judgement, MergePlan]:
    """As `look`, at a tip that is known already, so that many proposals read it once."""
    plan = plan_of(objects, tip.commit, proposal.head)
    today = merge_day(tip, now)
    case = Case(
        actor_id=proposal.actor,
        actor=node_of(tip, proposal.actor),
        today=today,
        rivals=rivals_of(forge, proposal, plan.changes, tip, today),
        approvals=approvals_by(tip, proposal.approvals, sender=proposal.actor, day=today),
        head=proposal.head,
    )
    return judge(tip, plan.changes, result_of(tip, objects, plan.changes), case), plan


def standing(proposal: Proposal, changes: tuple[PathChange, ...]) -> tuple[str, ...]:
    """Who (forge ids) approved what the proposal's present head changes, in the order in which they did."""
    digest = digest_of(changes) if proposal.approvals else ""
    given = (a.actor for a in proposal.approvals if a.stands(head=proposal.head, digest=digest))
    return tuple(dict.fromkeys(given))


def title_of(changes: tuple[PathChange, ...]) -> str:
    """What a merge brings, counted by kind: main's history quotes nobody's words, which no rule has read."""
    kinds = Counter(at.kind.name if (at := place_of(change.path)) else "file" for change in changes)
    return ", ".join(f"{number} {kind}" for kind, number in kinds.most_common(4))


def _once(  # noqa: PLR0911 - one way out for each verdict
    forge: Forge, proposal: Proposal, *, now: datetime, merge: bool
) -> Landing | None:
    try:
        judgement, plan, main = look(forge, proposal, now=now)
    except UnfitHeadError as unfit:
        return _turn_away(forge, proposal, unfit.message)
    errors = judgement.report.of(Severity.ERROR)
    if errors:
        return _close(forge, proposal, "refused", errors[0].message, judgement)
    if plan.conflicts:
        return _close(forge, proposal, "conflict", _CHANGED, judgement)
    if judgement.verdict is Verdict.AUTO and merge and forge.merge is not None:
        return _merge(forge, forge.merge, proposal, judgement, plan, main, now)
    _note(forge, proposal, judgement)
    if judgement.verdict is Verdict.WAITING:
        return Landing(proposal.number, "waiting", judgement, reason=_first(judgement, Severity.WAIT))
    if judgement.verdict is Verdict.REVIEW:
        asked = judgement.unanswered
        return Landing(proposal.number, "review", judgement, reason=asked[0].message if asked else _NO_REASON)
    if not merge:
        return Landing(proposal.number, "ready", judgement)
    return Landing(proposal.number, "review", judgement, reason="The forge merges it by itself.")


def _note(forge: Forge, proposal: Proposal, judgement: Judgement) -> None:
    forge.judged(proposal.number, head=proposal.head, verdict=judgement.verdict.value, summary=judgement.summary)


def _merge(
    forge: Forge,
    merge: Merge,
    proposal: Proposal,
    judgement: Judgement,
    plan: MergePlan,
    main: str,
    now: datetime,
) -> Landing | None:
    receipt = Receipt(
        proposal=proposal.number,
        actor=proposal.actor,
        base=plan.base,
        head=proposal.head,
        verdict=judgement.report.verdict.value,
        approvals=standing(proposal, plan.changes),
        opened=f"{datetime.fromtimestamp(proposal.created, UTC):%Y-%m-%dT%H:%M:%SZ}",
    )
    try:
        outcome = merge(
            proposal.number,
            head=proposal.head,
            main=main,
            changes=plan.changes,
            message=receipt.message(title_of(plan.changes)),
            when=int(now.timestamp()),
            judged=Judged(judgement.verdict.value, judgement.summary),
        )
    except (ConflictError, RefusedError):
        _note(forge, proposal, judgement)  # its place in line rests on what was judged, merged or not
        raise
    if isinstance(outcome, Merged):
        return Landing(proposal.number, "merged", judgement, commit=outcome.commit)
    if isinstance(outcome, Conflict):
        return _close(forge, proposal, "conflict", _CHANGED, judgement)
    _note(forge, proposal, judgement)
    return None  # the head or main moved: look again


def _turn_away(forge: Forge, proposal: Proposal, reason: str) -> Landing:
    """A proposal that cannot even be judged is closed, so that it stops nobody else."""
    forge.judged(proposal.number, head=proposal.head, verdict=Verdict.REFUSED.value, summary=reason)
    forge.close(proposal.number, actor=BOT_ID, reason=reason)
    return Landing(proposal.number, "refused", reason=reason)


def _close(
    forge: Forge, proposal: Proposal, outcome: Literal["refused", "conflict"], reason: str, judgement: Judgement
) -> Landing:
    forge.judged(
        proposal.number, head=proposal.head, verdict=Verdict.REFUSED.value, summary=judgement.summary or reason
    )
    forge.close(proposal.number, actor=BOT_ID, reason=reason)
    return Landing(proposal.number, outcome, judgement, reason=reason)


def _ended(proposal: Proposal) -> Landing:
    if proposal.state is ProposalState.MERGED:
        return Landing(proposal.number, "merged", commit=proposal.merged or "")
    last = proposal.comments[-1].text if proposal.comments else ""
    return Landing(proposal.number, "conflict" if last == _CHANGED else "refused", reason=last)


def _first(judgement: Judgement, severity: Severity) -> str:
    found = judgement.report.of(severity)
    return found[0].message if found else _NO_REASON
