"""Behind whose open proposals does a proposal wait, because they asked for the same lead first?"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from salesrepo.checks.rule import Rival
from salesrepo.domain.change import PathChange
from salesrepo.domain.finding import Verdict
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.alias import ALIAS
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.paths import place_of
from salesrepo.flows.proposals.contested import contested, is_patient, places_left, verdict_on
from salesrepo.flows.proposals.judge import node_of
from salesrepo.forge.base import BOT_ID, Forge, Proposal, ProposalState, place
from salesrepo.store.snapshot import RecordSnapshot


@dataclass(frozen=True, slots=True)
class _Ahead:
    """Somebody with an earlier place: that place, the path that is contested, and the proposal."""

    place: int
    path: str
    proposal: Proposal


def rivals_of(
    forge: Forge, proposal: Proposal, changes: tuple[PathChange, ...], tip: RecordSnapshot, today: date
) -> tuple[Rival, ...]:
    """Who is waited for: of each lead the first who received a valid claim on it earlier, and may still get it.

    That is an open proposal within the review time of policy which the rules would not refuse today. Whoever only
    writes the company down, or takes its name for another, waits behind a claim on it as well. The sweep waits for
    nobody here: it has left alone what somebody asks for (kept_back.py).
    """
    if proposal.actor == BOT_ID:
        return ()
    found: list[Rival] = []
    sound: dict[int, bool] = {}
    for ahead in _ahead(forge, proposal, changes, tip, today):
        other = ahead.proposal
        if ahead.path in (rival.path for rival in found):
            continue
        if other.number not in sound:
            sound[other.number] = _stands(forge, other, tip, today)
        if sound[other.number]:
            node = node_of(tip, other.actor)
            found.append(Rival(ahead.path, node.node if node else "", other.number))
    return tuple(found)


def _ahead(
    forge: Forge, proposal: Proposal, changes: tuple[PathChange, ...], tip: RecordSnapshot, today: date
) -> list[_Ahead]:
    """Who has an earlier place in line, the first first, by what was judged when it was sent."""
    mine, known = _claimed(proposal, changes, tip), _identities(tip, proposal, changes, today)
    if not mine and not known:
        return []
    own = min((seq for seq in mine.values() if seq is not None), default=None)
    found: list[_Ahead] = []
    asked = Counter[str]()
    for other in forge.list(ProposalState.OPEN):
        if not is_patient(tip, other, today):
            continue
        asked[other.actor] += bool(other.updates[-1].claims)
        if other.number == proposal.number:
            continue
        for path, taken in contested(forge, other, tip, today, claims=tuple(mine), identities=known).items():
            theirs, at = place(other, path), mine.get(path, own)
            if theirs is None or (at is not None and at < theirs):
                continue
            left = places_left(tip, other.actor, today)
            if left is None or asked[other.actor] <= left:
                found.append(_Ahead(theirs, taken, other))
    return sorted(found, key=lambda one: one.place)


def _stands(forge: Forge, other: Proposal, tip: RecordSnapshot, today: date) -> bool:
    """Whether the rules would still let a proposal in, now that main or the day may have moved on.

    A head that nobody has judged yet gets its verdict, so that rubbish that was opened first gives no place in line. An
    older verdict stays as it was until the bots look at that proposal: this machine's day alone costs nobody a place.
    """
    verdict, summary = verdict_on(forge, other, tip, today)
    if forge.merge is not None and other.updates[-1].verdict is None:  # else the forge's own bots look
        forge.judged(other.number, head=other.head, verdict=verdict.value, summary=summary)
    return verdict is not Verdict.REFUSED


def _claimed(proposal: Proposal, changes: tuple[PathChange, ...], tip: RecordSnapshot) -> dict[str, int | None]:
    """The claims that a proposal takes, with its place in line for each; None: behind everybody who has one.

    What it names has a place. A claim that it changes without saying so has none, else whoever sends could jump the
    queue by keeping silent; only its holder's own (a renewal, a release) needs no place.
    """
    named: dict[str, int | None] = {path: place(proposal, path) for path in proposal.updates[-1].claims}
    silent = [change.path for change in changes if change.path.startswith("claims/") and change.path not in named]
    me = node_of(tip, proposal.actor) if silent else None
    for path in silent:
        at = place_of(path)
        held = tip.get(CLAIM, **at.ids) if at and at.kind is CLAIM else None
        if at and at.kind is CLAIM and not (held and me and held.holder == me.node):
            named[path] = None
    return named


def _identities(
    tip: RecordSnapshot, proposal: Proposal, changes: tuple[PathChange, ...], today: date
) -> tuple[str, ...]:
    """The accounts and aliases that a proposal adds; an import has been looked at by a second person, and adds many."""
    sender = node_of(tip, proposal.actor)
    if sender is None or "import" in sender.roles_on(today):
        return ()
    new = (place_of(change.path) for change in changes if change.before is None)
    return tuple(at.path for at in new if at and at.kind.name in (ACCOUNT.name, ALIAS.name))
