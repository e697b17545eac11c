"""Which findings does the company live with for a time, and which may nobody set aside?

The list of main's tip and the comments in files that maintainers keep. A proposal's own list counts after its merge.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from salesrepo.checks.rule import CheckContext, Rule
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity, Waived
from salesrepo.domain.kinds.policy_waivers import WAIVERS_POLICY, Waiver
from salesrepo.domain.record import Owner
from salesrepo.errors import RecordError

NEVER = ("SR106", "SR201", "SR202", "SR203", "SR204", "SR205", "SR23", "SR4", "SR6")
"""Authority, claims and pay, and waivers themselves: the rules, by how their codes begin, that nobody waives."""

LONGEST = timedelta(days=366)
"""How far ahead a waiver ends at most: what is lived with for longer is no exception."""

LIST = WAIVERS_POLICY.path.text
CODE = "SR106"


@dataclass
class Waivers:
    """The waivers of one run, and which of them were of use."""

    ctx: CheckContext
    used: set[tuple[str, int]] = field(default_factory=set)  # the file, and the number in the list or the line

    def __post_init__(self) -> None:
        try:
            found = self.ctx.tip.get(WAIVERS_POLICY)
        except RecordError:  # a list that cannot be read waives nothing
            found = None
        self.listed: tuple[Waiver, ...] = found.waivers if found else ()

    def sift(self, rule: Rule, findings: Iterable[Finding]) -> tuple[list[Finding], list[Waived]]:
        """What of a rule's findings stays, and what is waived."""
        stays: list[Finding] = []
        waived: list[Waived] = []
        for finding in findings:
            found = self._waived(rule, finding) if may_waive(rule, finding) else None
            if found:
                waived.append(found)
            else:
                stays.append(finding)
        return stays, waived

    def _waived(self, rule: Rule, finding: Finding) -> Waived | None:
        for number, one in enumerate(self.listed):
            if one.until >= self.ctx.today and _fits(one, rule, finding):
                self.used.add((LIST, number))
                return Waived(finding, one.reason, one.until, Location(LIST, ("waivers", number)))
        change = self.ctx.change.at(finding.at.path)
        for line in change.waivers if change and _counts(change, finding) else ():
            if line.code == rule.code and line.line == finding.at.line and line.until and line.until >= self.ctx.today:
                self.used.add((finding.at.path, line.comment))
                return Waived(finding, line.reason, line.until, Location(finding.at.path, line=line.comment, column=1))
        return None

    def idle(self, ran: Iterable[str]) -> Iterator[Finding]:
        """A warning for each waiver that was looked at, by a rule that ran, and set nothing aside.

        The list is looked at where it changes (an audit looks at everything): nobody else could mend it.
        """
        codes = set(ran)
        if CODE not in codes:
            return
        looked = self.ctx.change.at(LIST) is not None
        for number, one in enumerate(self.listed if looked else ()):
            judged = one.code in codes and self.ctx.change.at(one.path) is not None
            if judged and one.until >= self.ctx.today and (LIST, number) not in self.used:
                yield _unused(one.code, Location(LIST, ("waivers", number)))
        for change in self.ctx.change.changes:
            for line in change.waivers:
                lasts = line.until is not None and line.until >= self.ctx.today
                if lasts and line.code in codes and (change.path, line.comment) not in self.used:
                    yield _unused(line.code, Location(change.path, line=line.comment, column=1))


def may_waive(rule: Rule, finding: Finding) -> bool:
    """Whether a finding may be set aside at all: advice, and errors of rules that say so; never authority or pay."""
    if rule.code.startswith(NEVER):
        return False
    return finding.severity in (Severity.WARNING, Severity.NOTE) or (
        finding.severity is Severity.ERROR and rule.waivable
    )


def _fits(waiver: Waiver, rule: Rule, finding: Finding) -> bool:
    return (
        (waiver.code, waiver.path) == (rule.code, finding.at.path)
        and waiver.route in (None, finding.at.field)
        and (waiver.match is None or waiver.match in finding.message)
    )


def _counts(change: RecordChange[object], finding: Finding) -> bool:
    """A comment sets an error aside only in files whose changes are looked at as the organisation's."""
    owner = change.place.kind.owner if change.place else None
    return finding.severity is not Severity.ERROR or owner is Owner.MAINTAINER


def _unused(code: str, at: Location) -> Finding:
    return Finding(CODE, Severity.WARNING, f"This waiver of {code} sets nothing aside.", at, hint="Delete it.")
