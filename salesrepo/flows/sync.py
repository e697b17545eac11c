"""`sr sync`: see what the company accepted, drop it from the outbox, and say what came back."""

from dataclasses import dataclass

from salesrepo.domain.change import blob_id
from salesrepo.domain.finding import Verdict
from salesrepo.flows.holdings import refresh_index
from salesrepo.flows.land import land
from salesrepo.flows.workspace import Workspace, open_workspace
from salesrepo.forge.base import ProposalState
from salesrepo.store.outbox import Item
from salesrepo.vcs.clone import fast_forward, fetch


@dataclass(frozen=True)
class Synced:
    """What a sync found: paths accepted since, on their way, returned with a reason, and changed by somebody else."""

    moved: bool
    accepted: tuple[str, ...] = ()
    waiting: tuple[Item, ...] = ()
    returned: tuple[Item, ...] = ()
    clashing: tuple[str, ...] = ()


def sync(ws: Workspace) -> Synced:
    """Fetch main and the ledger, bring the folder up to date, and settle the outbox against what main now holds.

    Raises ConflictError where an edit in the folder is in the way, UnavailableError without the forge.
    """
    before = ws.objects.tip("refs/remotes/origin/main")
    _nudge(ws)
    ws.close()
    _fetch(ws)
    fast_forward(ws.desk.root)
    later = open_workspace(ws.desk)
    try:
        with later.desk.busy():
            result = _settle_outbox(later, moved=later.main != before)
            refresh_index(later)
        return result
    finally:
        later.close()


def _nudge(ws: Workspace) -> None:
    """What waited for somebody earlier in line may be free by now; where the forge has bots of its own, they look."""
    if ws.forge.merge is None:
        return
    for number in {item.proposal for item in ws.outbox.items() if item.state == "sent" and item.proposal}:
        proposal = ws.forge.get(number)
        if proposal.state is ProposalState.OPEN and proposal.updates[-1].verdict == Verdict.WAITING:
            land(ws.forge, number, now=ws.desk.now)


def _fetch(ws: Workspace) -> None:
    branches = ("main", "ledger") if ws.forge.ledger() else ("main",)
    fetch(ws.desk.root, branches=branches)


def _settle_outbox(ws: Workspace, *, moved: bool) -> Synced:
    accepted, waiting, returned, clashing = [], [], [], []
    for item in ws.outbox.items():
        data = None if item.gone else ws.outbox.read(item.path)
        wanted = None if data is None else blob_id(data, like=ws.main)
        there = ws.base_of(item.path)
        if wanted == there:
            ws.outbox.drop(item.path)
            accepted.append(item.path)
        elif item.state == "sent" and item.proposal:
            reason = _came_back(ws, item)
            if reason:
                ws.outbox.mark(item.path, "refused", reason=reason)
                returned.append(ws.outbox.item(item.path) or item)
            else:
                waiting.append(item)
        elif there != item.base:
            clashing.append(item.path)
        elif item.state == "refused":
            returned.append(item)
    return Synced(moved, tuple(accepted), tuple(waiting), tuple(returned), tuple(clashing))


def _came_back(ws: Workspace, item: Item) -> str:
    proposal = ws.forge.get(item.proposal)
    if proposal.state is not ProposalState.CLOSED:
        return ""
    return proposal.comments[-1].text if proposal.comments else "It was not accepted."
