"""Does each warning about plans warn of what it is for, and of nothing else?"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from salesrepo.commission import lint
from salesrepo.commission.lint.linting import lint as lint_plan
from salesrepo.commission.lint.registry import WARNINGS
from salesrepo.commission.lint.warning import History
from salesrepo.domain.finding import CheckReport, Severity
from salesrepo.domain.kinds.plan import PLAN
from salesrepo.domain.record import TABLE_CAP
from salesrepo.domain.statement import PlanRef
from salesrepo.store.gate import read_documents
from salesrepo.store.model import validate

CASES = Path(__file__).parent / "lint"


def table(path: Path) -> dict[str, Any]:
    (found,) = read_documents(path.read_bytes(), path=path.name, cap=TABLE_CAP)
    return dict(found)


def amended(held: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """A record with some fields changed; those of `rate` and of a measure as a whole."""
    within = {"pay"}
    return {**held} | {key: amended(held[key], value) if key in within else value for key, value in changes.items()}


def plan_of(case: Mapping[str, Any]) -> dict[str, Any]:
    """The base plan with a case's changes; `copies` of its component differ in name, and in what `first` says."""
    plan = amended(table(CASES / "base.yml"), case.get("plan", {}))
    component = {**plan["components"][0], **case.get("component", {})}
    copies = int(case.get("copies", "1"))
    plan["components"] = [{**component, "name": f"selling{n}" if n > 1 else "selling"} for n in range(1, copies + 1)]
    plan["components"][0] |= case.get("first", {})
    return plan


def linted(case: Mapping[str, Any]) -> CheckReport:
    plan = validate(PLAN, plan_of(case), path="plan.yml")
    said = case.get("history")
    history = History(int(said["months"]), frozenset((a, b) for a, b in said["paid"])) if said else None
    return lint_plan(plan, PlanRef(PLAN.path_of(plan), "b" * 40), history)


def cases() -> Iterator[Any]:
    for path in sorted(CASES.glob("PL*.yml")):
        yield from (pytest.param(path.stem, case, id=f"{path.stem}-{case['name']}") for case in table(path)["cases"])


@pytest.mark.parametrize(("code", "case"), list(cases()))
def test_a_warning(code: str, case: dict[str, Any]) -> None:
    report = linted(case)
    found = [finding for finding in report.findings if finding.code == code]
    wanted = case.get("expect", [])
    assert [finding.at.field for finding in found] == [one["route"] for one in wanted]
    for finding, one in zip(found, wanted, strict=True):
        assert one.get("says", "") in finding.message
        assert finding.severity is Severity.WARNING and finding.hint
    skipped = [one.reason for one in report.skipped if one.code == code]
    assert bool(skipped) is ("skipped" in case) or (code == "PL03" and "history" not in case)
    assert case.get("skipped", "") in "".join(skipped)


def test_every_warning_has_its_file_its_page_and_cases_both_ways() -> None:
    folder = Path(lint.__file__).parent
    assert sorted(path.stem for path in folder.glob("pl*.py")) == [one.module.rpartition(".")[2] for one in WARNINGS]
    assert [one.code for one in WARNINGS] == sorted({one.code for one in WARNINGS})
    for one in WARNINGS:
        assert one.module.rpartition(".")[2].startswith(one.code.lower())
        assert "## Why" in one.page and "## Fix" in one.page
        names = [case["name"] for case in table(CASES / f"{one.code}.yml")["cases"]]
        assert {name.partition("_")[0] for name in names} == {"pass", "fail"}
