"""What is the verdict on a proposal? The base judges the head: authority, policy and rules come from main's tip."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from salesrepo.checks.engine import run_checks
from salesrepo.checks.rule import CheckContext, Rival
from salesrepo.checks.rules.sr105_size import MOST_PATHS, SR105, flood, is_exempt
from salesrepo.checks.selection import ALL, Selection
from salesrepo.domain.change import PathChange, digest_of
from salesrepo.domain.change_set import ChangeSet
from salesrepo.domain.finding import Approval, CheckReport, Finding, Severity, Verdict, missing_reviews
from salesrepo.domain.kinds.node import NODE, Node
from salesrepo.domain.kinds.plan import Plan
from salesrepo.domain.kinds.settings import zone_of
from salesrepo.domain.kinds.user import USER
from salesrepo.domain.period import day_in
from salesrepo.domain.snapshot import Snapshot
from salesrepo.domain.standing_in import stand_ins
from salesrepo.domain.verdict import plain_verdict
from salesrepo.errors import RecordError, RefusedError
from salesrepo.flows.proposals.claim_history import asked_on, let_go
from salesrepo.forge.base import HeadApproval
from salesrepo.store.ahead import Ahead
from salesrepo.store.changes import read_changes, unread
from salesrepo.store.foretold import foresee
from salesrepo.store.positions import places_in
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.store.trees import CommitTree, OverlayTree, overlay_bytes
from salesrepo.vcs.merge import MergePlan, plan_merge
from salesrepo.vcs.objects import Objects


class UnfitHeadError(RefusedError):
    """A head that cannot even be judged: too large, broken, or not made from main."""


@dataclass(frozen=True)
class Judgement:
    """The verdict on one head against one tip of main, approvals counted.

    `unanswered` are the findings for which a person's word is missing, `missing` their roles, `missing_nodes` those
    whom they name.
    """

    report: CheckReport
    verdict: Verdict
    changes: ChangeSet
    missing: tuple[str, ...] = ()
    missing_nodes: tuple[str, ...] = ()
    unanswered: tuple[Finding, ...] = ()
    rivals: tuple[Rival, ...] = ()

    @property
    def awaited(self) -> tuple[str, ...]:
        """Whose word is missing: roles, and nodes in person."""
        return *self.missing, *self.missing_nodes

    @property
    def summary(self) -> str:
        """Code and message of every finding that is more than a note, one to a line."""
        return "\n".join(f"{f.code} {f.message}" for f in self.report.findings if f.severity is not Severity.NOTE)


def plan_of(objects: Objects, main: str, head: str) -> MergePlan:
    """What merging a head into main would change. Raises UnfitHeadError where it cannot even be judged."""
    try:
        return plan_merge(objects, main, head)
    except (RefusedError, RecordError) as unfit:
        raise UnfitHeadError(unfit.message, hint=unfit.hint) from None


def node_of(tip: RecordSnapshot, forge_id: str) -> Node | None:
    """The node that main gives this forge user; None for a newcomer."""
    user = tip.get(USER, forge_id=forge_id)
    node = tip.get(NODE, node=user.node) if user else None
    return node if node and node.forge_id == forge_id else None


@dataclass(frozen=True, kw_only=True)
class Case:
    """Who proposes, on which day it would merge, who was first in line, and who agreed to which head.

    `rules` are all of them, but for a person who looks at some before sending: a bot never chooses.
    """

    actor_id: str
    actor: Node | None
    today: date
    rivals: tuple[Rival, ...] = ()
    approvals: tuple[Approval, ...] = ()
    head: str = ""
    rules: Selection = ALL


def approvals_by(tip: RecordSnapshot, given: Iterable[HeadApproval], *, sender: str, day: date) -> tuple[Approval, ...]:
    """Which approvals count: those of nodes at work but the sender, with the roles that they hold on that day."""
    found = []
    for forge_id, head, digest in given:
        node = node_of(tip, forge_id)
        if node and forge_id != sender and node.works_on(day):
            found.append(Approval(node.node, node.roles_on(day), head, digest))
    return tuple(found)


def judge(tip: RecordSnapshot, changes: tuple[PathChange, ...], after: RecordSnapshot, case: Case) -> Judgement:
    """Run every rule over changed paths. `after` is the tip with the change in place.

    A flood is refused before anything of it is read: no other rule then gets to see it.
    """
    roles = case.actor.roles_on(case.today) if case.actor else ()
    arriving = [change.after.oid for change in changes if change.after]
    size = 0 if is_exempt(roles) or len(changes) > MOST_PATHS else after.tree.weigh(arriving)
    too_much = flood(len(changes), size, roles)
    if not too_much:
        foresee(tip, changes)
    ctx = CheckContext(
        change=unread(changes) if too_much else read_changes(changes, tip, after),
        tip=tip,
        result=after,
        actor_id=case.actor_id,
        actor=case.actor,
        today=case.today,
        rivals=case.rivals,
        size=size,
        plan_faults=plan_faults,
        asked_on=asked_on(tip),
        let_go=let_go(tip),
    )
    asked = Selection((SR105,)) if too_much else case.rules
    report = run_checks(ctx, asked.rules, locate=places_in(after), left_out=asked.left_out)
    return _judgement(report, ctx, digest_of(changes), case)


def _judgement(report: CheckReport, ctx: CheckContext, digest: str, case: Case) -> Judgement:
    known: list[Node] = []

    def vacancy(finding: Finding) -> frozenset[str]:
        known[:] = known or nodes_of(ctx.tip)
        return stand_ins(finding, known, case.today)

    reviews = report.of(Severity.REVIEW)
    missing = missing_reviews(reviews, case.approvals, head=case.head, digest=digest, stand_ins=vacancy)
    verdict = report.verdict
    if verdict is Verdict.REVIEW and not missing and not report.skipped:
        verdict = Verdict.AUTO
    return Judgement(
        report,
        verdict,
        ctx.change,
        tuple(sorted({role for finding in missing for role in finding.roles})),
        tuple(sorted({node for finding in missing for node in finding.nodes})),
        missing,
        case.rivals,
    )


def plain_judgement(judgement: Judgement) -> dict[str, Any]:
    """A judgement in the one shape that programs read (domain/verdict.py)."""
    return plain_verdict(
        judgement.report,
        verdict=judgement.verdict,
        unanswered=judgement.unanswered,
        rivals=judgement.rivals,
    )


def nodes_of(tip: Snapshot) -> tuple[Node, ...]:
    """Every node of main. Costs what the company has nodes: asked only where a role may be vacant."""
    return tuple(node for _, node in tip.all(NODE, "nodes"))


def plan_faults(plan: Plan) -> Iterable[tuple[tuple[str | int, ...], str, str]]:
    """What commission has to say of a plan, for the rules."""
    from salesrepo.commission.ready.asks import unrecorded  # noqa: PLC0415 - few proposals change a plan
    from salesrepo.commission.ready.plan import problems  # noqa: PLC0415

    return problems(plan) or tuple(unrecorded(plan))


def judge_files(tip: RecordSnapshot, files: Mapping[str, bytes | None], case: Case) -> Judgement:
    """The verdict on files that are not in Git yet: what the bots will say of them."""
    tree = overlay_bytes(tip.tree, files)
    changes = tuple(PathChange(path, tip.blob(path), tree.at(path)) for path in sorted(files))
    real = tuple(change for change in changes if change.before != change.after)
    return judge(tip, real, tip.over(tree), case)


def result_of(tip: RecordSnapshot, objects: Objects, changes: tuple[PathChange, ...]) -> RecordSnapshot:
    """The tip with a proposal's paths replaced, read from objects alone."""
    over = {change.path: change.after for change in changes}
    read = Ahead(objects, (blob.oid for blob in over.values() if blob))
    return tip.over(OverlayTree(tip.tree, over, read))


def snapshot_at(objects: Objects, commit: str) -> RecordSnapshot:
    """All records at one commit."""
    return RecordSnapshot(CommitTree(objects, commit), commit)


def merge_day(tip: RecordSnapshot, now: datetime) -> date:
    """The day of a merge at this moment, in the company's time zone."""
    return day_in(zone_of(tip), now)
