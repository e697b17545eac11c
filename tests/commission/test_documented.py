"""Are the plans that the documentation shows plans that one can be paid by?"""

import re
from pathlib import Path

from salesrepo.commission.asks import RECORDED, unrecorded
from salesrepo.commission.plan_check import ready
from salesrepo.domain.kinds.plan import PLAN
from salesrepo.domain.record import TABLE_CAP
from salesrepo.domain.statement import PlanRef
from salesrepo.store.gate import read_documents
from salesrepo.store.model import validate

PAGE = (Path(__file__).parents[2] / "docs" / "plans.md").read_text(encoding="utf-8")


def test_every_plan_on_the_page_can_be_paid_by() -> None:
    blocks = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.M | re.S)
    assert blocks
    for block in blocks:
        (plain,) = read_documents(block.encode(), path="plan.yml", cap=TABLE_CAP)
        plan = validate(PLAN, plain, path="plan.yml")
        assert ready(plan, PlanRef("plans/x/2027-01-01.yml", "b" * 40)).components
        assert list(unrecorded(plan)) == []


def test_the_page_names_the_fields_that_are_recorded() -> None:
    (named,) = re.findall(r"told\. Fields: (.*?)\.\n", PAGE, re.S)
    fields = {name.strip() for name in named.replace("\n", " ").split(",")}
    assert {name for name in fields if not name.startswith("attainment_")} == set(RECORDED)
