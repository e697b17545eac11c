"""How does a program read a report?"""

from collections.abc import Sequence
from dataclasses import replace

from salesrepo.domain.finding import CheckReport, Verdict
from salesrepo.domain.verdict import plain_verdict
from salesrepo.encode.json_ import document
from salesrepo.report.order import ordered, skips_in_order, waivers_in_order
from salesrepo.report.registry import RuleNote


def render_json(report: CheckReport, *, verdict: Verdict, plain: bool, rules: Sequence[RuleNote]) -> str:
    """One JSON document in pure ASCII: the shape that every command with a verdict gives (domain/verdict.py).

    Findings stand by path, line, column and code, so the same report gives the same bytes. Neither `plain` nor `rules`
    changes anything.
    """
    in_order = replace(
        report,
        findings=tuple(ordered(report.findings)),
        skipped=tuple(skips_in_order(report.skipped)),
        waived=tuple(waivers_in_order(report.waived)),
    )
    return document(plain_verdict(in_order, verdict=verdict))
