"""What is due for all claims of a company today, what will be soon, and what keeps anybody from telling?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from salesrepo.checks.disputes import cases, is_open
from salesrepo.checks.holdover import place_ahead
from salesrepo.checks.owed import brought
from salesrepo.checks.rule import CheckContext
from salesrepo.checks.transitions import due_for
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.dispute import STATEMENT
from salesrepo.domain.kinds.policy_claims import CLAIMS_POLICY, ClaimsPolicy
from salesrepo.domain.kinds.referral import REFERRED_LEAD
from salesrepo.domain.paths import place_of
from salesrepo.domain.record import Kind
from salesrepo.domain.snapshot import V
from salesrepo.domain.transitions import Transition
from salesrepo.errors import RecordError, RefusedError
from salesrepo.flows.proposals.claim_history import asked_on, let_go
from salesrepo.flows.proposals.kept_back import kept_back
from salesrepo.forge.base import BOT_ID
from salesrepo.forge.local import LocalForge
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.store.trees import CommitTree

_LATELY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that somebody has to know: what it is, of which lead, whom it concerns, and the day that counts."""

    what: str
    account: str
    layer: str
    node: str
    day: date


@dataclass(frozen=True, slots=True)
class Unread:
    """A file for which nothing could be told, because it, or a record that it rests on, cannot be read; and why."""

    path: str
    reason: str


@dataclass(frozen=True)
class DueNow:
    """What is due and what will be, and what was left out."""

    due: tuple[Transition, ...]
    warnings: tuple[Warned, ...]
    unread: tuple[Unread, ...]


def due_now(forge: LocalForge, tip: RecordSnapshot, today: date) -> DueNow:
    """Everything that is due, but for what an open proposal keeps as it is (kept_back.py).

    What cannot be read keeps nothing else back.
    """
    unread: dict[str, str] = {}
    claims = dict(_records(tip, CLAIM, "claims", unread))
    found = dict(_due(tip, claims, today, unread))
    kept = kept_back(forge, tip, found, today) if found else ()
    warned = tuple(_warnings(tip, claims.values(), today, unread))
    due = tuple(transition for path, transition in found.items() if path not in kept)
    return DueNow(due, warned, tuple(Unread(path, reason) for path, reason in sorted(unread.items())))


def _records(tip: RecordSnapshot, kind: Kind[V], folder: str, unread: dict[str, str]) -> Iterator[tuple[str, V]]:
    """The records of a kind below a folder that can be read; the others are named."""
    paths = [path for path in tip.paths(folder) if (place := place_of(path)) and place.kind.name == kind.name]
    _foresee(tip, paths)
    for path in paths:
        try:
            value = tip.read(kind, path)
        except RecordError as broken:
            unread[path] = broken.reason
            continue
        if value is not None:
            yield path, value


def _foresee(tip: RecordSnapshot, paths: Iterable[str]) -> None:
    if isinstance(tip.tree, CommitTree):
        tip.tree.foresee(paths)


def _due(
    tip: RecordSnapshot, claims: dict[str, Claim], today: date, unread: dict[str, str]
) -> Iterator[tuple[str, Transition]]:
    ctx = CheckContext.looking(tip, today, actor_id=BOT_ID, asked_on=asked_on(tip), let_go=let_go(tip))
    held = [claim for claim in claims.values() if claim.status == "held"]
    _foresee(tip, (ACCOUNT.path.fill(account=claim.account) for claim in held))
    place_ahead(ctx, held)
    for path, claim in claims.items():
        try:
            found = due_for(ctx, claim)
        except (RecordError, RefusedError) as broken:
            unread[path] = str(broken)
            continue
        if found is not None:
            yield path, found


def _warnings(tip: RecordSnapshot, claims: Iterable[Claim], today: date, unread: dict[str, str]) -> Iterator[Warned]:
    """Claims that end within the longest of the policy's `warn_days`, overdue disputes, referrals that ended lately."""
    policy = tip.get(CLAIMS_POLICY)
    if policy is None:
        return
    last = today + timedelta(days=max(policy.warn_days, default=0))
    for claim in claims:
        if claim.status == "held" and today <= claim.until <= last:
            yield Warned("ends_soon", claim.account, claim.layer, claim.holder, claim.until)
    statements = _records(tip, STATEMENT, "disputes", unread)
    for key, path in {said.account: path for path, said in statements}.items():
        try:
            yield from _overdue(tip, policy, key, today)
        except RecordError as broken:
            unread[path] = str(broken)
    for _, lead in _records(tip, REFERRED_LEAD, "referrals", unread):
        until = brought(lead, policy).until
        if today - _LATELY <= until < today:
            yield Warned("referral_ended", lead.account, lead.layer, lead.by, until)


def _overdue(tip: RecordSnapshot, policy: ClaimsPolicy, key: str, today: date) -> Iterator[Warned]:
    for case in cases(tip, key):
        by = policy.dispute.decided_by(case.opened.day)
        if is_open(tip, case) and by < today:
            yield Warned("dispute_overdue", key, case.opened.layer, case.opened.node, by)
