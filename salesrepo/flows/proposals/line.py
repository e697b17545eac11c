"""Behind whose open proposals does a proposal wait, because they asked for the same lead first?"""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from salesrepo.checks.rule import Rival
from salesrepo.domain.change import PathChange
from salesrepo.domain.finding import Verdict
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.alias import ALIAS
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.kinds.policy_claims import CLAIMS_POLICY
from salesrepo.domain.paths import place_of
from salesrepo.flows.proposals.contested import contested, places_left
from salesrepo.flows.proposals.judge import (
    Case,
    UnfitHeadError,
    judge,
    merge_day,
    node_of,
    plan_of,
    result_of,
)
from salesrepo.forge.base import Forge, Proposal, ProposalState, place
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.vcs.objects import Objects


def rivals_of(
    forge: Forge, proposal: Proposal, changes: tuple[PathChange, ...], tip: RecordSnapshot, today: date
) -> tuple[Rival, ...]:
    """Open proposals that received a valid claim on the same lead earlier, and are still within the review time.

    Whoever only writes the company down, or takes its name for another, waits behind a claim on it as well.
    """
    mine, known = _claimed(proposal, changes, tip), _identities(tip, proposal, changes, today)
    if not mine and not known:
        return ()
    own = min((seq for seq in mine.values() if seq is not None), default=None)
    policy = tip.get(CLAIMS_POLICY)
    patience = timedelta(days=policy.review_days if policy else 0)
    found = []
    asked = Counter[str]()
    for other in forge.list(ProposalState.OPEN):
        opened = datetime.fromtimestamp(other.created, UTC)
        if merge_day(tip, opened) + patience < today:
            continue
        asked[other.actor] += bool(other.updates[-1].claims)
        if other.number == proposal.number:
            continue
        for path, taken in contested(forge, other, tip, today, claims=tuple(mine), identities=known).items():
            if forge.merge is not None and other.updates[-1].verdict is None:  # else the forge's own bots look
                other = _judge_first(forge, other, tip, today)  # noqa: PLW2901 - what nobody judged holds nobody up
            theirs, at = place(other, path), mine.get(path, own)
            if theirs is None or (at is not None and at < theirs):
                continue
            left = places_left(tip, other.actor, today)
            if left is None or asked[other.actor] <= left:
                node = node_of(tip, other.actor)
                found.append(Rival(taken, node.node if node else "", other.number))
    return tuple(found)


def _judge_first(forge: Forge, other: Proposal, tip: RecordSnapshot, today: date) -> Proposal:
    """A rival whose head nobody has judged yet: rubbish that was opened first gives no place in line."""
    try:
        with Objects(forge.repository(tip.commit, other.head)) as objects:
            plan = plan_of(objects, tip.commit, other.head)
            case = Case(actor_id=other.actor, actor=node_of(tip, other.actor), today=today, head=other.head)
            judgement = judge(tip, plan.changes, result_of(tip, objects, plan.changes), case)
        verdict, summary = judgement.verdict.value, judgement.summary
    except UnfitHeadError as unfit:
        verdict, summary = Verdict.REFUSED.value, unfit.message
    forge.judged(other.number, head=other.head, verdict=verdict, summary=summary)
    return forge.get(other.number)


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
