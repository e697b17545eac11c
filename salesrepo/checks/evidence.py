"""Did the buyer really do what a deal rests on? An activity is looked up in the log by its id and day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from salesrepo.checks.rule import CheckContext
from salesrepo.domain.finding import Severity
from salesrepo.domain.kinds.activity import ACTIVITY, Activity
from salesrepo.domain.kinds.deal import Deal, Evidence
from salesrepo.domain.kinds.policy_pipeline import PIPELINE_POLICY, PipelinePolicy
from salesrepo.domain.snapshot import Snapshot
from salesrepo.errors import RecordError


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of a piece of evidence: the activity, or a sentence that says why it does not count."""

    activity: Activity | None
    fault: str = ""


def pipeline(ctx: CheckContext) -> PipelinePolicy:
    """policy/pipeline.yml of the tip; a company without that file goes by what salesrepo brings along."""
    known = ctx.memo.get("pipeline")
    if isinstance(known, PipelinePolicy):
        return known
    found = ctx.tip.get(PIPELINE_POLICY) or PipelinePolicy()
    ctx.memo["pipeline"] = found  # eighteen rules ask
    return found


def weight(ctx: CheckContext) -> Severity:
    """What a breach of the pipeline's terms weighs: a company that never laid any down is only advised."""
    return Severity.WARNING if ctx.tip.blob(PIPELINE_POLICY.path.text) is None else Severity.ERROR


def prove(ctx: CheckContext, deal: Deal, evidence: Evidence) -> Proof:
    """Look a piece of evidence up, in the log as it is with the change in place: one folder, and that day's streams."""
    activity = named_by(ctx, deal, evidence)
    if activity is None:
        return Proof(None, f"No activity {evidence.id} was logged on {evidence.day} by {_whose(ctx, deal, evidence)}.")
    oldest = deal.opened - timedelta(days=pipeline(ctx).evidence_days)
    if activity.account != deal.account:
        return Proof(None, f"The {told(activity)} of {activity.day} was with {activity.account}, not {deal.account}.")
    if activity.deal not in (None, deal.deal):
        return Proof(None, f"The {told(activity)} of {activity.day} was about another deal.")
    if activity.day > ctx.today:
        return Proof(None, f"The {told(activity)} of {activity.day} has not happened yet.")
    if activity.day < oldest:
        return Proof(None, f"The {told(activity)} of {activity.day} is too old for a deal of {deal.opened}.")
    return Proof(activity)


def named_by(ctx: CheckContext, deal: Deal, evidence: Evidence) -> Activity | None:
    """As `find_activity`, in the log as it is with the change in place; a day's log is read once for all rules."""
    return noted(ctx, evidence.node or deal.node, evidence.day, evidence.id)


def noted(ctx: CheckContext, node: str, day: date, id_: str) -> Activity | None:
    """The activity with this id among those of a node's day; that day is read once for all that ask."""
    key = f"log of {node} on {day}"
    known = ctx.memo.get(key)
    if not isinstance(known, dict):
        known = ctx.memo[key] = _noted_on(ctx.result, node, day)
    found = known.get(id_)
    return found if isinstance(found, Activity) else None


def find_activity(log: Snapshot, node: str, evidence: Evidence) -> Activity | None:
    """The activity of a node's log with this id, among those noted on this day; None where there is none."""
    return _noted_on(log, node, evidence.day).get(evidence.id)


def _noted_on(log: Snapshot, node: str, on: date) -> dict[str, Activity]:
    """A day's activities by id; of two with one id the first."""
    year, month, day = on.isoformat().split("-")
    begins = ACTIVITY.path.fill(node=node, year=year, month=month, day=day, stream="x").removesuffix("x.yml")
    found: dict[str, Activity] = {}
    for path in log.paths(begins.rpartition("/")[0]):
        if not path.startswith(begins):
            continue
        try:
            for activity in log.stream(ACTIVITY, path):
                found.setdefault(activity.id, activity)
        except RecordError:
            continue  # what is wrong with it is SR101's to say; it proves nothing
    return found


def told(activity: Activity) -> str:
    """An activity as people say it: `meeting (held)`."""
    return spelt(f"{activity.type}.{activity.outcome}" if activity.outcome else activity.type)


def spelt(kind: str) -> str:
    """A type of activity of a policy as people say it."""
    name, _, outcome = kind.partition(".")
    return f"{name} ({outcome.replace('_', ' ')})" if outcome else name


def one_of(kinds: Iterable[str]) -> str:
    """Several of them: `a call (connected) or an email (replied)`."""
    return " or ".join(f"{'an' if kind[0] in 'aeiou' else 'a'} {spelt(kind)}" for kind in kinds)


def _whose(ctx: CheckContext, deal: Deal, evidence: Evidence) -> str:
    return ctx.who(evidence.node or deal.node)
