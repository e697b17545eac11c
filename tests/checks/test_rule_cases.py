"""Does each rule say of its cases what the cases expect, in sentences with a next step?"""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import pytest

from salesrepo.checks.registry import RULES
from salesrepo.checks.rule import Rival, Rule
from salesrepo.domain.finding import CheckReport, Finding, Severity
from salesrepo.domain.record import TABLE_CAP
from salesrepo.store.gate import read_documents
from tests.checks.build import HERE, TODAY, path_of, propose, show

CASES = HERE / "cases"
FIELDS = {"name", "why", "given", "change", "actor", "today", "rivals", "given_on", "let_go", "expect", "skipped"}
EXPECTED = {"severity", "path", "says", "hint", "route", "line", "not_by", "roles", "nodes", "times"}
SENTENCE = re.compile(r"\S.*[.?!…]\Z", re.DOTALL)
NEXT_STEP = re.compile(r"\S.*(?:[.?!]|: \S.*)\Z", re.DOTALL)
BY_CODE = {rule.code: rule for rule in RULES}


@cache
def cases() -> tuple[Any, ...]:
    """Every case with its rule. That each rule has some is a matter of tests/test_architecture.py."""
    found = []
    for file in sorted(CASES.glob("*.yml")):
        (table,) = read_documents(file.read_bytes(), path=file.name, cap=TABLE_CAP)
        found += [pytest.param(BY_CODE[file.stem], case, id=f"{file.stem}-{case['name']}") for case in table["cases"]]
    return tuple(found)


def rivals(case: Mapping[str, Any]) -> tuple[Rival, ...]:
    return tuple(Rival(path_of(r["path"]), r["node"], int(r["proposal"])) for r in case.get("rivals", []))


def judged(rule: Rule, case: Mapping[str, Any]) -> CheckReport:
    proposal = propose(
        case["change"],
        actor=case["actor"],
        given=case.get("given"),
        today=date.fromisoformat(case["today"]) if "today" in case else TODAY,
        rivals=rivals(case),
        given_on=date.fromisoformat(case["given_on"]) if "given_on" in case else None,
        let_go={node: date.fromisoformat(day) for node, day in case.get("let_go", {}).items()},
    )
    return proposal.judged_by(rule)


@pytest.mark.parametrize(("rule", "case"), cases())
def test_the_rule_says_what_the_case_expects_in_sentences_with_a_next_step(rule: Rule, case: dict[str, Any]) -> None:
    report = judged(rule, case)
    expected = case.get("expect") or []
    left = list(report.findings)
    for wanted in expected:
        assert set(wanted) <= EXPECTED
        for _ in range(int(wanted.get("times", "1"))):
            found = next((f for f in left if agrees(f, wanted)), None)
            assert found is not None, (wanted, show(report))
            left.remove(found)
    assert not left, show(report)
    assert [s.reason for s in report.skipped if case.get("skipped", "\0") not in s.reason] == []
    assert len(report.skipped) == ("skipped" in case)
    for found in report.findings:
        assert found.code == rule.code
        assert SENTENCE.fullmatch(found.message), found.message
        assert NEXT_STEP.fullmatch(found.hint), found.hint
        assert (found.severity is Severity.REVIEW) is bool(found.roles or found.nodes), (
            "a review names who may give it, nothing else does"
        )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_cases_are_well_formed_and_say_pass_or_fail(rule: Rule) -> None:
    own = [case.values[1] for case in cases() if case.values[0] is rule]
    assert [case["name"] for case in own if set(case) - FIELDS] == []
    assert [name for name, times in Counter(case["name"] for case in own).items() if times > 1] == []
    for case in own:
        refuses = (
            any(e["severity"] in ("error", "wait", "review") for e in case.get("expect") or []) or "skipped" in case
        )
        advises = any(e["severity"] == "warning" for e in case.get("expect") or [])
        allowed = ("fail_",) if refuses else ("pass_", "warn_") if advises else ("pass_",)
        assert case["name"].startswith(allowed), case["name"]


def agrees(found: Finding, wanted: Mapping[str, Any]) -> bool:
    """Whether a finding is the one that a case expects; what the case leaves out may be anything."""
    route = wanted.get("route")
    return (
        found.severity.value == wanted["severity"]
        and ("path" not in wanted or found.at.path == path_of(wanted["path"]))
        and wanted.get("says", "") in found.message
        and wanted.get("hint", "") in found.hint
        and (route is None or [str(step) for step in found.at.route] == list(route))
        and ("line" not in wanted or found.at.line == int(wanted["line"]))
        and ("not_by" not in wanted or list(found.not_by) == wanted["not_by"])
        and ("roles" not in wanted or list(found.roles) == wanted["roles"])
        and ("nodes" not in wanted or list(found.nodes) == wanted["nodes"])
    )
