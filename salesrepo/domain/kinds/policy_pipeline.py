"""Which stages does a deal pass, what must be seen and known before each, and when does it need attention?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated

from salesrepo.domain.fields import Amount, Pattern, Percent, Slug, Whole
from salesrepo.domain.kinds.deal import CLOSED, Category, ContactRole, DealKind, Framework, Stage
from salesrepo.domain.kinds.policy_claims import Meaningful
from salesrepo.domain.record import Kind, Owner, PathPattern

Requirement = Annotated[str, Pattern(r"[a-z_]+(?:\.[a-z]+)?", "a field of a deal such as source or contacts.signer")]
Days = Annotated[int, Whole(1, 3650)]
Some = Annotated[int, Whole(1, 10_000)]


@dataclass(frozen=True, kw_only=True)
class StageTerms:
    """One stage: its forecast category, and what lets a deal leave it.

    `evidence` lists activities of which one must have happened, `requires` fields that must be known; both are asked
    for by every later stage, and what the last one requires by a win from it. After `most_days` at the stage the deal
    is told to be slow.
    """

    stage: Stage
    category: Category = "pipeline"
    evidence: tuple[Meaningful, ...] = ()
    requires: tuple[Requirement, ...] = ()
    most_days: Days | None = None


@dataclass(frozen=True, kw_only=True)
class Hygiene:
    """When an open deal needs attention. Days, counts, amounts in the deal's own currency.

    `slow_factor` is how many times the node's own median a stage may take. `most_open` limits the open deals of a
    node. Below `commit_score` a deal is not committed to.
    """

    silent_days: Days = 14
    most_pushes: Some = 2
    most_pushed_days: Days = 90
    slow_factor: Annotated[int, Whole(1, 100)] = 3
    two_contacts_from: Amount = "10000"
    authority_roles: tuple[ContactRole, ...] = ("authority", "buyer", "signer")
    most_open: Some | None = None
    commit_score: Percent = "50%"


TWO_WAY: tuple[Meaningful, ...] = ("call.connected", "email.replied", "meeting.held", "demo.held")

STAGES: tuple[StageTerms, ...] = (
    StageTerms(stage="lead", category="omitted", requires=("source",), most_days=30),
    StageTerms(stage="connected", category="omitted", evidence=TWO_WAY, requires=("contacts",), most_days=30),
    StageTerms(
        stage="discovery", evidence=("meeting.held", "demo.held"), requires=("goal", "challenges"), most_days=45
    ),
    StageTerms(stage="demo", evidence=("demo.held",), requires=("plan", "timeline", "amount", "closes"), most_days=45),
    StageTerms(stage="proposal", category="best_case", requires=("budget", "authority", "competitors"), most_days=60),
    StageTerms(stage="negotiation", category="commit", most_days=60),
)
"""The stages of a company that says nothing else."""

LOST_REASONS: tuple[Slug, ...] = (
    "price", "no-budget", "timing", "competitor", "no-decision", "missing-feature", "no-contact", "other",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class PipelinePolicy:
    """How deals are sold. What is left out is as in a company without this file (docs/sales-process.md).

    `qualified` is the stage from which on a deal counts as pipeline that plans may pay for; without it none does.
    `pipelines` gives the stages of a kind of deal; a kind that is not listed goes by those of `new`. `win_requires`
    are fields of a won deal beyond its order and day. `frameworks` are those that may be used, the usual one first.
    Evidence is at most `evidence_days` older than the deal.
    """

    pipelines: Mapping[DealKind, tuple[StageTerms, ...]] = field(default_factory=dict)
    win_requires: tuple[Requirement, ...] = ()
    frameworks: tuple[Framework, ...] = ("gpct", "bant", "meddpicc", "spiced")
    lost_reasons: tuple[Slug, ...] = LOST_REASONS
    evidence_days: Days = 90
    hygiene: Hygiene = field(default_factory=Hygiene)
    qualified: Stage | None = None

    def counts_from(self, kind: DealKind) -> frozenset[str]:
        """The stages at which a deal of a kind is pipeline that plans may pay for."""
        names = [terms.stage for terms in self.stages(kind)]
        return frozenset((*names[names.index(self.qualified) :], "won")) if self.qualified in names else frozenset()

    def stages(self, kind: DealKind) -> tuple[StageTerms, ...]:
        """The stages of a kind of deal, first to last, without won and lost; never empty."""
        return self.pipelines.get(kind) or self.pipelines.get("new") or STAGES

    def problems(self) -> Iterable[tuple[tuple[str | int, ...], str]]:
        """What the fields alone do not show."""
        for kind, stages in self.pipelines.items():
            names = [terms.stage for terms in stages]
            if not names:
                yield ("pipelines", kind), f"The pipeline {kind} has no stage."
            for index, name in enumerate(names):
                if name in CLOSED:
                    yield ("pipelines", kind, index), f"{name} ends a deal; it is no stage of a pipeline."
                elif name in names[:index]:
                    yield ("pipelines", kind, index), f"{name} stands twice in the pipeline {kind}."
        if not self.frameworks:
            yield ("frameworks",), "At least one framework must be allowed."


PIPELINE_POLICY = Kind("policy-pipeline", PipelinePolicy, PathPattern("policy/pipeline.yml"), Owner.MAINTAINER)
