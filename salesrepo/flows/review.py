"""`salesrepo review`: what waits for a person, what the rules say of it, and the person's word."""

from dataclasses import dataclass, replace
from datetime import date

from salesrepo.domain.finding import Verdict
from salesrepo.errors import RefusedError
from salesrepo.flows.judge import Judgement, node_of, snapshot_at
from salesrepo.flows.land import Landing, bring_in, look, preview
from salesrepo.flows.workspace import Workspace
from salesrepo.forge.base import Proposal, ProposalState
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.vcs.objects import Objects


@dataclass(frozen=True)
class Waiting:
    """An open proposal: who sent it, and the verdict that was recorded last."""

    proposal: Proposal
    sender: str
    verdict: str


@dataclass(frozen=True)
class Looked:
    """A proposal with the rules' verdict on it now, the paths that main changed meanwhile, and who approved."""

    proposal: Proposal
    sender: str
    judgement: Judgement
    conflicts: tuple[str, ...]
    approved_by: tuple[str, ...]


def waiting(ws: Workspace) -> tuple[Waiting, ...]:
    """Every open proposal, oldest first."""
    main = ws.forge.main()
    with Objects(ws.forge.repository(main)) as objects:
        tip = snapshot_at(objects, main)
        return tuple(
            Waiting(proposal, _name(tip, proposal.actor), proposal.updates[-1].verdict or "not judged yet")
            for proposal in ws.forge.list(ProposalState.OPEN)
        )


def examine(ws: Workspace, number: int) -> Looked:
    """A proposal and what the rules say of it now. Raises RefusedError for an unknown number or a closed one."""
    proposal = _open(ws, number)
    judgement, plan, main = look(ws.forge, proposal, now=ws.desk.now)
    with Objects(ws.forge.repository(main)) as objects:
        tip = snapshot_at(objects, main)
        approved = tuple(_name(tip, who) for who, head in proposal.approvals if head == proposal.head)
        return Looked(proposal, _name(tip, proposal.actor), judgement, plan.conflicts, approved)


def approve(ws: Workspace, number: int, *, dry_run: bool = False) -> Looked:
    """Agree to a proposal's present head. Raises RefusedError where one's word cannot count for it."""
    looked = examine(ws, number)
    if ws.forge.approve is None:
        raise RefusedError("People approve on the forge's own pages.", hint="Open the proposal there.")
    check_not_own(looked.proposal, ws.identity.forge_id)
    if dry_run:
        return looked
    ws.forge.approve(number, actor=ws.identity.forge_id, head=looked.proposal.head)
    later = ws.forge.get(number)
    # A forge with bots of its own may have merged it at once; what was approved is what was looked at before.
    return examine(ws, number) if later.state is ProposalState.OPEN else replace(looked, proposal=later)


def check_not_own(proposal: Proposal, forge_id: str) -> None:
    """Raises RefusedError where somebody would approve what they sent themselves."""
    if proposal.actor == forge_id:
        raise RefusedError("Nobody approves what they sent themselves.", hint="Ask a colleague.")


def merge(ws: Workspace, number: int, *, dry_run: bool = False) -> Landing:
    """Let the bots merge a proposal if nothing and nobody is missing."""
    _open(ws, number)
    if dry_run:
        return preview(ws.forge, number, now=ws.desk.now)
    landing = bring_in(ws.forge, number, now=ws.desk.now)
    return landing or Landing(number, "review", reason="The forge merges it by itself, and has not looked at it yet.")


def reject(ws: Workspace, number: int, *, reason: str, dry_run: bool = False) -> Proposal:
    """Close a proposal with a reason; its sender finds it back in their outbox.

    Raises RefusedError for anybody but its sender and those with a role that reviews or maintains.
    """
    proposal = _open(ws, number)
    main = ws.forge.main()
    with Objects(ws.forge.repository(main)) as objects:
        check_may_reject(snapshot_at(objects, main), proposal, ws.identity.forge_id, day=ws.today)
    if dry_run:
        return proposal
    ws.forge.close(number, actor=ws.identity.forge_id, reason=reason)
    return ws.forge.get(number)


def check_may_reject(tip: RecordSnapshot, proposal: Proposal, forge_id: str, *, day: date) -> None:
    """Raises RefusedError for anybody but a proposal's sender and those with a role that reviews or maintains."""
    me = node_of(tip, forge_id)
    roles = set(me.roles_on(day)) if me else set()
    if proposal.actor != forge_id and not roles & {"sales_ops", "finance", "manager", "brand"}:
        raise RefusedError("Only its sender, or somebody who reviews, may reject it.", hint="Ask sales operations.")


def _open(ws: Workspace, number: int) -> Proposal:
    proposal = ws.forge.get(number)
    if proposal.state is not ProposalState.OPEN:
        raise RefusedError(f"Proposal {number} is {proposal.state.value} already.", hint="See: salesrepo review list")
    return proposal


def _name(tip: RecordSnapshot, forge_id: str) -> str:
    node = node_of(tip, forge_id)
    return node.name if node else f"user {forge_id}"


def is_ready(looked: Looked) -> bool:
    """Whether nothing and nobody is missing."""
    return looked.judgement.verdict is Verdict.AUTO and not looked.conflicts
