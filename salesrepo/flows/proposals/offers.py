"""Which transfers and referrals wait for the seller's own word, or for that of the colleague whom they asked?"""

import json
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from salesrepo.domain.finding import Verdict
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.policy_claims import CLAIMS_POLICY
from salesrepo.domain.kinds.referral import REFERRED_LEAD, ReferredLead
from salesrepo.domain.kinds.transfer import TRANSFER, Transfer
from salesrepo.domain.paths import place_of
from salesrepo.errors import RecordError, RefusedError, SalesRepoError, UnavailableError
from salesrepo.files import replace_file
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.proposals.judge import node_of, snapshot_at
from salesrepo.forge.base import Proposal, ProposalState
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.store.trees import CommitTree
from salesrepo.vcs.merge import plan_merge
from salesrepo.vcs.objects import Objects

_FILE = "offers.json"
_CODES = ("SR236 ", "SR238 ")
_NEWS = timedelta(days=7)
What = Literal["transfer", "referral"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A transfer or referral that is not accepted yet: who gives what to whom, on which terms (empty for none).

    Of a referral the giver is who brings the lead, and `share` what that earns.
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
    what: What = "transfer"


def offers(ws: Workspace) -> tuple[Offer, ...]:
    """The open transfers and referrals in which the seller is giver or receiver, oldest first; asks the company."""
    waiting = [proposal for proposal in ws.forge.list(ProposalState.OPEN) if _asks(proposal)]
    if not waiting:
        return ()
    main = ws.forge.main()
    with Objects(ws.forge.repository(main, *(proposal.head for proposal in waiting))) as objects:
        tip = snapshot_at(objects, main)
        return tuple(
            _offer(tip, snapshot_at(objects, proposal.head), proposal, term)
            for proposal in waiting
            for term in terms_in(objects, main, proposal.head)
            if ws.me in parties_of(term)
        )


def parties_of(term: Transfer | ReferredLead) -> tuple[str, str]:
    """Who gives, and who gets."""
    return (term.giver, term.receiver) if isinstance(term, Transfer) else (term.by, term.to)


def terms_in(objects: Objects, main: str, head: str) -> tuple[Transfer | ReferredLead, ...]:
    """The transfers that a head brings, and the referrals; none where it cannot be read."""
    try:
        changes = plan_merge(objects, main, head).changes
        after = snapshot_at(objects, head)
        brought = [c for c in changes if c.after is not None]
        given = [c.path for c in brought if c.before is None and (at := place_of(c.path)) and at.kind is TRANSFER]
        referred = [c.path for c in brought if (at := place_of(c.path)) and at.kind is REFERRED_LEAD]
        transfers = [after.read(TRANSFER, path) for path in given]
        leads = [after.read(REFERRED_LEAD, path) for path in referred]
        return tuple(term for term in (*transfers, *leads) if term)
    except (RefusedError, RecordError, UnavailableError):
        return ()


def is_party(tip: RecordSnapshot, proposal: Proposal, forge_id: str) -> bool:
    """Whether a proposal asks this forge user to take over, or to give away, what somebody holds or brings."""
    me = node_of(tip, forge_id)
    if me is None or not _asks(proposal) or not isinstance(tip.tree, CommitTree):
        return False
    terms = terms_in(tip.tree.objects, tip.commit, proposal.head)
    return any(me.node in parties_of(term) for term in terms)


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


def forget_offer(ws: Workspace, number: int) -> None:
    """Keep no more of an offer that the seller took back: what became of it is no news to them."""
    left = (offer for offer in remembered_offers(ws.desk.folder) if offer.number != number)
    replace_file(ws.desk.folder / _FILE, json.dumps([asdict(offer) for offer in left]).encode())


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
    return last.verdict == Verdict.REVIEW and any(line.startswith(_CODES) for line in last.summary.splitlines())


def _offer(tip: RecordSnapshot, head: RecordSnapshot, proposal: Proposal, term: Transfer | ReferredLead) -> Offer:
    account, sender = head.get(ACCOUNT, account=term.account), node_of(tip, proposal.actor)
    giver, receiver = parties_of(term)
    plain = Offer(
        number=proposal.number,
        account=term.account,
        name=account.name if account else term.account,
        layer=term.layer,
        giver=giver,
        receiver=receiver,
        sender=sender.node if sender else "",
        giver_name=_called(tip, giver),
        receiver_name=_called(tip, receiver),
    )
    if isinstance(term, Transfer):
        kept, last = term.giver_share or "", str(term.until or "")
        return replace(plain, share=kept, until=last, reason=term.reason or "")
    policy = tip.get(CLAIMS_POLICY)
    earns = policy.referral.share if policy and policy.referral else ""
    return replace(plain, share=earns, reason=term.note or "", what="referral")


def _called(tip: RecordSnapshot, node: str) -> str:
    found = tip.get(NODE, node=node)
    return found.name if found else node
