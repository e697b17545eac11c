"""Which deals does a rule of hygiene look at, what may it know of each, and how much does its remark weigh?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from statistics import median

from salesrepo.checks.evidence import pipeline, weight
from salesrepo.checks.handles import called, lead_called
from salesrepo.checks.rule import CheckContext
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.activity import ACTIVITY, Activity
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.kinds.policy_pipeline import Hygiene, PipelinePolicy, StageTerms
from salesrepo.domain.pipeline import place

_LEAST_STAYS = 3  # a median of fewer says nothing


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing about a deal, with the next step. `wrong`: the change itself does it, so that it is refused."""

    message: str
    hint: str
    field: str = "stage"
    wrong: bool = False


@dataclass(frozen=True)
class Look:
    """One deal and what there is to know of it. `before` is how it stood; in an audit as it stands."""

    ctx: CheckContext
    change: RecordChange[Deal]
    deal: Deal
    policy: PipelinePolicy

    @property
    def before(self) -> Deal | None:
        """The deal as main has it."""
        return self.change.before

    @property
    def today(self) -> date:
        """The day of the merge, or of the audit."""
        return self.ctx.today

    @property
    def limits(self) -> Hygiene:
        """The thresholds of policy/pipeline.yml."""
        return self.policy.hygiene

    @property
    def handle(self) -> str:
        """How its seller calls the deal."""
        return called(self.ctx, self.deal)

    @property
    def lead(self) -> str:
        """How its seller calls the account."""
        return lead_called(self.ctx, self.deal)

    @property
    def whole(self) -> bool:
        """Whether all records are at hand (an audit, or a seller's own look), not only those of a change."""
        return self.ctx.tip is self.ctx.result

    @property
    def terms(self) -> StageTerms | None:
        """The terms of the stage at which it stands."""
        stages = self.policy.stages(self.deal.kind)
        at = place(stages, self.deal.stage)
        return stages[at] if at >= 0 else None

    @cached_property
    def claim(self) -> Claim | None:
        """The claim on its account and layer."""
        return self.ctx.result.get(CLAIM, account=self.deal.account, layer=self.deal.layer)

    @property
    def activities(self) -> tuple[Activity, ...]:
        """What its node did with its account as far as it is at hand, oldest first."""
        return _log(self.ctx).get((self.deal.node, self.deal.account), ())

    @property
    def beside(self) -> tuple[Deal, ...]:
        """The deals at hand of the same account, this one among them."""
        return _by_account(self.ctx).get(self.deal.account, ())

    @property
    def usual_stay(self) -> int | None:
        """How many days the node's deals usually stand at this stage; None where too few have left it."""
        stays = _stays(self.ctx).get((self.deal.node, self.deal.stage), [])
        return int(median(stays)) if len(stays) >= _LEAST_STAYS else None


Judge = Callable[[Look], Iterator[Remark]]


def remarks(ctx: CheckContext, code: str, judge: Judge, *, closed: bool = False) -> Iterator[Finding]:
    """What a rule has to say of the open deals (or of the `closed` ones) at hand; what was just imported is let be."""
    for look in looks(ctx):
        if look.deal.is_open == closed or (look.deal.imported is not None and look.before is None):
            continue
        for remark in judge(look):
            severity = weight(ctx) if remark.wrong else Severity.WARNING
            yield Finding(code, severity, remark.message, Location(look.change.path, (remark.field,)), hint=remark.hint)


def looks(ctx: CheckContext) -> tuple[Look, ...]:
    """Every deal at hand; made once, so that what one rule looked up is there for the next."""
    found = ctx.memo.get("looks")
    if not isinstance(found, tuple):
        policy = pipeline(ctx)
        found = tuple(Look(ctx, change, deal, policy) for change, deal in ctx.change.readable(DEAL))
        ctx.memo["looks"] = found
    return found


_Key = tuple[str, str]


def _log(ctx: CheckContext) -> dict[_Key, tuple[Activity, ...]]:
    """The activities of the change by node and account: in an audit that is all of them."""
    found = ctx.memo.get("log")
    if not isinstance(found, dict):
        by_key: dict[_Key, list[Activity]] = {}
        for change, activities in ctx.change.streams(ACTIVITY):
            for activity in activities:
                by_key.setdefault((change.ids["node"], activity.account), []).append(activity)
        found = {key: tuple(sorted(done, key=lambda one: one.id)) for key, done in by_key.items()}
        ctx.memo["log"] = found
    return found


def _by_account(ctx: CheckContext) -> dict[str, tuple[Deal, ...]]:
    found = ctx.memo.get("deals by account")
    if not isinstance(found, dict):
        by_account: dict[str, tuple[Deal, ...]] = {}
        for look in looks(ctx):
            by_account[look.deal.account] = (*by_account.get(look.deal.account, ()), look.deal)
        ctx.memo["deals by account"] = found = by_account
    return found


def _stays(ctx: CheckContext) -> dict[_Key, list[int]]:
    """How many days the deals at hand stood at each stage that they left, by node and stage."""
    found = ctx.memo.get("stays")
    if not isinstance(found, dict):
        stays: dict[_Key, list[int]] = {}
        for _, deal in ctx.change.readable(DEAL):
            for move, following in pairwise(deal.moves):
                stays.setdefault((deal.node, move.stage), []).append((following.day - move.day).days)
        ctx.memo["stays"] = found = stays
    return found
