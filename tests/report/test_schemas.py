"""Do SARIF and JUnit reports keep to the schemas that others publish for them?"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import xmlschema

from salesrepo.checks.registry import RULES
from salesrepo.domain.finding import CheckReport, Finding, Location, Severity, Skipped
from salesrepo.report.registry import render
from tests.report.sample import NOTES, SAMPLE

SCHEMAS = Path(__file__).parent / "schemas"
EVIL = "x\n\r\x85\u2028\x1b[2J\ud800</failure>]]><script>`@ana##[error]::error::y %0A,"
HOSTILE = CheckReport(
    (Finding("SR201", Severity.ERROR, EVIL, Location("a/\udcff\n::x", (EVIL,), 3), hint=EVIL, roles=(EVIL,)),),
    (Skipped("SR301", EVIL),),
)
REPORTS = {"sample": SAMPLE, "clean": CheckReport(checked=1, rules=("SR101",)), "hostile": HOSTILE}


@cache
def sarif() -> Any:
    schema = json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema, format_checker=kind.FORMAT_CHECKER)


@cache
def junit() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd")


@pytest.mark.parametrize("name", REPORTS)
def test_sarif_keeps_to_its_schema(name: str) -> None:
    log = json.loads(render("sarif", REPORTS[name], rules=NOTES))
    assert [error.message for error in sarif().iter_errors(log)] == []


def test_sarif_with_the_page_of_every_rule_keeps_to_its_schema() -> None:
    report = CheckReport(checked=1, rules=tuple(rule.code for rule in RULES))
    log = json.loads(render("sarif", report, rules=RULES))
    assert len(log["runs"][0]["tool"]["driver"]["rules"]) == len(RULES)
    assert [error.message for error in sarif().iter_errors(log)] == []


@pytest.mark.parametrize("spoil", ["level", "message", "locations"])
def test_the_schema_of_sarif_would_find_a_fault(spoil: str) -> None:
    log = json.loads(render("sarif", SAMPLE, rules=NOTES))
    log["runs"][0]["results"][0][spoil] = "odd"
    assert not sarif().is_valid(log)


@pytest.mark.parametrize("name", REPORTS)
def test_junit_keeps_to_its_schema(name: str) -> None:
    junit().validate(render("junit", REPORTS[name], rules=NOTES))


@pytest.mark.parametrize(
    ("was", "now"), [("<failure message=", "<failure odd="), ('tests="', 'odd="'), ('time="0"', 'time="soon"')]
)
def test_the_schema_of_junit_would_find_a_fault(was: str, now: str) -> None:
    text = render("junit", SAMPLE, rules=NOTES)
    assert was in text and not junit().is_valid(text.replace(was, now))
