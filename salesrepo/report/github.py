"""How do findings stand at their lines in a forge's view of a change? As annotations that a workflow prints."""

from collections.abc import Iterator, Sequence

from salesrepo.domain.finding import CheckReport, Finding, Severity, Verdict
from salesrepo.encode.annotation import Level, annotation, tame
from salesrepo.encode.hidden import shown
from salesrepo.report.order import approvers, ordered, skips_in_order, waivers_in_order, where
from salesrepo.report.registry import RuleNote
from salesrepo.report.summary import left_out, summed_up

_LEVELS: dict[Severity, Level] = {
    Severity.ERROR: "error",
    Severity.WAIT: "warning",
    Severity.REVIEW: "warning",
    Severity.WARNING: "warning",
    Severity.NOTE: "notice",
}


def render_github(report: CheckReport, *, verdict: Verdict, plain: bool, rules: Sequence[RuleNote]) -> str:
    """One annotation per finding, waiver and skipped rule, then a line that sums up. `plain` changes nothing."""
    names = {rule.code: rule.name for rule in rules}
    return "".join([*_lines(report, names), tame(summed_up(report, verdict)) + "\n"])


def _lines(report: CheckReport, names: dict[str, str]) -> Iterator[str]:
    for finding in ordered(report.findings):
        yield annotation(_LEVELS[finding.severity], _said(finding), _properties(finding, names))
    for one in waivers_in_order(report.waived):
        said = f"{where(one.finding.at)}: {one.finding.message}", f"Waived until {one.until}: {one.reason}"
        yield annotation("notice", "\n".join(map(shown, said)), {"title": f"{one.finding.code} waived"})
    for skipped in skips_in_order(report.skipped):
        said_why = f"This rule could not run: {shown(skipped.reason)}"
        yield annotation("warning", said_why, {"title": f"{skipped.code} skipped"})
    if report.left_out:
        yield annotation("notice", left_out(report), {"title": "Not all rules"})


def _said(finding: Finding) -> str:
    asked = approvers(finding)
    lines = (finding.message, f"One of these must approve: {asked}." if asked else "", finding.hint)
    return "\n".join(shown(line) for line in lines if line)


def _properties(finding: Finding, names: dict[str, str]) -> dict[str, str | int]:
    at = finding.at
    title = " ".join(part for part in (finding.code, names.get(finding.code, ""), at.field) if part)
    return {"file": at.path, "line": at.line, "col": at.column, "title": title}
