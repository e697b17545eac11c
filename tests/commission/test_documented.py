"""Are the plans that the documentation shows plans that one can be paid by?"""

import re
from pathlib import Path

import pytest

from salesrepo.commission.ready.asks import RECORDED, unrecorded
from salesrepo.commission.ready.plan import ready
from salesrepo.domain.kinds.plan import PLAN
from salesrepo.domain.record import TABLE_CAP
from salesrepo.domain.statement import PlanRef
from salesrepo.store.gate import read_documents
from salesrepo.store.model import validate

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "plans.md").read_text(encoding="utf-8")
EXAMPLES = sorted((ROOT / "examples" / "plans").glob("*/*.yml"))


def test_every_plan_on_the_page_can_be_paid_by() -> None:
    blocks = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.M | re.S)
    assert blocks
    for block in blocks:
        (plain,) = read_documents(block.encode(), path="plan.yml", cap=TABLE_CAP)
        plan = validate(PLAN, plain, path="plan.yml")
        assert ready(plan, PlanRef("plans/x/2027-01-01.yml", "b" * 40)).components
        assert list(unrecorded(plan)) == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_every_example_can_be_copied_and_paid_by(path: Path) -> None:
    (plain,) = read_documents(path.read_bytes(), path=path.name, cap=TABLE_CAP)
    plan = validate(PLAN, plain, path=path.name)
    assert PLAN.path_of(plan) == f"plans/{path.parent.name}/{path.name}"
    assert ready(plan, PlanRef(PLAN.path_of(plan), "b" * 40)).components
    assert list(unrecorded(plan)) == []
    assert f"({path.parent.name}/{path.name})" in (EXAMPLES[0].parents[1] / "README.md").read_text(encoding="utf-8")


def test_the_page_names_the_fields_that_are_recorded() -> None:
    (named,) = re.findall(r"told\. Fields: (.*?)\.\n", PAGE, re.S)
    fields = {name.strip() for name in named.replace("\n", " ").split(",")}
    assert {name for name in fields if not name.startswith("attainment_")} == set(RECORDED)
