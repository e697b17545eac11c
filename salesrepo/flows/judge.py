"""What is the verdict on a proposal? The base judges the head: authority, policy and rules come from main's tip."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from salesrepo.checks.engine import run_checks
from salesrepo.checks.registry import RULES
from salesrepo.checks.rule import CheckContext, Rival
from salesrepo.domain.change import PathChange
from salesrepo.domain.change_set import ChangeSet
from salesrepo.domain.finding import Approval, CheckReport, Severity, Verdict, missing_reviews
from salesrepo.domain.kinds.node import NODE, Node
from salesrepo.domain.kinds.settings import SETTINGS
from salesrepo.domain.kinds.user import USER
from salesrepo.domain.period import day_in
from salesrepo.store.ahead import Ahead
from salesrepo.store.changes import read_changes
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.store.trees import CommitTree, OverlayTree, overlay_bytes
from salesrepo.vcs.objects import Objects


@dataclass(frozen=True)
class Judgement:
    """The verdict on one head against one tip of main, approvals counted; `missing` are the roles still needed."""

    report: CheckReport
    verdict: Verdict
    changes: ChangeSet
    missing: tuple[str, ...] = ()


def node_of(tip: RecordSnapshot, forge_id: str) -> Node | None:
    """The node that main gives this forge user; None for a newcomer."""
    user = tip.get(USER, forge_id=forge_id)
    node = tip.get(NODE, node=user.node) if user else None
    return node if node and node.forge_id == forge_id else None


@dataclass(frozen=True, kw_only=True)
class Case:
    """Who proposes, on which day it would merge, who was first in line, and who agreed to which head."""

    actor_id: str
    actor: Node | None
    today: date
    rivals: tuple[Rival, ...] = ()
    approvals: tuple[Approval, ...] = ()
    head: str = ""


def approvals_by(
    tip: RecordSnapshot, given: Iterable[tuple[str, str]], *, sender: str, day: date
) -> tuple[Approval, ...]:
    """What approvals (forge user, head) count: those of known nodes but the sender, with the roles of that day."""
    found = []
    for forge_id, head in given:
        node = node_of(tip, forge_id)
        if node and forge_id != sender:
            found.append(Approval(node.node, node.roles_on(day), head))
    return tuple(found)


def judge(tip: RecordSnapshot, changes: tuple[PathChange, ...], after: RecordSnapshot, case: Case) -> Judgement:
    """Run every rule over changed paths. `after` is the tip with the change in place."""
    change_set = read_changes(changes, tip, after)
    ctx = CheckContext(
        change=change_set,
        tip=tip,
        result=after,
        actor_id=case.actor_id,
        actor=case.actor,
        today=case.today,
        rivals=case.rivals,
    )
    report = run_checks(ctx, RULES)
    missing = missing_reviews(report.of(Severity.REVIEW), case.approvals, head=case.head)
    verdict = report.verdict
    if verdict is Verdict.REVIEW and not missing and not report.skipped:
        verdict = Verdict.AUTO
    return Judgement(report, verdict, change_set, tuple(sorted({role for f in missing for role in f.roles})))


def judge_files(tip: RecordSnapshot, files: Mapping[str, bytes | None], case: Case) -> Judgement:
    """The verdict on files that are not in Git yet: what the bots will say of them."""
    tree = overlay_bytes(tip.tree, files)
    changes = tuple(PathChange(path, tip.blob(path), tree.at(path)) for path in sorted(files))
    real = tuple(change for change in changes if change.before != change.after)
    return judge(tip, real, RecordSnapshot(tree, tip.commit), case)


def result_of(tip: RecordSnapshot, objects: Objects, changes: tuple[PathChange, ...]) -> RecordSnapshot:
    """The tip with a proposal's paths replaced, read from objects alone."""
    over = {change.path: change.after for change in changes}
    read = Ahead(objects, (blob.oid for blob in over.values() if blob))
    return RecordSnapshot(OverlayTree(tip.tree, over, read), tip.commit)


def snapshot_at(objects: Objects, commit: str) -> RecordSnapshot:
    """All records at one commit."""
    return RecordSnapshot(CommitTree(objects, commit), commit)


def merge_day(tip: RecordSnapshot, now: datetime) -> date:
    """The day of a merge at this moment, in the company's time zone."""
    settings = tip.get(SETTINGS)
    return day_in(settings.time_zone if settings else "UTC", now)
