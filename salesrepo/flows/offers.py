"""Which transfers wait for the seller's own word, or for the word of the colleague to whom they offered one?"""

import json
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from salesrepo.domain.finding import Verdict
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.transfer import TRANSFER, Transfer
from salesrepo.domain.paths import place_of
from salesrepo.errors import RecordError, RefusedError, SalesRepoError, UnavailableError
from salesrepo.files import replace_file
from salesrepo.flows.judge import node_of, snapshot_at
from salesrepo.flows.workspace import Workspace
from salesrepo.forge.base import Proposal, ProposalState
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.store.trees import CommitTree
from salesrepo.vcs.merge import plan_merge
from salesrepo.vcs.objects import Objects

_FILE = "offers.json"
_CODE = "SR236 "
_NEWS = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A transfer that is not accepted yet: who gives what to whom, and on which terms. Texts are empty for none.

    Of one that came to nothing, `answer` says why, as heard on the day `heard`.
    """

    number: int
    account: str
    name: str
    layer: str
    giver: str
    receiver: str
    sender: str
    giver_name: str = ""
    receiver_name: str = ""
    share: str = ""
    until: str = ""
    reason: str = ""
    answer: str = ""
    heard: str = ""


def offers(ws: Workspace) -> tuple[Offer, ...]:
    """The open transfers in which the seller is giver or receiver, oldest first; asks the company."""
    waiting = [proposal for proposal in ws.forge.list(ProposalState.OPEN) if _asks(proposal)]
    if not waiting:
        return ()
    main = ws.forge.main()
    with Objects(ws.forge.repository(main, *(proposal.head for proposal in waiting))) as objects:
        tip = snapshot_at(objects, main)
        return tuple(
            _offer(tip, proposal, term)
            for proposal in waiting
            for term in transfers_in(objects, main, proposal.head)
            if ws.me in (term.giver, term.receiver)
        )


def transfers_in(objects: Objects, main: str, head: str) -> tuple[Transfer, ...]:
    """The transfers that a head brings; none where it cannot be read."""
    try:
        changes = plan_merge(objects, main, head).changes
        after = snapshot_at(objects, head)
        paths = (c.path for c in changes if c.before is None and (at := place_of(c.path)) and at.kind is TRANSFER)
        return tuple(term for path in paths if (term := after.read(TRANSFER, path)))
    except (RefusedError, RecordError, UnavailableError):
        return ()


def is_party(tip: RecordSnapshot, proposal: Proposal, forge_id: str) -> bool:
    """Whether a proposal asks this forge user to take over, or to give away, what somebody holds."""
    me = node_of(tip, forge_id)
    if me is None or not _asks(proposal) or not isinstance(tip.tree, CommitTree):
        return False
    terms = transfers_in(tip.tree.objects, tip.commit, proposal.head)
    return any(me.node in (term.giver, term.receiver) for term in terms)


def remember_offers(ws: Workspace) -> None:
    """Keep what waits for a word where `sr status` finds it, and for a week why an offer of one's own came to nothing.

    An unreachable company leaves it as it was.
    """
    try:
        found = offers(ws)
        numbers = {offer.number for offer in found}
        old = (offer for offer in remembered_offers(ws.desk.folder) if offer.number not in numbers)
        ended = tuple(one for offer in old if offer.sender == ws.me and (one := _ended(ws, offer)))
    except SalesRepoError:
        return
    replace_file(ws.desk.folder / _FILE, json.dumps([asdict(offer) for offer in (*found, *ended)]).encode())


def remembered_offers(folder: Path) -> tuple[Offer, ...]:
    """The offers that stood, or came to nothing lately, when the seller last looked."""
    try:
        return tuple(Offer(**plain) for plain in json.loads((folder / _FILE).read_bytes()))
    except (FileNotFoundError, ValueError, TypeError):
        return ()


def _ended(ws: Workspace, offer: Offer) -> Offer | None:
    """An offer of the seller's own that is open no more, with its answer; None once it was accepted, or is old news."""
    if offer.answer:
        return offer if date.fromisoformat(offer.heard) + _NEWS >= ws.today else None
    proposal = ws.forge.get(offer.number)
    if proposal.state is not ProposalState.CLOSED:
        return None
    said = proposal.comments[-1].text if proposal.comments else "It was not accepted."
    return replace(offer, answer=said, heard=ws.today.isoformat())


def _asks(proposal: Proposal) -> bool:
    last = proposal.updates[-1]
    return last.verdict == Verdict.REVIEW and any(line.startswith(_CODE) for line in last.summary.splitlines())


def _offer(tip: RecordSnapshot, proposal: Proposal, term: Transfer) -> Offer:
    account, sender = tip.get(ACCOUNT, account=term.account), node_of(tip, proposal.actor)
    return Offer(
        number=proposal.number,
        account=term.account,
        name=account.name if account else term.account,
        layer=term.layer,
        giver=term.giver,
        receiver=term.receiver,
        sender=sender.node if sender else "",
        giver_name=_called(tip, term.giver),
        receiver_name=_called(tip, term.receiver),
        share=term.giver_share or "",
        until=str(term.until or ""),
        reason=term.reason or "",
    )


def _called(tip: RecordSnapshot, node: str) -> str:
    found = tip.get(NODE, node=node)
    return found.name if found else node
