"""`sr sync`: see what the company accepted, drop it from the outbox, and say what came back."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from salesrepo.domain.change import blob_id
from salesrepo.domain.finding import Verdict
from salesrepo.errors import RefusedError
from salesrepo.flows.here.checkpoint import lost, remember
from salesrepo.flows.here.holdings import refresh_index
from salesrepo.flows.here.workspace import SEEN_LEDGER, SEEN_MAIN, Workspace, open_workspace
from salesrepo.flows.proposals.land import bring_in
from salesrepo.flows.proposals.mirror import catch_up
from salesrepo.flows.proposals.offers import remember_offers
from salesrepo.flows.sending.edits import forget_restored
from salesrepo.flows.sending.submissions import arrived
from salesrepo.forge.base import Proposal, ProposalState
from salesrepo.store.outbox import Item
from salesrepo.vcs.clone import fetch
from salesrepo.vcs.refs import move_ref
from salesrepo.vcs.worktree import fast_forward


@dataclass(frozen=True)
class Synced:
    """What a sync found: paths accepted since, on their way, returned with a reason, and changed by somebody else.

    `moved` says whether main did; `news` whether anything came back that had not before.
    """

    moved: bool
    news: bool = False
    accepted: tuple[str, ...] = ()
    waiting: tuple[Item, ...] = ()
    returned: tuple[Item, ...] = ()
    clashing: tuple[str, ...] = ()


def sync(ws: Workspace) -> Synced:
    """Fetch main and the ledger, bring the folder up to date, and settle the outbox against what main now holds.

    Raises ConflictError where an edit in the folder is in the way (the outbox is settled all the same),
    UnavailableError without the forge.
    """
    found = look_around(ws)
    fast_forward(ws.desk.root)
    return found


def look_around(ws: Workspace) -> Synced:
    """As `sync`, but the folder's own files stay as they are."""
    before, booked = ws.objects.tip(SEEN_MAIN), ws.objects.tip(SEEN_LEDGER)
    if not lost(ws):
        remember(ws)
    _nudge(ws)
    ws.close()
    _fetch(ws, before, booked)
    later = open_workspace(ws.desk)
    try:
        _check_grown(later)
        with later.desk.busy():
            forget_restored(later)
            result = _settle_outbox(later, moved=later.main != before)
            refresh_index(later)
        remember_offers(later)
        return result
    finally:
        later.close()


def _fetch(ws: Workspace, main: str | None, ledger: str | None) -> None:
    """Bring main and the ledger here, if they moved; from afar, to ask for main costs what fetching it does."""
    forge = ws.forge
    catch_up(forge)
    there = forge.ledger()
    if isinstance(forge.source(), str) or (forge.main(), there or ledger) != (main, ledger):
        fetch(ws.desk.root, branches=("main", "ledger") if there else ("main",))


def _check_grown(ws: Workspace) -> None:
    """Main and the ledger only grow; what lost something that this copy has seen is not taken over."""
    gone = lost(ws)
    for one in gone:
        move_ref(ws.desk.git_dir, one.ref, one.seen, one.now)
    if gone:
        hint = "Keep this copy as it is, and tell sales operations and finance."
        raise RefusedError(gone[0].sentence, hint=hint)
    remember(ws)


def _nudge(ws: Workspace) -> None:
    """What waited for somebody earlier in line may be free by now, and nobody looked at what a killed submit left.

    Bots that come by themselves need no telling, and what waits for a person goes on when that person has spoken.
    """
    if ws.forge.merge is None and ws.forge.recheck is None:
        return
    for number in {item.proposal for item in ws.outbox.items() if item.state == "sent" and item.proposal}:
        proposal = ws.forge.get(number)
        if proposal.state is ProposalState.OPEN and proposal.updates[-1].verdict != Verdict.REVIEW:
            bring_in(ws.forge, number, now=ws.desk.now)


def _settle_outbox(ws: Workspace, *, moved: bool) -> Synced:
    found: dict[str, list[Item]] = {"accepted": [], "waiting": [], "returned": [], "clashing": [], "noted": []}
    before = ws.outbox.items()
    find = cache(ws.forge.get)  # several items share a proposal, and a question may take a while
    for item in before:
        found[_fate(ws, item, find)].append(ws.outbox.item(item.path) or item)
    news = any(item not in before for item in found["returned"])
    accepted, clashing = (tuple(item.path for item in found[fate]) for fate in ("accepted", "clashing"))
    return Synced(moved, news, accepted, tuple(found["waiting"]), tuple(found["returned"]), clashing)


def _fate(ws: Workspace, item: Item, find: Callable[[int], Proposal]) -> str:
    """What has become of an item; the outbox is brought in line with it."""
    data = None if item.gone else ws.outbox.read(item.path)
    wanted = None if data is None else blob_id(data, like=ws.main)
    there = ws.base_of(item.path)
    if wanted == there:
        return _accepted(ws, item)
    if item.state == "refused":
        return "returned"
    proposal = find(item.proposal) if item.proposal else None
    if proposal and proposal.state is ProposalState.MERGED:
        return _merged(ws, item, proposal, wanted=wanted, there=there)
    if proposal and item.state == "sent":
        return _pending(ws, item, proposal)
    return "noted" if there == item.base else "clashing"


def _pending(ws: Workspace, item: Item, proposal: Proposal) -> str:
    if proposal.state is ProposalState.OPEN:
        return "waiting"
    reason = proposal.comments[-1].text if proposal.comments else "It was not accepted."
    ws.outbox.mark(item.path, "refused", reason=reason)
    return "returned"


def _merged(ws: Workspace, item: Item, proposal: Proposal, *, wanted: str | None, there: str | None) -> str:
    """An item whose proposal was merged, while main holds something else at its path."""
    blob = ws.objects.at(proposal.head, item.path)
    landed = blob.oid if blob else None
    if landed == wanted:
        return _accepted(ws, item)  # and somebody went on from there
    ws.outbox.mark(item.path, "noted")
    if landed != there:
        return "clashing"
    ws.outbox.rebase(item.path, there)  # an earlier version of it was accepted: this is an edit of that one
    return "noted"


def _accepted(ws: Workspace, item: Item) -> str:
    ws.outbox.drop(item.path)
    arrived(ws.desk.folder, (item.path,))
    return "accepted"
