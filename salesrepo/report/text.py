"""How do people read a report: maintainers by file, line and code, sellers as sentences and what to do next?"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from salesrepo.domain.finding import CheckReport, Finding, Verdict
from salesrepo.domain.paths import place_of
from salesrepo.encode.hidden import shown
from salesrepo.report.order import approvers, ordered, skips_in_order, waivers_in_order, where
from salesrepo.report.registry import RuleNote
from salesrepo.report.summary import TITLES, left_out, summed_up

_PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)+(?<![.])|\bsalesrepo\.yml\b")


def render_text(report: CheckReport, *, verdict: Verdict, plain: bool, rules: Sequence[RuleNote]) -> str:
    """One block per finding, grouped by file, then what was waived, skipped and not run, then one line that sums up.

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
    besides = [*_waived(report), *(f"{s.code}  skipped: {shown(s.reason)}" for s in skips_in_order(report.skipped))]
    if report.left_out:
        besides.append(left_out(report))
    yield from (*besides, "") if besides else ()
    yield summed_up(report, verdict)


def _block(finding: Finding) -> Iterator[str]:
    head = (where(finding.at), finding.code, finding.severity.value, finding.at.field)
    yield shown("  ".join(part for part in head if part))
    yield f"  {shown(finding.message)}"
    if asked := approvers(finding):
        yield f"  -> One of these must approve: {shown(asked)}."
    if finding.hint:
        yield f"  -> {shown(finding.hint)}"


def _waived(report: CheckReport) -> Iterator[str]:
    for one in waivers_in_order(report.waived):
        finding = one.finding
        yield shown(f"{where(finding.at)}  {finding.code}  waived until {one.until}: {one.reason}")


def _plain(report: CheckReport) -> Iterator[str]:
    for title, severities in TITLES:
        # Without paths, what was found in many files alike is one sentence.
        told = dict.fromkeys((f.message, f.roles, f.hint) for f in ordered(report.of(*severities)))
        if told:
            yield title
        for message, roles, hint in told:
            yield f"  - {_without_paths(shown(message))}"
            if roles:
                yield f"    It waits for: {shown(' or '.join(roles)).replace('_', ' ')}."
            if hint:
                yield f"    Next: {_without_paths(shown(hint))}"
    if report.waived:
        things = "1 thing is" if len(report.waived) == 1 else f"{len(report.waived)} things are"
        yield f"{things} known and accepted for now."
    if report.skipped:
        could = "1 check" if len(report.skipped) == 1 else f"{len(report.skipped)} checks"
        yield f"{could} could not be made, so a person will look at it."
    elif not report.findings:
        yield "Nothing stands in the way."
    if report.left_out:
        yield left_out(report)


def _without_paths(text: str) -> str:
    """`text` with the paths of records told as what they are, because sellers never meet a path (DESIGN rule 15)."""

    def named(match: re.Match[str]) -> str:
        place = place_of(match[0])
        return f'the record "{place.kind.name.replace("-", " ")}"' if place else match[0]

    return _PATH.sub(named, text)
