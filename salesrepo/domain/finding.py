"""What a check says: findings, the verdict they add up to, and what did not run."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs. `error` refuses, `wait` queues, `review` asks for a person; the rest only informs."""

    ERROR = "error"
    WAIT = "wait"
    REVIEW = "review"
    WARNING = "warning"
    NOTE = "note"


class Verdict(StrEnum):
    """What may happen to a proposal."""

    AUTO = "auto"
    WAITING = "waiting"
    REVIEW = "review"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Location:
    """Where: a path and the route of keys inside its record. Line and column (from 1) are 0 until somebody looks."""

    path: str
    route: tuple[str | int, ...] = ()
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule has to say.

    `message` is a sentence that names the thing, `hint` the next step. `roles` are those of which one must approve a
    `review` finding, or one of `nodes` in person; `not_by` the nodes whose approval does not count (authors and
    beneficiaries).
    """

    code: str
    severity: Severity
    message: str
    at: Location
    hint: str = ""
    roles: tuple[str, ...] = ()
    not_by: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A rule that could not run, and why. Never counted as passed."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """All that the rules had to say of one change."""

    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    checked: int = 0  # files judged
    rules: tuple[str, ...] = field(default=(), repr=False)

    def of(self, *severities: Severity) -> tuple[Finding, ...]:
        """The findings of these severities, in order."""
        return tuple(f for f in self.findings if f.severity in severities)

    @property
    def verdict(self) -> Verdict:
        """The heaviest finding decides; a skipped rule asks for a person rather than passing (DESIGN rule 14)."""
        kinds = {finding.severity for finding in self.findings}
        if Severity.ERROR in kinds:
            return Verdict.REFUSED
        if Severity.WAIT in kinds:
            return Verdict.WAITING
        return Verdict.REVIEW if Severity.REVIEW in kinds or self.skipped else Verdict.AUTO


@dataclass(frozen=True, slots=True)
class Approval:
    """One person's yes to one head: who (node), which roles they held, which commit they saw."""

    node: str
    roles: tuple[str, ...]
    head: str


def missing_reviews(reviews: Iterable[Finding], approvals: Iterable[Approval], *, head: str) -> tuple[Finding, ...]:
    """The review findings that no valid approval of `head` answers: right role or node, and not one of `not_by`."""
    valid = [a for a in approvals if a.head == head]
    return tuple(
        finding
        for finding in reviews
        if not any(
            (a.node in finding.nodes or set(a.roles) & set(finding.roles)) and a.node not in finding.not_by
            for a in valid
        )
    )
