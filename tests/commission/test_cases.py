"""Do worked examples from public sources, and our own by hand, come out to the cent?"""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from salesrepo.commission.credit import credits_of
from salesrepo.commission.engine import pay
from salesrepo.commission.explain.line import check_line
from salesrepo.commission.figures import multiple, quantity, unit_of
from salesrepo.commission.ready.plan import ready
from salesrepo.commission.values import Credit, Event, Fact, Payee, TotalKey
from salesrepo.commission.version import PlanVersion
from salesrepo.domain.kinds.deal import DealCredit
from salesrepo.domain.kinds.plan import PLAN
from salesrepo.domain.money import decimals_of, parse_amount, ratio, show_amount, show_ratio
from salesrepo.domain.period import Calendar
from salesrepo.domain.record import TABLE_CAP
from salesrepo.domain.statement import LineItem, PlanRef
from salesrepo.errors import RefusedError
from salesrepo.store.gate import read_documents
from salesrepo.store.model import validate

_VALUES = ("units", "arr", "mrr", "acv", "tcv")
CASES = sorted((Path(__file__).parent / "cases").glob("*.yml"))


def _version(plain: dict[str, Any]) -> PlanVersion:
    read = validate(PLAN, plain, path="plan.yml")
    return ready(read, PlanRef(PLAN.path_of(read), "b" * 40))


def _payee(node: str, said: dict[str, str]) -> Payee:
    days = {key: date.fromisoformat(said[key]) for key in ("starts", "ends") if key in said}
    facts = {key: value for key, value in said.items() if key not in days}
    return Payee(node, days.get("starts"), days.get("ends"), facts)


def _fact(name: str, text: str) -> Fact:
    if name == "discount":
        return multiple(text)
    return int(text) if name == "term" else text


def _credits(place: int, deal: dict[str, Any], beside: str = "") -> tuple[Credit, ...]:
    currency, facts = deal["currency"], deal.get("facts", {}) | {k: deal[k] for k in ("category",) if k in deal}
    signed = date.fromisoformat(deal["signed"])
    event = Event(
        deal=deal["deal"],
        account="d-example.com",
        currency=currency,
        signed=signed,
        amount=parse_amount(deal["amount"], currency),
        commit="c" * 40,
        booked_on=signed,
        place=place,
        values={name: quantity(deal[name], unit_of(name, currency)) for name in _VALUES if name in deal},
        facts={name: _fact(name, text) for name, text in facts.items()},
    )
    return credits_of(event, [DealCredit(**share) for share in deal["credits"]], beside=beside)


def _as_told(line: LineItem, wanted: dict[str, str]) -> dict[str, str | None]:
    """A line by the words that its case has for it."""
    quota = line.enter.quota if line.enter else None
    unit = line.enter.unit if line.enter else ""
    said = {
        "deal": line.deal,
        "payee": line.payee,
        "component": line.component,
        "amount": show_amount(line.amount, line.currency),
        "type": line.type.value,
        "rule": line.rule,
        "quota": show_ratio(ratio(quota[0], quota[1] * 10 ** (decimals_of(unit) if unit else 0))) if quota else None,
    }
    return {key: said[key] for key in {"type": "earning"} | wanted}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_case_comes_out_to_the_cent(path: Path) -> None:
    (case,) = read_documents(path.read_bytes(), path=path.name, cap=TABLE_CAP)
    version, expect = _version(case["plan"]), case["expect"]
    if "refused" in expect:
        with pytest.raises(RefusedError, match=expect["refused"]):
            _credits(1, case["deals"][0])
        return
    beside = case.get("beside", "")
    credits = [credit for place, deal in enumerate(case["deals"]) for credit in _credits(place, deal, beside)]
    totals = {
        TotalKey(t["payee"], version.plan, t["measure"], t["window"], version.currency): parse_amount(
            t["total"], version.currency
        )
        for t in case.get("before", [])
    }
    plans = {(credit.payee, credit.event.signed): (version,) for credit in credits}
    payees = {node: _payee(node, said) for node, said in case.get("payees", {}).items()}
    lines = pay(credits, plans, totals, calendar=Calendar(), payees=payees).lines
    wanted = [{"type": "earning"} | line for line in expect["lines"]]
    assert len(lines) == len(wanted)
    assert [_as_told(line, said) for line, said in zip(lines, wanted, strict=True)] == wanted
    sums: Counter[str] = Counter()
    for line in lines:
        sums[line.payee] += line.amount
    shown = {payee: show_amount(sums[payee], version.currency) for payee in sums}
    assert shown == expect.get("totals", shown)
    assert [check_line(line) for line in lines] == [None] * len(lines)


def test_every_case_names_its_source() -> None:
    read = [read_documents(path.read_bytes(), path=path.name, cap=TABLE_CAP)[0] for path in CASES]
    assert len(read) >= 45
    assert all(case["source"] and case["provenance"] for case in read)
