"""Is what a deal would pay what it pays once it is won, and is nothing written on the way?"""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.statement import LineItem
from salesrepo.errors import RefusedError
from salesrepo.flows.books.estimate import Estimate, estimate
from salesrepo.flows.books.foreseen import Place, foresee
from salesrepo.flows.books.settle import PlainLedger, settle
from salesrepo.store.ledger import Ledger
from salesrepo.store.snapshot import parse
from salesrepo.vcs.objects import Objects
from tests.helpers.company import Company, build_company, deal, flat_plan, node, product, tier_plan

PEOPLE = {**node("ana", forge_id=1), **node("ben", forge_id=2)}
DAY = date(2017, 3, 9)
NOW = datetime(2017, 3, 9, 12, tzinfo=UTC)


def company(tmp_path: Path, plan: dict[str, str]) -> Company:
    return build_company(tmp_path / "master.git", {**PEOPLE, **plan, **product()})


def read(files: dict[str, str]) -> Deal:
    ((path, text),) = files.items()
    return parse(DEAL, text.encode(), path=path)[0]


def foretold(of: Company, files: dict[str, str]) -> Estimate:
    return estimate(Place(of.git_dir, of.main, of.ledger), read(files), now=NOW)


def booked(of: Company, name: str) -> tuple[LineItem, ...]:
    with Objects(of.git_dir) as objects:
        return Ledger(objects, of.ledger).of_deal(name).lines


def anywhere(lines: tuple[LineItem, ...]) -> list[LineItem]:
    """Lines without the one thing that only the real merge has: its id."""
    return [line._replace(deal_commit="") for line in lines]


SHARES = st.sampled_from([{"ana": "100%"}, {"ana": "70%", "ben": "30%"}, {"ben": "100%"}])
SALES = st.lists(st.tuples(st.integers(1, 4_000), SHARES, st.integers(1, 9)), min_size=1, max_size=3)
SWALLOWING = """    over: month
    rate:
      table:
        by: base
        mode: all
        steps:
          - {at_least: "0", rate: 5%}
          - {at_least: "2000", rate: 8%}
    limits: [{max: "300.00", per: month, excess: lost}]
"""


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sales=SALES, settled_first=st.booleans())
def test_an_estimate_is_what_is_booked_once_it_is_won(
    tmp_path_factory: pytest.TempPathFactory, sales: list[tuple[int, dict[str, str], int]], settled_first: bool
) -> None:
    plan = {path: text.replace("    rate: 0%\n", SWALLOWING) for path, text in flat_plan("0%").items()}
    acme = company(tmp_path_factory.mktemp("acme"), plan)
    for number, (amount, shares, day) in enumerate(sales):
        won = deal(f"d-acme.com-{number}", str(amount), credits=shares, signed=f"2017-03-0{day}")
        told = foretold(acme, won)
        if settled_first:
            settle(PlainLedger(acme.git_dir))
        assert anywhere(told.lines) == anywhere(foretold(acme, won).lines)
        acme.merge(won, on=DAY)
        before = {line.key for line in told.lines}
        settle(PlainLedger(acme.git_dir))
        with Objects(acme.git_dir) as objects:
            ledger = Ledger(objects, acme.ledger)
            files = [file for who in ("ana", "ben") for file in ledger.batches(who)]
            keys = {line.key for file in files for line in ledger.batch(file).lines}
        assert before <= keys
        mine = [line for line in told.lines if line.deal == f"d-acme.com-{number}"]
        assert anywhere(tuple(mine)) == anywhere(booked(acme, f"d-acme.com-{number}"))


def test_nothing_is_left_where_the_company_s_records_lie(tmp_path: Path) -> None:
    acme = company(tmp_path, flat_plan())
    before = sorted(path for path in acme.git_dir.rglob("*"))
    foretold(acme, deal("d-acme.com-1"))
    assert sorted(path for path in acme.git_dir.rglob("*")) == before


def test_the_next_row_is_told_in_money(tmp_path: Path) -> None:
    acme = company(tmp_path, tier_plan(("0", "5%"), ("1500", "8%"), ("4000", "10%")))
    acme.merge(deal("d-acme.com-1", "1000"), on=DAY)  # won and not booked yet
    told = foretold(acme, deal("d-acme.com-2", "200"))
    assert [(line.deal, line.amount) for line in told.lines] == [("d-acme.com-2", 1000)]
    assert [(x.payee, x.of, x.window, x.missing, x.pays) for x in told.ahead] == [
        ("ana", "commission", "2017-03", 30000, "8%")
    ]
    assert not foretold(acme, deal("d-acme.com-2", "9000")).ahead


def test_a_table_by_attainment_tells_the_money_of_its_quota(tmp_path: Path) -> None:
    rate = """    quota: sales
    over: year
    rate:
      table:
        by: attainment.sales
        mode: slice
        steps:
          - {at_least: 0%, rate: 5%}
          - {above: 50%, rate: 8%}
"""
    quota = 'quotas:\n  sales: {measure: sales, over: year, amount: "6000.00"}\ncomponents:\n'
    plan = {path: text.replace("    rate: 0%\n", rate) for path, text in flat_plan("0%").items()}
    acme = company(tmp_path, {path: text.replace("components:\n", quota) for path, text in plan.items()})
    told = foretold(acme, deal("d-acme.com-1", "1000"))
    assert [(x.missing, x.pays, x.quota, x.window) for x in told.ahead] == [(200001, "8%", 600000, "2017")]


def test_earlier_deals_of_the_window_are_told_too(tmp_path: Path) -> None:
    plan = {path: text.replace("    rate: 0%\n", SWALLOWING) for path, text in flat_plan("0%").items()}
    acme = company(tmp_path, plan)
    acme.merge(deal("d-acme.com-1", "1000"), on=DAY)
    told = foretold(acme, deal("d-acme.com-2", "1000"))
    assert {line.deal: line.amount for line in told.lines} == {"d-acme.com-1": 3000, "d-acme.com-2": 8000}
    assert [(change.payee, change.earned) for change in told.changes] == [("ana", 11000)]
    held = foretold(acme, deal("d-acme.com-2", "9000"))
    assert any("held to" in line.because for line in held.lines)
    assert [(change.payee, change.earned) for change in held.changes] == [("ana", 25000)]


def test_an_amended_deal_changes_pay_by_the_difference(tmp_path: Path) -> None:
    acme = company(tmp_path, flat_plan())
    acme.merge(deal("d-acme.com-1"), on=DAY)
    told = foretold(acme, deal("d-acme.com-1", "1500", credits={"ana": "50%", "ben": "50%"}))
    assert [(x.payee, x.earned, x.held) for x in told.changes] == [("ana", -2500, 0), ("ben", 7500, 0)]


def test_what_a_window_comes_to_is_told_as_if_it_closed_now(tmp_path: Path) -> None:
    plan = tier_plan(("0", "5%"), ("1500", "8%"))
    acme = company(tmp_path, {path: text.replace("lines: event", "lines: window") for path, text in plan.items()})
    acme.merge(deal("d-acme.com-1"), on=DAY)
    told = foretold(acme, deal("d-acme.com-2"))
    assert told.changes == ()
    # 1,000 at 5 % without it; 1,500 at 5 % and 500 at 8 % with it.
    assert [(x.payee, x.component, x.window, x.without, x.amount) for x in told.at_close] == [
        ("ana", "commission", "2017-03", 5000, 11500)
    ]
    assert not foretold(acme, deal("d-acme.com-2", "0")).at_close


def test_what_is_held_back_is_told_apart(tmp_path: Path) -> None:
    parts = "release: [{share: 40%, at: earned}, {share: 60%, in_proportion_to: cash}]"
    plan = {path: text.replace("release: at_once", parts) for path, text in flat_plan().items()}
    acme = company(tmp_path, plan)
    told = foretold(acme, deal("d-acme.com-1"))
    assert [(x.earned, x.payable, x.held) for x in told.changes] == [(10000, 4000, 6000)]
    acme.merge(deal("d-acme.com-1"), on=DAY)
    back = foretold(acme, deal("d-acme.com-1", stage="proposal"))
    assert [(x.earned, x.payable, x.held) for x in back.changes] == [(-10000, -4000, -6000)]


def test_who_waits_for_a_plan_is_told(tmp_path: Path) -> None:
    people = {**node("ana"), **node("ben", plan=None, forge_id=2)}
    acme = build_company(tmp_path / "master.git", {**people, **flat_plan(), **product()})
    told = foretold(acme, deal("d-acme.com-1", credits={"ana": "50%", "ben": "50%"}))
    assert told.planless == ("ben",)
    assert [(x.payee, x.earned, x.waits) for x in told.changes] == [
        ("ana", 5000, ()),
        ("ben", 0, ("A plan for ben that holds on that day.",)),
    ]


def test_shares_that_do_not_sum_up_are_refused(tmp_path: Path) -> None:
    acme = company(tmp_path, flat_plan())
    with pytest.raises(RefusedError, match="sum to 50%"):
        foretold(acme, deal("d-acme.com-1", credits={"ana": "50%"}))


def test_a_short_word_on_pay_does_not_book_a_whole_history(tmp_path: Path) -> None:
    acme = company(tmp_path, flat_plan())
    acme.merge(deal("d-acme.com-1"), on=DAY)
    with pytest.raises(RefusedError, match="More than 1 merges are not booked yet"):
        foresee(Place(acme.git_dir, acme.main, None), {}, when=0, most=1)
