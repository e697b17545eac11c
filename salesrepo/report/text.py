"""How do people read a report: maintainers by file, line and code, sellers as sentences and what to do next?"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from salesrepo.domain.finding import CheckReport, Finding, Severity, Skipped, Verdict
from salesrepo.domain.paths import place_of
from salesrepo.report.order import field_of, one_line, ordered

_ENDINGS = {
    Verdict.AUTO: "nothing stands in the way",
    Verdict.WAITING: "waits for an earlier claim",
    Verdict.REVIEW: "needs a person's approval",
    Verdict.REFUSED: "refused",
}
_TITLES = (
    ("This cannot be accepted as it is:", (Severity.ERROR,)),
    ("This waits, because somebody else was first:", (Severity.WAIT,)),
    ("A person has to agree to this:", (Severity.REVIEW,)),
    ("Worth a thought:", (Severity.WARNING, Severity.NOTE)),
)
_PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)+(?<![.])|\bsalesrepo\.yml\b")


def render_text(report: CheckReport, *, verdict: Verdict, plain: bool) -> str:
    """One block per finding, grouped by file, then what was skipped, then one line that sums up.

        claims/7f/c/d-acme.com/core.yml:3:9  SR201  error  holder
          d-acme.com is taken by Ana Ruiz.
          -> Ask the holder to release it.

        1 finding in 1 file (24 rules, 2 files judged): refused

    `plain` is the seller's version: sentences and next steps without codes, paths and counts.
    """
    lines = _plain(report) if plain else _full(report, verdict)
    return "".join(f"{line}\n" for line in lines)


def _full(report: CheckReport, verdict: Verdict) -> Iterator[str]:
    findings = ordered(report.findings)
    for _, of_file in groupby(findings, lambda finding: finding.at.path):
        for finding in of_file:
            yield from _block(finding)
        yield ""
    for skipped in _skipped(report):
        yield f"{skipped.code}  skipped: {one_line(skipped.reason)}"
    if report.skipped:
        yield ""
    yield _sum(report, verdict)


def _block(finding: Finding) -> Iterator[str]:
    at = finding.at
    where = f"{at.path}:{at.line}:{at.column}" if at.line else at.path
    head = (where, finding.code, finding.severity.value, field_of(at))
    yield one_line("  ".join(part for part in head if part))
    yield f"  {one_line(finding.message)}"
    if finding.roles:
        yield f"  -> One of these must approve: {one_line(', '.join(finding.roles))}."
    if finding.hint:
        yield f"  -> {one_line(finding.hint)}"


def _sum(report: CheckReport, verdict: Verdict) -> str:
    files = {finding.at.path for finding in report.findings}
    found = f"{_count(len(report.findings), 'finding')} in {_count(len(files), 'file')}" if files else "No findings"
    ran = f"{_count(len(report.rules), 'rule')}, {_count(report.checked, 'file')} judged"
    skipped = f", {len(report.skipped)} skipped" if report.skipped else ""
    return f"{found} ({ran}{skipped}): {_ENDINGS[verdict]}"


def _plain(report: CheckReport) -> Iterator[str]:
    for title, severities in _TITLES:
        # Without paths, what was found in many files alike is one sentence.
        told = dict.fromkeys((f.message, f.roles, f.hint) for f in ordered(report.of(*severities)))
        if told:
            yield title
        for message, roles, hint in told:
            yield f"  - {_without_paths(one_line(message))}"
            if roles:
                yield f"    It waits for: {one_line(' or '.join(roles)).replace('_', ' ')}."
            if hint:
                yield f"    Next: {_without_paths(one_line(hint))}"
    if report.skipped:
        could = "1 check" if len(report.skipped) == 1 else f"{len(report.skipped)} checks"
        yield f"{could} could not be made, so a person will look at it."
    elif not report.findings:
        yield "Nothing stands in the way."


def _without_paths(text: str) -> str:
    """`text` with the paths of records told as what they are, because sellers never meet a path (DESIGN rule 15)."""

    def named(match: re.Match[str]) -> str:
        place = place_of(match[0])
        return f'the record "{place.kind.name.replace("-", " ")}"' if place else match[0]

    return _PATH.sub(named, text)


def _skipped(report: CheckReport) -> Iterable[Skipped]:
    return sorted(report.skipped, key=lambda skipped: (skipped.code, skipped.reason))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
