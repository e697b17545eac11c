"""What is the verdict, who must still agree, and why? One shape for every program that asks, here and in the bots."""

from collections.abc import Iterable
from typing import Any, Protocol

from salesrepo.domain.finding import CheckReport, Finding, Severity, Verdict, Waived


class Earlier(Protocol):
    """An earlier place in line for a claim: its path, who asks, which proposal."""

    @property
    def path(self) -> str:
        """The claim's path."""

    @property
    def node(self) -> str:
        """Who asks."""

    @property
    def proposal(self) -> int:
        """The number of their proposal."""


def needs(open_: Iterable[Finding]) -> tuple[tuple[str, ...], ...]:
    """Of whom one must agree, for each thing that is asked; who answers one of fewer answers one of more as well."""
    asked = dict.fromkeys((*finding.roles, *finding.nodes) for finding in open_)
    return tuple(one for one in asked if one and not any(set(other) < set(one) for other in asked if other))


def needs_words(asked: Iterable[Iterable[str]]) -> str:
    """These in words: `finance, and manager or sales ops`; empty for none."""
    return ", and ".join(" or ".join(name.replace("_", " ") for name in one) for one in asked)


def plain_verdict(
    report: CheckReport,
    *,
    verdict: Verdict | None = None,
    unanswered: Iterable[Finding] | None = None,
    rivals: Iterable[Earlier] = (),
) -> dict[str, Any]:
    """A judgement as what JSON can hold. Names are only ever added to it.

        verdict   auto | waiting | review | refused, approvals counted where the caller did (`verdict`)
        roles     of each of which somebody must still approve, sorted; `nodes`: who must in person
        needs     [[role or node]]: of each of these lists one must still agree
        reasons   the sentences that decide the verdict, in order, each once
        rivals    [{path, node, proposal}]: who was first in line for a claim
        findings  [{code, severity, message, hint, path, route, line, column, roles, nodes, not_by}]
        skipped   [{code, reason}]: rules that could not run, never counted as passed
        checked   how many changed files were judged
        rules     the codes of all rules that were asked, skipped ones included
        waived    findings that a waiver sets aside, each with its `waiver`: {reason, until, path, line}
        left_out  the codes of rules that whoever called chose not to ask; a bot's verdict has none

    `unanswered` are the review findings that no approval answers (all, where it is left out).
    """
    open_ = report.of(Severity.REVIEW) if unanswered is None else tuple(unanswered)
    final = verdict or report.verdict
    return {
        "verdict": final.value,
        "roles": sorted({role for finding in open_ for role in finding.roles}),
        "nodes": sorted({node for finding in open_ for node in finding.nodes}),
        "needs": [list(one) for one in needs(open_)],
        "reasons": reasons(report, final, open_),
        "rivals": [{"path": rival.path, "node": rival.node, "proposal": rival.proposal} for rival in rivals],
        "findings": [plain_finding(finding) for finding in report.findings],
        "skipped": [{"code": skipped.code, "reason": skipped.reason} for skipped in report.skipped],
        "checked": report.checked,
        "rules": list(report.rules),
        "waived": [_plain_waived(one) for one in report.waived],
        "left_out": list(report.left_out),
    }


def _plain_waived(one: Waived) -> dict[str, Any]:
    waiver = {"reason": one.reason, "until": one.until.isoformat(), "path": one.by.path, "line": one.by.line}
    return {**plain_finding(one.finding), "waiver": waiver}


def reasons(report: CheckReport, verdict: Verdict, unanswered: Iterable[Finding]) -> list[str]:
    """Why the verdict is what it is, as sentences; nothing for `auto`."""
    deciding: dict[Verdict, tuple[Finding, ...]] = {
        Verdict.REFUSED: report.of(Severity.ERROR),
        Verdict.WAITING: report.of(Severity.WAIT),
        Verdict.REVIEW: tuple(unanswered),
    }
    told = [finding.message for finding in deciding.get(verdict, ())]
    if verdict is Verdict.REVIEW:
        told += [f"{skipped.code} could not be run: {skipped.reason}." for skipped in report.skipped]
    return list(dict.fromkeys(told))


def plain_finding(finding: Finding) -> dict[str, Any]:
    """One finding as what JSON can hold; line and column count from 1, 0 where unknown."""
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
        "nodes": list(finding.nodes),
        "not_by": list(finding.not_by),
    }
