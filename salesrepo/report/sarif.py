"""How does a report read for what shows static analysis (SARIF 2.1.0, the OASIS standard)?"""

import hashlib
import inspect
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from salesrepo import __version__
from salesrepo.domain.finding import CheckReport, Finding, Severity, Verdict, Waived
from salesrepo.encode.json_ import document
from salesrepo.report.order import approvers, ordered, skips_in_order, waivers_in_order
from salesrepo.report.registry import RuleNote
from salesrepo.report.summary import left_out

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {
    Severity.ERROR: "error",
    Severity.WAIT: "warning",
    Severity.REVIEW: "warning",
    Severity.WARNING: "warning",
    Severity.NOTE: "note",
}


def render_sarif(report: CheckReport, *, verdict: Verdict, plain: bool, rules: Sequence[RuleNote]) -> str:
    """One run: the rules that were asked, a result per finding, a notification per rule that could not run.

    A waived finding is a result with an accepted suppression. `plain` changes nothing.
    """
    codes = sorted({*report.rules, *(finding.code for finding in _all(report))})
    known = {rule.code: rule for rule in rules}
    driver = {
        "name": "salesrepo",
        "version": __version__,
        "rules": [_rule(code, known.get(code)) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": list(_notes(report, codes))}],
        "results": list(_results(report, codes)),
        "properties": {"verdict": verdict.value, "filesJudged": report.checked},
    }
    return document({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _all(report: CheckReport) -> tuple[Finding, ...]:
    return (*report.findings, *(one.finding for one in report.waived))


def _rule(code: str, note: RuleNote | None) -> dict[str, Any]:
    if note is None:
        return {"id": code}
    page = inspect.cleandoc(note.page)
    sentence, _, rest = page.partition("\n\n")
    why = rest.partition("## Why\n")[2].partition("\n## ")[0].strip()
    return {
        "id": code,
        "name": note.name,
        "shortDescription": {"text": _words(sentence)},
        "fullDescription": {"text": _words(f"{sentence} {why}".strip())},
        "help": {"text": page, "markdown": page},
    }


def _words(text: str) -> str:
    return " ".join(text.split())


def _results(report: CheckReport, codes: list[str]) -> Iterator[dict[str, Any]]:
    seen: Counter[str] = Counter()
    for finding in ordered(report.findings):
        yield _result(finding, codes, seen)
    for one in waivers_in_order(report.waived):
        yield {**_result(one.finding, codes, seen), "suppressions": [_suppression(one)]}


def _result(finding: Finding, codes: list[str], seen: Counter[str]) -> dict[str, Any]:
    said = " ".join(part for part in (finding.message, finding.hint) if part)
    mark = _fingerprint(finding)
    seen[mark] += 1
    return {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": _LEVELS[finding.severity],
        "message": {"text": _plain_message(said)},
        "locations": [_location(finding)],
        "partialFingerprints": {"finding/v1": f"{mark}:{seen[mark]}"},
        "properties": {
            "severity": finding.severity.value,
            "field": finding.at.field,
            "next": finding.hint,
            "approvers": approvers(finding),
        },
    }


def _plain_message(text: str) -> str:
    """A message in which `[words](address)` is no link, which SARIF would make of it."""
    return text.replace("](", "] (")


def _location(finding: Finding) -> dict[str, Any]:
    at = finding.at
    file = {"uri": _uri(at.path), "uriBaseId": "%SRCROOT%"}
    region = {"startLine": at.line, "startColumn": max(at.column, 1)}
    physical = {"artifactLocation": file, "region": region} if at.line else {"artifactLocation": file}
    return {"physicalLocation": physical}


def _uri(path: str) -> str:
    """A path as a URI: the bytes that Git holds, or where it is no name of Git's at all, what comes closest."""
    try:
        return quote(path.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        return quote(path.encode("utf-8", "surrogatepass"))


def _fingerprint(finding: Finding) -> str:
    """The same for a finding that only moved to another line, or is told with another name in it."""
    told = "\0".join((finding.code, finding.at.path, finding.at.field))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _suppression(one: Waived) -> dict[str, Any]:
    inside = one.by.path == one.finding.at.path
    return {
        "kind": "inSource" if inside else "external",
        "status": "accepted",
        "justification": f"{_plain_message(one.reason)} (until {one.until})",
    }


def _notes(report: CheckReport, codes: list[str]) -> Iterator[dict[str, Any]]:
    for skipped in skips_in_order(report.skipped):
        note: dict[str, Any] = {"level": "warning", "message": {"text": _plain_message(skipped.reason)}}
        if skipped.code in codes:
            note["associatedRule"] = {"id": skipped.code, "index": codes.index(skipped.code)}
        yield note
    if report.left_out:
        yield {"level": "note", "message": {"text": left_out(report)}}
