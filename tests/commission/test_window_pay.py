"""Is a window paid once, at the figures where it ended: goals, pools, contests and their ties, to the cent?"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesrepo.commission.booked.line import book, read_line
from salesrepo.commission.explain.line import check_line
from salesrepo.commission.lines import Desk
from salesrepo.commission.lookups import Among, Member, RecordedQuota
from salesrepo.commission.pool import share_lines
from salesrepo.commission.share_out import Sharer
from salesrepo.commission.values import Exchange, Payee, TotalKey
from salesrepo.commission.version import PlanVersion
from salesrepo.commission.window_pay import WindowClose, closing_facts, pay_window, window_ending
from salesrepo.domain.kinds.plan import Limit, Point, Quota, RateRule, Step, Table, Target
from salesrepo.domain.kinds.plan_counts import CreditRule, Measure, Ranking
from salesrepo.domain.kinds.plan_pay import ShareOut
from salesrepo.domain.kinds.plan_when import Range
from salesrepo.domain.period import Span
from salesrepo.domain.statement import LineItem, LineType
from tests.commission.samples import CALENDAR, COMMIT, component, plan, version

CLOSED = date(2027, 4, 2)
MARCH = CALENDAR.named("2027-03")
Q1 = CALENDAR.named("2027-q1")


class Recorded:
    """Figures, quotas and colleagues as a test states them."""

    def __init__(self, *field: str, quotas: Mapping[str, str] | None = None, unit: str = "EUR") -> None:
        self.field = field
        self.quotas = quotas
        self.unit = unit

    def metric(self, metric: str, window: str) -> Mapping[str, Fraction] | None:
        return None

    def quota(self, quota: str, window: str) -> RecordedQuota | None:
        amounts = {node: Fraction(amount) for node, amount in (self.quotas or {}).items()}
        return RecordedQuota(self.unit, amounts) if self.quotas is not None and window == "2027-q1" else None

    def among(self, who: Among, payee: str, plan: str, day: date) -> tuple[str, ...]:
        return self.field

    def members(self, team: str, day: date) -> tuple[Member, ...]:
        return ()


def _rows(by: str, *rows: dict[str, str]) -> RateRule:
    return RateRule(table=Table(by=by, mode="all", steps=tuple(Step(**row) for row in rows)))


def _totals(by: PlanVersion, window: str, **reached: int) -> dict[TotalKey, int]:
    measure = by.components[0].measure
    return {TotalKey(node, by.plan, measure.name, window, measure.unit): total for node, total in reached.items()}


def _pay(
    by: PlanVersion, node: str, window: Any = Q1, *, recorded: Recorded | None = None, **reached: int
) -> LineItem | None:
    closing = WindowClose(CLOSED, COMMIT, _totals(by, window.id, **reached), CALENDAR, recorded or Recorded())
    return pay_window(
        by.components[0], by, Payee(node, date(2026, 1, 1)), window, desk=Desk(CALENDAR, {}), closing=closing
    )


def _amounts(by: PlanVersion, window: Any, **reached: int) -> dict[str, int]:
    found = {node: _pay(by, node, window, recorded=Recorded(*reached), **reached) for node in reached}
    lines = [line for line in found.values() if line is not None]
    assert [check_line(line) for line in lines] == [None] * len(found)
    assert [read_line(book(line)) for line in lines] == lines
    return {line.payee: line.amount for line in lines}


TOGETHER = {"together": Quota(measure="sales", over="quarter", amount="300000.00")}
POOL = version(
    plan(
        component(
            _rows(
                "attainment.together",
                {"at_least": "0%", "rate": "0%"},
                {"at_least": "100%", "rate": "1.5%"},
                {"at_least": "120%", "rate": "2%"},
            ),
            name="pool",
            over="quarter",
            lines="window",
            share_out=ShareOut(by="equal", leftover="first", when={"attainment_final.own": Range(at_least="50%")}),
        ),
        plan="constellation-pool",
        paid="quarter",
        quotas=TOGETHER,
        measures={"sales": Measure(event="won", credit=CreditRule(role="closer", of="members"), value="acv")},
    )
)
OWN = version(plan(component("5%"), quotas={"own": Quota(measure="sales", over="quarter", amount="records")}))


def test_a_pool_is_one_line_shared_among_who_reached_half_of_their_own_quota() -> None:
    desk = Desk(CALENDAR, {})
    totals = _totals(POOL, "2027-q1", south=40_000_025) | _totals(OWN, "2027-q1", ana=50_000, ben=90_000, cem=70_000)
    quotas = {"ana": "100000", "ben": "100000", "cem": "100000", "dora": "100000"}
    closing = WindowClose(CLOSED, COMMIT, totals, CALENDAR, Recorded(quotas=quotas))
    pool = pay_window(POOL.components[0], POOL, Payee("south"), Q1, desk=desk, closing=closing)
    assert pool is not None
    assert (pool.amount, pool.deal, pool.event, pool.credit, pool.moved) == (800_001, "", "period-2027-q1", None, ())
    assert (pool.key, pool.event_on) == ("- period-2027-q1 south pool 2026-01-01 1", date(2027, 3, 31))
    assert pool.because == (
        "The window has 400,000.25 EUR of sales and takes together of 2027-q1 from 0% to 133.33% of quota: "
        "400,000.25 at 2% make 8,000.01 EUR."
    )
    members = [
        Sharer(node, facts=closing_facts(Payee(node), OWN, date(2027, 3, 31), closing), paid=Span.MONTH)
        for node in ("ana", "ben", "cem", "dora", "eve")
    ]
    lines = share_lines(pool, POOL.components[0], members, desk=desk)
    assert [(line.payee, line.amount) for line in lines] == [
        ("south", -800_001),
        ("ana", 266_667),
        ("ben", 266_667),
        ("cem", 266_667),
    ]
    assert [check_line(line) for line in desk.lines] == [None] * 5 and len(desk.lines) == 5


@pytest.mark.parametrize(("sold", "pool"), [(2_000_000, 20_000), (1_999_999, 0)])
def test_a_month_that_reaches_its_goal_fills_the_pool(sold: int, pool: int) -> None:
    # corecommissions.com: if the month reaches 20,000, 1 % of that revenue is the pool
    rows = _rows("base", {"at_least": "0", "rate": "0%"}, {"at_least": "20000", "rate": "1%"})
    by = version(plan(component(rows, over="month", lines="window"), currency="USD"))
    assert _amounts(by, MARCH, team=sold) == {"team": pool}


def test_a_goal_bonus_on_a_curve_is_paid_once() -> None:
    points = [("0%", "0%"), ("70%", "0%"), ("100%", "100%"), ("150%", "200%")]
    curve = Table(
        by="attainment.team", mode="all", points=tuple(Point(at=at, target=pays) for at, pays in points), beyond="hold"
    )
    by = version(
        plan(
            component(RateRule(table=curve), over="quarter", lines="window"),
            paid="quarter",
            target=Target(amount="9000.00", per="quarter"),
            quotas={"team": Quota(measure="sales", over="quarter", amount="500000.00")},
        )
    )
    assert _amounts(by, Q1, mia=45_000_000, nil=0) == {"mia": 600_000, "nil": 0}


def _contest(ties: str = "better", measure: Any = "units", missing: str = "worst", **fields: Any) -> PlanVersion:
    prizes = _rows(
        "rank.race",
        {"at_least": "1", "flat": "1000.00"},
        {"at_least": "2", "flat": "500.00"},
        {"at_least": "3", "flat": "250.00"},
        {"at_least": "4", "flat": "0.00"},
    )
    held: dict[str, Any] = {
        "over": "month",
        "lag": 0,
        "among": "plan",
        "best": "highest",
        "groups": "places",
        "ties": ties,
        "missing": missing,
        "measure": "scanners",
    }
    scanners = Measure(event="won", credit=CreditRule(role="closer", of="own"), value=measure)
    return version(
        plan(
            component(prizes, measure="scanners", over="month", lines="window", **fields),
            measures={"scanners": scanners},
            rankings={"race": Ranking(**held)},
        )
    )


RACE = {"a": 9, "b": 9, "c": 4, "d": 2}


def test_equals_share_the_better_place_of_a_contest() -> None:
    assert _amounts(_contest(), MARCH, **RACE) == {"a": 100_000, "b": 100_000, "c": 25_000, "d": 0}


def test_equals_may_pool_the_prizes_of_the_places_that_they_fill() -> None:
    by = _contest("split")
    assert _amounts(by, MARCH, **RACE) == {"a": 75_000, "b": 75_000, "c": 25_000, "d": 0}
    assert _amounts(by, MARCH, a=3, b=3, c=3, d=3) == {"a": 43_750, "b": 43_750, "c": 43_750, "d": 43_750}
    assert _amounts(by, MARCH, a=9, b=5, c=5, d=5) == {"a": 100_000, "b": 25_000, "c": 25_000, "d": 25_000}
    assert _amounts(by, MARCH, a=9, b=8, c=7, d=1, e=1, f=1) == {
        "a": 100_000,
        "b": 50_000,
        "c": 25_000,
    } | dict.fromkeys("def", 0)
    line = _pay(by, "b", MARCH, recorded=Recorded(*RACE), **RACE)
    assert line is not None and line.slices[0].rate == "1000.00 + 500.00 in 2 parts"


def test_odd_cents_of_pooled_prizes_go_to_the_first_nodes() -> None:
    by = _contest("split")
    assert _amounts(by, MARCH, c=5, a=5, b=5) == {"a": 58_334, "b": 58_333, "c": 58_333}


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 4), min_size=1))
def test_split_prizes_cost_what_the_places_are_worth(reached: dict[str, int]) -> None:
    paid = _amounts(_contest("split"), MARCH, **reached)
    assert sum(paid.values()) == sum((100_000, 50_000, 25_000)[: len(reached)])
    assert all(paid[low] <= paid[high] + 1 for low in reached for high in reached if reached[low] <= reached[high])


def test_who_sold_nothing_has_the_place_that_the_plan_says() -> None:
    field = Recorded("a", "b", "c")
    lines = [_pay(_contest(), node, MARCH, recorded=field, a=9, b=0) for node in "abc"]
    assert [line.amount for line in lines if line] == [100_000, 50_000, 25_000]
    lines = [_pay(_contest(missing="0"), node, MARCH, recorded=field, a=9, b=0) for node in "abc"]
    assert [line.amount for line in lines if line] == [100_000, 50_000, 50_000]


def test_a_recorded_quota_that_is_not_there_is_waited_for() -> None:
    rows = _rows("attainment.own", {"at_least": "0%", "rate": "1%"}, {"at_least": "100%", "rate": "2%"})
    quotas = {"own": Quota(measure="sales", over="quarter", amount="records")}
    by = version(plan(component(rows, over="quarter", lines="window"), quotas=quotas))
    for recorded in (Recorded(), Recorded(quotas={"ben": "1"}), Recorded(quotas={"ana": "1"}, unit="USD")):
        line = _pay(by, "ana", recorded=recorded, ana=500)
        assert line is not None
        assert (line.type, line.needs) == (LineType.PENDING, "A quota own of ana for 2027-q1.")
        assert line.because == (
            "commission of plan rep cannot be paid for 2027-q1 yet: something that it rests on is missing."
        )
    line = _pay(by, "ana", recorded=Recorded(quotas={"ana": "500"}), ana=500)
    assert line is not None and line.amount == 10


def test_a_component_may_pay_some_payees_only_and_within_limits() -> None:
    asked = {"payee.grade": "senior"}
    by = version(
        plan(
            component(
                "10%",
                over="month",
                lines="window",
                when=asked,
                limits=(Limit(per="year", max="5.00", excess="lost"),),
            )
        )
    )
    totals = _totals(by, "2027-03", ana=9_000)
    closing = WindowClose(CLOSED, COMMIT, totals, CALENDAR)
    desk = Desk(CALENDAR, {})
    assert pay_window(by.components[0], by, Payee("ana"), MARCH, desk=desk, closing=closing) is None
    senior = Payee("ana", facts={"grade": "senior"})
    dollars = Exchange("EUR", "USD", (2, 1), CLOSED, "ecb")
    line = pay_window(by.components[0], by, senior, MARCH, desk=desk, closing=closing, pay_exchange=dollars)
    assert line is not None and (line.amount, line.currency, line.calculated) == (1_000, "USD", 900)
    again = pay_window(by.components[0], by, senior, MARCH, desk=desk, closing=closing)
    assert again is not None and again.amount == 0


def test_a_window_is_paid_with_the_month_that_ends_it() -> None:
    quarterly, monthly = POOL.components[0], _contest().components[0]
    months = [CALENDAR.named(f"2027-{month:02}") for month in range(1, 4)]
    assert [window_ending(quarterly, month, CALENDAR) for month in months] == [None, None, Q1]
    assert [window_ending(monthly, month, CALENDAR) for month in months] == months
    assert window_ending(OWN.components[0], MARCH, CALENDAR) is None


def test_a_payee_in_another_currency_waits_for_its_rate() -> None:
    by = version(plan(component("10%", over="month", lines="window"), pay_in="payee"))
    closing = WindowClose(CLOSED, COMMIT, _totals(by, "2027-03", ana=9_000), CALENDAR)
    line = pay_window(
        by.components[0], by, Payee("ana", currency="USD"), MARCH, desk=Desk(CALENDAR, {}), closing=closing
    )
    assert line is not None and line.needs == "An exchange rate from EUR to USD for 2027-03-31."
