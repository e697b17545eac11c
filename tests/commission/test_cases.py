"""Do worked examples from public sources, and our own by hand, come out to the cent?"""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from salesrepo.commission.credit import credits_of
from salesrepo.commission.engine import pay
from salesrepo.commission.explain import check_line
from salesrepo.commission.plan_check import ready
from salesrepo.commission.values import Credit, Event, PlanVersion, TotalKey
from salesrepo.domain.kinds.deal import DealCredit
from salesrepo.domain.kinds.plan import PLAN
from salesrepo.domain.money import parse_amount, show_amount
from salesrepo.domain.period import Calendar
from salesrepo.domain.record import TABLE_CAP
from salesrepo.domain.statement import PlanRef
from salesrepo.errors import RefusedError
from salesrepo.store.gate import read_documents
from salesrepo.store.model import validate

CASES = sorted((Path(__file__).parent / "cases").glob("*.yml"))


def _version(plain: dict[str, Any]) -> PlanVersion:
    read = validate(PLAN, plain, path="plan.yml")
    return ready(read, PlanRef(PLAN.path_of(read), "b" * 40))


def _credits(place: int, deal: dict[str, Any]) -> tuple[Credit, ...]:
    signed = date.fromisoformat(deal["signed"])
    event = Event(
        deal=deal["deal"],
        account="d-example.com",
        currency=deal["currency"],
        signed=signed,
        amount=parse_amount(deal["amount"], deal["currency"]),
        commit="c" * 40,
        booked_on=signed,
        place=place,
        category=deal.get("category"),
    )
    return credits_of(event, [DealCredit(**share) for share in deal["credits"]])


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_case_comes_out_to_the_cent(path: Path) -> None:
    (case,) = read_documents(path.read_bytes(), path=path.name, cap=TABLE_CAP)
    version, expect = _version(case["plan"]), case["expect"]
    if "refused" in expect:
        with pytest.raises(RefusedError, match=expect["refused"]):
            _credits(1, case["deals"][0])
        return
    credits = [credit for place, deal in enumerate(case["deals"]) for credit in _credits(place, deal)]
    totals = {
        TotalKey(t["payee"], version.plan, t["measure"], t["window"], version.currency): parse_amount(
            t["total"], version.currency
        )
        for t in case.get("before", [])
    }
    plans = {(credit.payee, credit.event.signed): (version,) for credit in credits}
    lines = pay(credits, plans, totals, calendar=Calendar()).lines
    wanted = [(line["deal"], line["payee"], line["component"], line["amount"]) for line in expect["lines"]]
    assert [(x.deal, x.payee, x.component, show_amount(x.amount, x.currency)) for x in lines] == wanted
    sums: Counter[str] = Counter()
    for line in lines:
        sums[line.payee] += line.amount
    shown = {payee: show_amount(sums[payee], version.currency) for payee in sums}
    assert shown == expect.get("totals", shown)
    assert [check_line(line) for line in lines] == [None] * len(lines)


def test_every_case_names_its_source() -> None:
    read = [read_documents(path.read_bytes(), path=path.name, cap=TABLE_CAP)[0] for path in CASES]
    assert len(read) >= 15
    assert all(case["source"] and case["provenance"] for case in read)
