"""How does a program read a report?"""

import json
from typing import Any

from salesrepo.domain.finding import CheckReport, Finding, Verdict
from salesrepo.report.order import ordered


def render_json(report: CheckReport, *, verdict: Verdict, plain: bool) -> str:
    """One JSON document in pure ASCII. Names are only ever added to it; the same report gives the same bytes.

        verdict   auto | waiting | review | refused, approvals counted where the caller did
        findings  by path, line, column and code, each with
            code, severity    SR201; error | wait | review | warning | note
            message, hint     a sentence and the next step (empty: none)
            path, route       the file, and the keys and list positions (from 0) inside its record
            line, column      from 1; 0 where unknown
            roles             those of which one must approve a `review` finding
        skipped   [{code, reason}]: rules that could not run, never counted as passed
        checked   how many changed files were judged
        rules     the codes of all rules that were asked, skipped ones included

    `plain` changes nothing.
    """
    document = {
        "verdict": verdict.value,
        "findings": [_finding(finding) for finding in ordered(report.findings)],
        "skipped": [{"code": code, "reason": why} for code, why in sorted((s.code, s.reason) for s in report.skipped)],
        "checked": report.checked,
        "rules": list(report.rules),
    }
    # DEL is the one character that JSON leaves alone and a terminal does not.
    return json.dumps(document, indent=2).replace("\x7f", "\\u007f") + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "path": finding.at.path,
        "route": list(finding.at.route),
        "line": finding.at.line,
        "column": finding.at.column,
        "roles": list(finding.roles),
    }
