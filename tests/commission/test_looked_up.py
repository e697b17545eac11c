"""Do rates follow imported figures, places and quotas, and wait where nobody has recorded them?"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from salesrepo.commission.lack import LackError
from salesrepo.commission.looked_up import window_before
from salesrepo.commission.lookups import NOTHING, Among, Lookups, Member, RecordedQuota
from salesrepo.commission.rating import earned
from salesrepo.commission.standing import standing_of
from salesrepo.commission.values import DatedFact, Payee
from salesrepo.commission.version import PlanVersion
from salesrepo.domain.kinds.plan import Factor, Quota, RateRule, Step, Table, Target
from salesrepo.domain.kinds.plan_counts import Metric, Ranking
from salesrepo.domain.kinds.plan_when import Range
from salesrepo.domain.period import Span
from tests.commission.samples import CALENDAR, component, credits, event, plan, version

SPRING = date(2027, 5, 3)  # in the second quarter
Figures = Mapping[tuple[str, str], Mapping[str, str]]


class Recorded:
    """Figures by metric and window, quotas by quota and window, and who stands beside whom, as a test states them."""

    def __init__(self, figures: Figures, quotas: Figures | None = None, *field: str) -> None:
        self.figures = figures
        self.quotas = quotas or {}
        self.field = field
        self.asked: list[tuple[Among, date]] = []

    def metric(self, metric: str, window: str) -> Mapping[str, Fraction] | None:
        found = self.figures.get((metric, window))
        return None if found is None else {node: Fraction(figure) for node, figure in found.items()}

    def quota(self, quota: str, window: str) -> RecordedQuota | None:
        found = self.quotas.get((quota, window))
        return None if found is None else RecordedQuota("EUR", {node: Fraction(text) for node, text in found.items()})

    def among(self, who: Among, payee: str, plan: str, day: date) -> tuple[str, ...]:
        self.asked.append((who, day))
        return self.field

    def members(self, team: str, day: date) -> tuple[Member, ...]:
        return ()


def _rows(by: str, *rows: tuple[str, str], cell: str = "rate") -> Table:
    steps = tuple(
        Step(**{"above" if at[0] == ">" else "at_least": at.lstrip(">"), cell: pays})  # type: ignore[arg-type]
        for at, pays in rows
    )
    return Table(by=by, mode="all", steps=steps)


def _paid(by: PlanVersion, node: str, amount: int, lookups: Lookups, payee: Payee | None = None) -> Fraction:
    (credit,) = credits(event(amount, signed=SPRING), **{node: "100%"})
    totals: dict[Any, int] = {}
    standing = standing_of(
        credit, by, payee or Payee(node), calendar=CALENDAR, totals=totals, entered={}, lookups=lookups
    )
    (part,) = by.components
    return earned(part, standing, standing.bases["sales"]).exact


def _by_conversion(missing: str = "20%", *rows: tuple[str, str]) -> PlanVersion:
    quality = _rows("metric.conversion", *(rows or (("0%", "0.5x"), ("15%", "1x"), (">30%", "1.4x"))), cell="times")
    part = component("0.4%", over="each", factors=(Factor(name="quality", table=quality),))
    return version(plan(part, metrics={"conversion": Metric(over="quarter", lag=1, missing=missing)}))


@pytest.mark.parametrize(
    ("figure", "paid"), [("0.32", 33_600), ("0.30", 24_000), ("0.15", 24_000), ("0.1499", 12_000), ("", 24_000)]
)
def test_pipeline_is_worth_what_became_of_last_quarters_leads(figure: str, paid: int) -> None:
    recorded = Recorded({("conversion", "2027-q1"): {"sam": figure} if figure else {"ben": "0"}})
    assert _paid(_by_conversion(), "sam", 6_000_000, recorded) == paid


def test_a_quarter_that_nobody_recorded_is_waited_for() -> None:
    recorded = Recorded({("conversion", "2027-q2"): {"sam": "1"}})
    with pytest.raises(LackError, match=r"^The figures of conversion for 2027-q1\.$"):
        _paid(_by_conversion(), "sam", 6_000_000, recorded)
    with pytest.raises(LackError):
        _paid(_by_conversion(), "sam", 6_000_000, NOTHING)


def test_a_figure_that_is_no_share_is_written_as_a_number() -> None:
    by = _by_conversion("0.5", ("0", "1x"), ("0.8", "2x"))
    recorded = Recorded({("conversion", "2027-q1"): {"sam": "0.8"}})
    assert (_paid(by, "sam", 1_000, recorded), _paid(by, "ana", 1_000, recorded)) == (8, 4)


def _by_churn(ties: Any = "better", missing: Any = "worst") -> PlanVersion:
    rows = _rows("rank.churn", ("1", "4x"), ("2", "3x"), ("3", "2x"), ("4", "1x"))
    churn = Ranking(
        metric="churn", over="quarter", lag=1, among="plan", best="lowest", groups="4", ties=ties, missing=missing
    )
    return version(plan(component(RateRule(table=rows), over="each"), rankings={"churn": churn}))


def test_the_longer_customers_stay_the_more_the_next_one_pays() -> None:
    # Roberge's second plan: each wins 730.00; the tie takes the better quarter
    churn = {"a": "0.01", "b": "0.02", "c": "0.02", "d": "0.05"}
    recorded = Recorded({("churn", "2027-q1"): churn}, None, *churn)
    assert [_paid(_by_churn(), rep, 73_000, recorded) for rep in churn] == [292_000, 219_000, 219_000, 73_000]
    assert recorded.asked[0] == ("plan", date(2027, 4, 1))


def test_who_comes_later_is_counted_in_without_moving_the_others() -> None:
    churn = {"a": "0.01", "b": "0.02", "c": "0.03", "d": "0.05"}
    recorded = Recorded({("churn", "2027-q1"): churn}, None, *churn)
    assert _paid(_by_churn(), "new", 100, recorded) == 100
    assert _paid(_by_churn(missing="best"), "new", 100, recorded) == 400
    assert _paid(_by_churn(), "d", 100, recorded) == 100
    with pytest.raises(LackError, match=r"^The figures of churn for 2027-q1\.$"):
        _paid(_by_churn(), "a", 100, Recorded({}))


def test_conditions_may_ask_for_figures_and_for_what_a_payee_is_on_the_day() -> None:
    when = {"metric.conversion": Range(above="30%"), "payee.grade": "senior"}
    part = component("1%", factors=(Factor(name="both", times="2x", when=when),))
    by = version(plan(part, metrics={"conversion": Metric(over="month", lag=0, missing="0%")}))
    recorded = Recorded({("conversion", "2027-05"): {"ana": "0.31"}})
    grades = (DatedFact("grade", "junior", date(2026, 1, 1)), DatedFact("grade", "senior", SPRING))
    assert _paid(by, "ana", 1_000, recorded, Payee("ana", dated=grades)) == 20
    assert _paid(by, "ana", 1_000, recorded, Payee("ana", dated=grades[:1])) == 10
    assert _paid(by, "ana", 1_000, recorded, Payee("ana", facts={"grade": "senior"})) == 20
    assert _paid(by, "ana", 1_000, NOTHING, Payee("ana", dated=grades)) == 10


def _by_quota() -> PlanVersion:
    part = component(RateRule(target_rate="1x"), over="year", quota="goal")
    goal = Quota(measure="sales", over="year", amount="records")
    return version(plan(part, quotas={"goal": goal}, target=Target(amount="100.00", per="year")))


def test_a_quota_may_be_looked_up() -> None:
    recorded = Recorded({}, {("goal", "2027"): {"ana": "200000"}})
    assert _paid(_by_quota(), "ana", 1_000, recorded) == 50
    for lookups, node in ((NOTHING, "ana"), (recorded, "ben")):
        with pytest.raises(LackError, match=rf"^A quota goal of {node} for 2027\.$"):
            _paid(_by_quota(), node, 1_000, lookups)


@pytest.mark.parametrize(
    ("span", "lag", "window"),
    [(Span.QUARTER, 0, "2027-q2"), (Span.QUARTER, 2, "2026-q4"), (Span.MONTH, 12, "2026-05"), (Span.YEAR, 1, "2026")],
)
def test_so_many_windows_before(span: Span, lag: int, window: str) -> None:
    assert window_before(CALENDAR, span, SPRING, lag).id == window
