"""How did a claim come to be as it is? Read from the receipts on main's line of first parents."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from salesrepo.checks.eligible import OTHERS_DID
from salesrepo.checks.rule import LetGo
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.settings import zone_of
from salesrepo.domain.lease import let_go_on
from salesrepo.domain.period import day_in
from salesrepo.domain.receipt import Receipt, read_receipt
from salesrepo.errors import RecordError
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.store.trees import CommitTree
from salesrepo.vcs.history import Commit, touching
from salesrepo.vcs.objects import Objects


@dataclass(frozen=True, slots=True)
class Merge:
    """A merge that changed a claim: its commit and day, its receipt, and the claim before and after."""

    commit: str
    day: date
    receipt: Receipt | None
    before: Claim | None
    after: Claim | None


def merges_of(tip: RecordSnapshot, claim: Claim, *, since: date | None = None) -> tuple[Merge, ...]:
    """The merges that changed a claim since its lease began (or since a day), the oldest first.

    Empty where the snapshot is not one of a commit, so that nothing tells.
    """
    if not isinstance(tip.tree, CommitTree):
        return ()
    objects, path = tip.tree.objects, CLAIM.path.fill(account=claim.account, layer=claim.layer)
    begins = datetime.combine((since or claim.since) - timedelta(days=1), time(), UTC)  # whatever the time zone
    found = touching(objects.repo, tip.tree.commit, path, since=int(begins.timestamp()))
    return tuple(_merge(objects, commit, path, zone_of(tip)) for commit in found)


def asked_on(tip: RecordSnapshot) -> Callable[[Claim], tuple[date, date] | None]:
    """For the rules: on which days a claim of main was asked for and merged (checks/rule.py)."""

    def look_up(claim: Claim) -> tuple[date, date] | None:
        began = next((merge for merge in merges_of(tip, claim) if begins(merge, claim)), None)
        if began is None:
            return None
        if began.receipt is None or not began.receipt.opened:
            return began.day, began.day
        opened = datetime.fromisoformat(began.receipt.opened.replace("Z", "+00:00"))
        return day_in(zone_of(tip), opened), began.day

    return look_up


def let_go(tip: RecordSnapshot) -> LetGo:
    """For the rules: on which day a node last let an earlier lease of an account go (checks/rule.py)."""

    def look_up(claim: Claim, node: str, since: date) -> date | None:
        ends = (_let_go_by(node, merge) for merge in merges_of(tip, claim, since=since))
        return max((day for day in ends if day is not None), default=None)

    return look_up


def _let_go_by(node: str, merge: Merge) -> date | None:
    """The day on which a node had let go of what a merge changes; None where it had not, or goes on with it."""
    before, after = merge.before, merge.after
    if before is None or before.holder != node or (before.status == "released" and before.ending in OTHERS_DID):
        return None
    if after is not None and (after.status, after.holder) == ("held", node):
        return None
    return let_go_on(before, merge.day)


def begins(merge: Merge, claim: Claim) -> bool:
    """Whether a merge is the one with which a claim's lease began."""
    return _same_lease(merge.after, claim) and not _same_lease(merge.before, claim)


def _same_lease(found: Claim | None, claim: Claim) -> bool:
    return found is not None and found.status == "held" and found.since == claim.since


def _merge(objects: Objects, commit: Commit, path: str, zone: str) -> Merge:
    day = day_in(zone, datetime.fromtimestamp(commit.committed, UTC))
    before = _claim(objects, commit.parents[0], path) if commit.parents else None
    return Merge(commit.oid, day, read_receipt(commit.message), before, _claim(objects, commit.oid, path))


def _claim(objects: Objects, commit: str, path: str) -> Claim | None:
    try:
        return RecordSnapshot(CommitTree(objects, commit), commit).read(CLAIM, path)
    except RecordError:
        return None
