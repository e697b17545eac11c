"""How does a report read for what shows tests? A rule is a test case: the same cases in each run, so a skip is seen.

A case per file would come and go with the files of a change, and a rule that could not run would have no place.
"""

from collections.abc import Iterator, Sequence

from salesrepo.domain.finding import CheckReport, Finding, Severity, Verdict
from salesrepo.encode.xml_ import words
from salesrepo.report.order import approvers, ordered, skips_in_order, waivers_in_order, where
from salesrepo.report.registry import RuleNote
from salesrepo.report.summary import summed_up


def render_junit(report: CheckReport, *, verdict: Verdict, plain: bool, rules: Sequence[RuleNote]) -> str:
    """One suite, one case per rule: errors are failures, other findings its output. `plain` changes nothing."""
    names = {rule.code: rule.name for rule in rules}
    codes = sorted({*report.rules, *report.left_out, *(finding.code for finding in report.findings)})
    failed = {finding.code for finding in report.of(Severity.ERROR)}
    skips = ({one.code for one in report.skipped} | set(report.left_out)) - failed
    counts = f'tests="{len(codes)}" failures="{len(failed)}" errors="0" skipped="{len(skips)}" time="0"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<testsuites>",
        f'  <testsuite name="salesrepo" {counts}>',
        *(line for one in codes for line in _case(report, one, names.get(one, ""))),
        f"    <system-out>{words(summed_up(report, verdict))}</system-out>",
        "  </testsuite>",
        "</testsuites>",
    ]
    return "".join(f"{line}\n" for line in lines)


def _case(report: CheckReport, code: str, name: str) -> Iterator[str]:
    title = f"{code} {name}".rstrip()
    inner = [*_outcome(report, code), *_output(report, code)]
    head = f'    <testcase classname="salesrepo" name="{words(title)}" time="0"'
    if not inner:
        yield f"{head}/>"
        return
    yield f"{head}>"
    yield from (f"      {line}" for line in inner)
    yield "    </testcase>"


def _outcome(report: CheckReport, code: str) -> Iterator[str]:
    errors = [finding for finding in ordered(report.of(Severity.ERROR)) if finding.code == code]
    for finding in errors:
        yield f'<failure message="{words(finding.message)}" type="{words(code)}">{words(_line(finding))}</failure>'
    reasons = [one.reason for one in skips_in_order(report.skipped) if one.code == code]
    if code in report.left_out:
        reasons.append("Not run: --select, --ignore.")
    if reasons and not errors:
        yield f'<skipped message="{words("; ".join(reasons))}"/>'


def _output(report: CheckReport, code: str) -> Iterator[str]:
    """What does not fail the case: what waits for somebody, advice, what is waived, and why it stopped half-way."""
    of_rule = [finding for finding in ordered(report.findings) if finding.code == code]
    said = [_line(finding) for finding in of_rule if finding.severity is not Severity.ERROR]
    said += [
        f"{where(one.finding.at)}: waived until {one.until}: {one.reason}"
        for one in waivers_in_order(report.waived)
        if one.finding.code == code
    ]
    if len(said) < len(of_rule):
        said += [f"skipped: {one.reason}" for one in skips_in_order(report.skipped) if one.code == code]
    if said:
        yield f"<system-out>{'&#10;'.join(map(words, said))}</system-out>"


def _line(finding: Finding) -> str:
    asked = approvers(finding)
    waits = f" One of these must approve: {asked}." if asked else ""
    place = " ".join(part for part in (where(finding.at), finding.at.field) if part)
    return f"{place}: {finding.severity.value}: {finding.message}{waits}{f' {finding.hint}' if finding.hint else ''}"
