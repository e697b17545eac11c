"""Are the odd corners of a window paid as the plan says: rules that differ, limits, curves that end, corrections?"""

from fractions import Fraction
from typing import Any

import pytest

from salesrepo.commission.explain.line import check_line, explain
from salesrepo.commission.values import TotalKey
from salesrepo.commission.version import PlanVersion
from salesrepo.domain.kinds.plan import Choice, Factor, Limit, Point, Quota, Rated, RateRule, Step, Table, Target
from salesrepo.domain.kinds.plan_counts import CreditRule, Measure
from salesrepo.domain.kinds.plan_when import Range
from salesrepo.domain.statement import LineItem, LineType
from tests.commission.samples import DAY, component, corrected, plan, sales, settle, version

GOAL = {"goal": Quota(measure="sales", over="month", amount="1000.00")}
TARGET = Target(amount="100.00", per="month")
PRIZE = Table(
    by="attainment.goal", mode="all", steps=(Step(at_least="0%", flat="0"), Step(at_least="100%", flat="50.00"))
)


def by_rates(rate: Any, **fields: Any) -> PlanVersion:
    return version(plan(component(rate, **({"over": "month"} | fields)), quotas=GOAL, target=TARGET))


def rows(*steps: tuple[str, str], **fields: Any) -> Table:
    held = tuple(Step(at_least=bound, rate=rate) for bound, rate in steps)
    return Table(**({"by": "base", "mode": "all", "steps": held} | fields))


def of_deals(lines: tuple[LineItem, ...]) -> list[tuple[str, int]]:
    return [(line.deal, line.amount) for line in lines]


def test_a_sum_that_is_reached_counts_nothing_that_another_rule_paid() -> None:
    first = (
        Choice(name="pieces", when={"category": "pieces"}, pays="5%"),
        Choice(name="prizes", otherwise=Rated(table=PRIZE)),
    )
    by = by_rates(RateRule(first=first))
    pieces = sales(90_000, facts={"category": "pieces"})
    others = [c._replace(event=c.event._replace(deal="deal-002", place=2)) for c in sales(20_000)]
    assert of_deals(settle([*pieces, *others], by).lines) == [("deal-001", 4_500), ("deal-002", 5_000)]


def test_a_sum_by_what_each_deal_has_is_paid_to_each() -> None:
    table = Table(by="discount", mode="all", steps=(Step(at_least="0%", flat="9.00"), Step(above="10%", flat="4.00")))
    speed = Factor(
        name="speed", table=Table(by="base", mode="all", steps=(Step(at_least="0", times="1x"),))
    )  # which makes the component look back
    by = by_rates(RateRule(table=table), factors=(speed,))
    lines = settle(sales(1_000, 2_000, facts={"discount": Fraction(1, 10)}), by).lines
    assert of_deals(lines) == [("deal-001", 900), ("deal-002", 900)]
    assert "9.00, times 100% (speed) make 9.00 EUR" in lines[1].because


def test_what_was_reached_is_said_with_what_was_paid_for_it() -> None:
    curve = Table(
        by="attainment.goal",
        mode="all",
        points=(Point(at="0%", target="0%"), Point(at="100%", target="100%")),
        beyond="hold",
    )
    lines = settle(sales(30_000, 60_000), by_rates(RateRule(table=curve))).lines
    assert of_deals(lines) == [("deal-001", 3_000), ("deal-002", 6_000)]
    assert lines[1].because == (
        "All of 600.00 EUR as closer counts and takes goal of 2026-03 from 30% to 90% of quota: what is reached "
        "(between 0% of target and 100% of target) is worth 90.00, less 30.00 that the window was paid, make 60.00 EUR."
    )
    assert "amount: 90.00 rounded, less 30.00 paid before = 60.00" in explain(lines[1])
    assert "once x 90.00" in explain(lines[1])
    assert "exact sum should be" in str(check_line(lines[1]._replace(exact=(9_999, 1))))


def test_beyond_a_curve_that_refuses_a_person_is_asked_and_the_figure_still_counts() -> None:
    curve = Table(
        by="base", mode="all", points=(Point(at="0", rate="1%"), Point(at="1000", rate="2%")), beyond="refuse"
    )
    by = by_rates(RateRule(table=curve))
    booked = settle(sales(50_000, 60_000), by)
    assert [(line.type, line.amount) for line in booked.lines] == [
        (LineType.EARNING, 750),
        (LineType.PENDING, 0),
        (LineType.EARNING, 0),
    ]
    assert "beyond the last point (base)" in str(booked.lines[1].needs)
    assert set(booked.totals.values()) == {110_000}
    lines, done = corrected(by, booked, "deal-002")
    assert [line.type for line in lines] == [LineType.REVERSAL, LineType.REVERSAL]
    assert set(done.totals.values()) == {50_000}


def test_taking_back_within_a_window_that_cannot_be_rated_leaves_it_as_it_is() -> None:
    curve = Table(
        by="base", mode="all", points=(Point(at="0", rate="1%"), Point(at="1000", rate="2%")), beyond="refuse"
    )
    by = by_rates(RateRule(table=curve))
    booked = settle(sales(10_000, 20_000, 150_000), by)
    lines, _ = corrected(by, booked, "deal-001")
    assert {line.deal for line in lines} == {"deal-001"}
    assert sum(line.amount for line in (*booked.lines, *lines) if line.deal == "deal-001") == 0


def test_an_amended_deal_may_use_again_what_it_had_of_a_limit() -> None:
    by = by_rates(
        "10%", limits=(Limit(per="month", max="100.00", excess="lost"), Limit(per="year", times=1)), over=None
    )
    booked = settle(sales(120_000), by)
    assert of_deals(booked.lines) == [("deal-001", 10_000)]
    lines, done = corrected(by, booked, "deal-001", *sales(90_000))
    assert of_deals(lines) == [("deal-001", -10_000), ("deal-001", 9_000)]
    month = TotalKey("ana", "rep", "commission.1", "2026-03", "EUR")
    year = TotalKey("ana", "rep", "commission.2", "2026", "")
    assert (done.totals[month], done.totals[year]) == (9_000, 1)


def test_what_was_carried_goes_back_with_its_deal() -> None:
    by = by_rates("10%", limits=(Limit(per="month", max="100.00", excess="carried"),), over=None)
    booked = settle(sales(120_000), by)
    kept = TotalKey("ana", "rep", "commission.1.carried", "always", "EUR")
    assert booked.totals[kept] == 2_000
    _, done = corrected(by, booked, "deal-001")
    assert set(done.totals.values()) == {0}


def test_a_true_up_belongs_to_its_deal_s_limits() -> None:
    """The first deal is held to 90 whatever it is paid in parts; what it got cannot be raised to a minimum again."""
    limits = (Limit(per="event", max="90.00", excess="lost"), Limit(per="event", min="60.00"))
    by = by_rates(RateRule(table=rows(("0", "5%"), ("1500.00", "10%"))), limits=limits)
    booked = settle(sales(140_000, 20_000), by)
    assert of_deals(booked.lines) == [("deal-001", 7_000), ("deal-002", 6_000), ("deal-001", 2_000)]
    assert [check_line(line) for line in booked.lines] == [None] * 3


def test_a_true_up_uses_the_limit_of_the_month_in_which_its_deal_was_won() -> None:
    march, april = DAY.replace(month=4), DAY.replace(month=5)
    by = by_rates(
        RateRule(table=rows(("0", "5%"), ("1000.00", "10%"))),
        over="year",
        limits=(Limit(per="month", max="60.00", excess="lost"),),
    )
    due = [
        c._replace(event=c.event._replace(signed=day))
        for c, day in zip(sales(80_000, 30_000), (march, april), strict=True)
    ]
    booked = settle(due, by)
    assert of_deals(booked.lines) == [("deal-001", 4_000), ("deal-002", 3_000), ("deal-001", 2_000)]
    used = {key.window: total for key, total in booked.totals.items() if key.measure == "commission.1"}
    assert used == {"2026-04": 6_000, "2026-05": 3_000}


def test_a_bonus_is_taken_down_by_the_factor_that_holds_without_the_deal() -> None:
    speed = Table(by="base", mode="all", steps=(Step(at_least="0", times="1x"), Step(at_least="2000", times="2x")))
    by = by_rates(RateRule(table=PRIZE), factors=(Factor(name="speed", table=speed),))
    booked = settle(sales(150_000, 90_000), by)
    assert of_deals(booked.lines) == [("deal-001", 5_000), ("deal-002", 5_000)]
    lines, _ = corrected(by, booked, "deal-001")
    assert of_deals(lines) == [("deal-001", -5_000), ("deal-002", -5_000)]


def test_all_means_the_row_that_is_reached_also_after_a_credit_note() -> None:
    booked = settle(sales(60_000, -20_000), by_rates(RateRule(table=rows(("0", "5%"), ("500", "10%")))))
    assert of_deals(booked.lines) == [("deal-001", 6_000), ("deal-002", -1_000), ("deal-001", -3_000)]


def test_a_value_that_deals_do_not_record_is_named() -> None:
    arr = Measure(event="won", credit=CreditRule(role="closer", of="own"), value="arr")
    by = version(plan(component("5%"), measures={"sales": arr}))
    booked = settle(sales(1_000), by)
    assert booked.lines == ()
    assert "commission counts arr, which the deal does not record" in booked.passed[0].because


def test_a_figure_that_moves_and_pays_nothing_has_its_line() -> None:
    by = version(plan(component("5%", when={"category": "goods"}), quotas=GOAL))
    (line,) = settle(sales(70_000, facts={"category": "services"}), by).lines
    assert (line.amount, line.component, line.exact) == (0, None, None)
    assert line.because == (
        "Counts 700.00 towards sales of 2026-03; plan rep pays nothing for this: "
        "commission pays category goods, not services."
    )
    assert check_line(line) is None
    booked = settle(sales(70_000, facts={"category": "services"}), by)
    _, done = corrected(by, booked, "deal-001")
    assert set(done.totals.values()) == {0}


@pytest.mark.parametrize(("word", "fit"), [("at_least", [10, 11]), ("above", [11]), ("up_to", [9, 10]), ("below", [9])])
def test_a_bound_of_a_condition_belongs_to_it_as_its_word_says(word: str, fit: list[int]) -> None:
    by = version(plan(component("5%", when={"units": Range(**{word: "10"})})))
    assert [units for units in (9, 10, 11) if settle(sales(1_000, values={"units": units}), by).lines] == fit


@pytest.mark.parametrize(("kind", "pays"), [("new", True), ("upsell", True), ("renewal", False), (None, False)])
def test_one_of_several_conditions_is_enough_and_an_exclusion_is_not_missing(kind: str | None, pays: bool) -> None:
    when = ({"kind": ("new",), "signed": "2026-03-10"}, {"kind": Range(none_of=("new", "renewal"))})
    by = version(plan(component("5%", when=when)))
    assert bool(settle(sales(1_000, facts={"kind": kind} if kind else {}), by).lines) is pays
