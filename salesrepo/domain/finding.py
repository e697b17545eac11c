"""What a check says: findings, the verdict they add up to, and what did not run."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
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

    @property
    def field(self) -> str:
        """The route as people write it: `lines[0].price`. Items count from 0; empty where the whole record is meant."""
        steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.route)
        return "".join(steps).removeprefix(".")


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
class Waived:
    """A finding that a waiver sets aside: why, until which day (that day included), and where the waiver stands."""

    finding: Finding
    reason: str
    until: date
    by: Location


@dataclass(frozen=True, slots=True)
class CheckReport:
    """All that the rules had to say of one change.

    `rules` are the codes of those that were asked, `left_out` of those that somebody chose not to ask.
    """

    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    checked: int = 0  # files judged
    rules: tuple[str, ...] = field(default=(), repr=False)
    waived: tuple[Waived, ...] = ()
    left_out: tuple[str, ...] = ()

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
    """One person's yes to what they were shown: who (node), which roles they hold, which commit and which content.

    `digest` is that of the changed paths (domain/change.py); where it is empty, the yes is to the commit alone.
    """

    node: str
    roles: tuple[str, ...]
    head: str
    digest: str = ""

    def stands(self, *, head: str, digest: str) -> bool:
        """Whether this is a yes to what is proposed now."""
        return self.digest == digest if self.digest else self.head == head


def answers(finding: Finding, node: str, roles: Iterable[str], stand_ins: Collection[str] = ()) -> bool:
    """Whether the word of a node answers a review finding: by name, by a role that it asks for, or as a stand-in."""
    named = node in finding.nodes or node in stand_ins or not set(roles).isdisjoint(finding.roles)
    return named and node not in finding.not_by


def missing_reviews(
    reviews: Iterable[Finding],
    approvals: Iterable[Approval],
    *,
    head: str,
    digest: str = "",
    stand_ins: Callable[[Finding], Collection[str]] = lambda _: (),
) -> tuple[Finding, ...]:
    """The review findings that no valid approval answers: right role or node, and not one of `not_by`.

    `stand_ins` (domain/standing_in.py) is asked only about what nobody answers in their own right.
    """
    valid = [a for a in approvals if a.stands(head=head, digest=digest)]
    missing = (f for f in reviews if not any(answers(f, a.node, a.roles) for a in valid))
    return tuple(f for f in missing if not valid or not _stood_in(f, valid, stand_ins(f)))


def _stood_in(finding: Finding, valid: Iterable[Approval], stand_ins: Collection[str]) -> bool:
    return any(answers(finding, approval.node, (), stand_ins) for approval in valid)
