"""Do charts show what the engine pays, and can every program read them?"""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from salesrepo.commission.ready.plan import ready
from salesrepo.commission.shown.attained import attainments
from salesrepo.commission.shown.curve import curves_of
from salesrepo.commission.version import PlanVersion
from salesrepo.domain.chart import Chart, ticks_up_to
from salesrepo.domain.kinds.plan import PLAN, Plan
from salesrepo.domain.record import TABLE_CAP
from salesrepo.domain.statement import PlanRef
from salesrepo.errors import UsageError
from salesrepo.report.chart_svg import across, up
from salesrepo.report.charts import draw
from salesrepo.store.gate import read_documents
from salesrepo.store.model import validate
from tests.commission.samples import CALENDAR, credits, event, sales, settle

CASES = Path(__file__).parent / "cases"
SVG = "{http://www.w3.org/2000/svg}"


def plan_of(case: str) -> Plan:
    (plain,) = read_documents((CASES / f"{case}.yml").read_bytes(), path=case, cap=TABLE_CAP)
    return validate(PLAN, plain["plan"], path=case)


def made_ready(plan: Plan) -> tuple[PlanVersion, PlanRef]:
    ref = PlanRef(PLAN.path_of(plan), "b" * 40)
    return ready(plan, ref), ref


def charts_of(plan: Plan) -> tuple[Chart, ...]:
    return curves_of(plan, made_ready(plan)[1], CALENDAR).charts


@pytest.mark.parametrize(
    "case", ["accelerators-on-target", "attainment-whole", "row-for-all-among-slices", "goal-bonus-on-a-curve"]
)
def test_each_point_of_the_drawn_line_is_what_the_engine_pays(case: str) -> None:
    plan = plan_of(case)
    version, _ = made_ready(plan)
    charts = charts_of(plan)
    drawn = ET.fromstring(draw("svg", charts))
    lines = drawn.findall(f".//{SVG}polyline")
    assert len(lines) == len(charts) > 0
    for chart, line in zip(charts, lines, strict=True):
        points = line.attrib["points"].split()
        assert len(points) == len(chart.spots) > 40
        component = next(part for part in version.components if part.name == chart.title)
        alone = version._replace(components=(component,))
        for spot, point in list(zip(chart.spots, points, strict=True))[::3]:
            base = round(spot.at * (1 if component.rules[0].by == "base" else _quota(version)))
            booked = settle(sales(base, currency=plan.currency, signed=plan.effective), alone)
            assert spot.value == sum(made.amount for made in booked.lines), spot.at_text
            assert point == f"{across(chart, spot.at)},{up(chart, spot.value)}"


def _quota(version: PlanVersion) -> Fraction:
    (quota,) = version.quotas.values()
    return quota.amount.amount


def test_both_sides_of_a_jump_are_drawn() -> None:
    (chart,) = charts_of(plan_of("row-for-all-among-slices"))
    paid = {spot.at: spot.value for spot in chart.spots}
    assert paid[Fraction(4_000_000)] - paid[Fraction(3_999_999)] > 2 * 8_000  # everything below 40,000 is paid 2 % more
    assert max(paid.values()) == 900_000  # and the limit holds


def test_a_plan_without_such_a_table_has_no_curve_and_says_why() -> None:
    plan = plan_of("flat-percent")
    found = curves_of(plan, made_ready(plan)[1], CALENDAR)
    assert found.charts == ()
    assert found.without == ("commission: no table by a running total or an attainment, so there is no curve",)


def test_a_quota_of_one_s_own_is_drawn_by_a_round_one_and_says_so() -> None:
    plan = plan_of("accelerators-on-target")
    own = replace(plan, quotas={name: replace(quota, amount="records") for name, quota in plan.quotas.items()})
    (chart,) = charts_of(own)
    paid = {spot.at_text: spot.value_text for spot in chart.spots if spot.named}
    assert paid["100%"] == "100,000.00 USD" and paid["200%"] == "285,000.00 USD"
    assert "each payee has one of their own" in chart.says


@pytest.mark.parametrize("drawing", ["svg", "html", "text"])
def test_a_strangers_words_stay_words_in_every_drawing(drawing: str) -> None:
    (chart,) = charts_of(plan_of("accelerators-on-target"))
    hostile = chart._replace(title='<script>"&\x1b[31m', says="</desc><script>", up="<b>")
    told = draw(drawing, (hostile,))
    assert "\x1b" not in told
    if drawing != "text":
        assert "<script>" not in told and "<b>" not in told
    if drawing == "svg":
        assert ET.fromstring(told).find(f"{SVG}desc") is not None


def test_a_drawing_of_another_sort_is_refused() -> None:
    with pytest.raises(UsageError, match="cannot be drawn as 'png'"):
        draw("png", ())


def test_attainment_rises_month_by_month_and_starts_anew_with_its_window() -> None:
    plan = plan_of("accelerators-on-target")
    version, _ = made_ready(plan)
    sold = ((date(2026, 1, 9), 10_000_000), (date(2026, 3, 2), 15_000_000), (date(2027, 2, 1), 5_000_000))
    events = (event(amount, currency="USD", signed=day, deal=f"deal-{day}") for day, amount in sold)
    lines = settle([credit for each in events for credit in credits(each)], version).lines
    told = attainments(lines, CALENDAR, name="Ana")
    (chart,) = told
    stood = {spot.at_text: spot.value_text for spot in chart.spots}
    assert stood["2026-01"] == stood["2026-02"] == "20%"
    assert stood["2026-03"] == stood["2026-12"] == "50%"
    assert stood["2027-01"] == "0%" and stood["2027-02"] == "10%"
    assert "Ana" in draw("svg", told)


@pytest.mark.parametrize(("most", "last"), [("0", "1"), ("1", "1"), ("145000", "150000"), ("7", "8"), ("3/10", "3/10")])
def test_an_axis_has_round_numbers_up_to_what_is_needed(most: str, last: str) -> None:
    found = ticks_up_to(Fraction(most))
    assert found[-1] == Fraction(last) and len(found) <= 7
