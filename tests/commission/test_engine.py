"""Does the engine pay each credit by its plan, in order, and say what it cannot pay?"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesrepo.commission.credit import share_problem
from salesrepo.commission.engine import pay
from salesrepo.commission.rates.steps import StepTable
from salesrepo.commission.values import TotalKey
from salesrepo.commission.version import Way
from salesrepo.domain.kinds.deal import DealCredit
from salesrepo.domain.kinds.plan import Choice, RateRule
from salesrepo.domain.kinds.plan_counts import CreditRule, Measure
from salesrepo.domain.kinds.plan_when import Range
from salesrepo.domain.period import Calendar
from salesrepo.domain.statement import LineItem, LineType
from salesrepo.errors import RefusedError
from tests.commission.samples import CALENDAR, component, credits, event, plan, sales, settle, table, tiers, version

STEPS = (("0", "5%"), ("500.00", "7.25%"), (">2000.00", "10%"))
FLAT = version(plan(component("5%")))
MARCH = TotalKey("ana", "rep", "sales", "2026-03", "EUR")

amounts = st.lists(st.integers(-300_000, 500_000), min_size=1, max_size=8)


def exact(lines: Sequence[LineItem]) -> Fraction:
    return sum((Fraction(*line.exact) for line in lines if line.exact is not None), Fraction())


def test_a_line_records_every_number_that_made_it() -> None:
    by = tiers(("0", "5%"), ("40000", "7%"))
    given_ = credits(event(10_000_000, order="PO-1"), ben="50%", ana="50%")[1:]
    (line,) = settle(given_, by, {MARCH: 3_000_000}).lines
    assert line.key == "d-acme.com-1 won ana commission 2026-01-01 1"
    assert line.credit is not None
    assert (line.credit.starts, line.credit.ends, line.credit.gives) == ((1, 2), (1, 1), 5_000_000)
    assert line.enter is not None
    assert (line.enter.window, line.enter.before, line.enter.after) == ("2026-03", (3_000_000, 1), (8_000_000, 1))
    assert [(s.row, s.part, s.rate, s.gives) for s in line.slices] == [
        ("at least 0.00", (1_000_000, 1), "5%", (50_000, 1)),
        ("at least 40,000.00", (4_000_000, 1), "7%", (280_000, 1)),
    ]
    assert (line.exact, line.amount) == ((330_000, 1), 330_000)
    assert line.plan is not None
    assert (line.plan.path, line.plan.blob) == ("plans/rep/2026-01-01.yml", "b" * 40)
    assert line.because == (
        "50% of 100,000.00 EUR as closer is 50,000.00 and takes 2026-03 from 30,000.00 to 80,000.00: "
        "10,000.00 at 5% and 40,000.00 at 7% make 3,300.00 EUR."
    )


def test_a_late_deal_is_booked_into_its_month_until_that_is_closed() -> None:
    late = credits(event(100, signed=date(2026, 2, 28), booked_on=date(2026, 3, 9)))
    (line,) = settle(late, FLAT).lines
    assert (line.earning_period, line.booking_period) == ("2026-02", "2026-02")
    (line,) = settle(late, FLAT, open_from=date(2026, 3, 1)).lines
    assert (line.earning_period, line.booking_period) == ("2026-02", "2026-03")


def test_windows_follow_the_fiscal_calendar() -> None:
    by = tiers(*STEPS, over="quarter", paid="quarter")
    booked = settle(credits(event(100)), by, calendar=Calendar(fiscal_year_starts=2))
    assert [key.window for key in booked.totals] == ["2027-q1"]
    assert booked.lines[0].earning_period == "2027-q1"


@given(amounts, st.integers(0, 400_000))
def test_slices_fill_the_base_and_rounding_moves_half_a_cent_at_most(given_: list[int], before: int) -> None:
    booked = settle(sales(*given_), tiers(*STEPS), {MARCH: before})
    for line, amount in zip(booked.lines, given_, strict=True):
        assert sum(Fraction(*part.part) for part in line.slices) == amount
        assert line.exact is not None
        assert abs(line.amount - Fraction(*line.exact)) <= Fraction(1, 2)
    assert booked.totals == {MARCH: before + sum(given_)}


@given(st.lists(st.integers(1, 500_000), min_size=2, max_size=8))
def test_splitting_a_deal_changes_nothing_but_odd_cents(parts: list[int]) -> None:
    whole = settle(sales(sum(parts)), tiers(*STEPS)).lines
    cut = settle(sales(*parts), tiers(*STEPS)).lines
    assert exact(whole) == exact(cut)
    assert abs(whole[0].amount - sum(line.amount for line in cut)) <= len(parts)


@given(amounts.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_order_inside_a_window_does_not_change_its_total(orders: tuple[list[int], list[int]]) -> None:
    one, other = (settle(sales(*given_), tiers(*STEPS)).lines for given_ in orders)
    assert exact(one) == exact(other)
    assert abs(sum(x.amount for x in one) - sum(x.amount for x in other)) <= len(one)


@given(amounts, st.permutations(list(range(8))))
def test_the_order_that_credits_are_given_in_does_not_matter(given_: list[int], order: list[int]) -> None:
    booked = settle(sales(*given_), tiers(*STEPS))
    shuffled = [sales(*given_)[i] for i in order if i < len(given_)]
    assert settle(shuffled, tiers(*STEPS)) == booked


@given(amounts, st.integers(1, 7))
def test_booking_in_two_calls_is_booking_in_one(given_: list[int], cut: int) -> None:
    all_of_them = sales(*given_)
    first = settle(all_of_them[:cut], tiers(*STEPS))
    second = settle(all_of_them[cut:], tiers(*STEPS), first.totals)
    whole = settle(all_of_them, tiers(*STEPS))
    assert (*first.lines, *second.lines) == whole.lines
    assert second.totals == whole.totals


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_shares_of_a_deal_sum_to_it(amount: int, weights: list[int]) -> None:
    hundredths = [10_000 * weight // sum(weights) for weight in weights]
    hundredths[-1] = 10_000 - sum(hundredths[:-1])
    shares = {f"n{i}": f"{part // 100}.{part % 100:02}%" for i, part in enumerate(hundredths)}
    lines = settle(credits(event(amount), **shares), FLAT).lines
    assert sum(line.credit.gives for line in lines if line.credit is not None) == amount


@given(st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6))
def test_walking_back_returns_every_part(before: int, base: int) -> None:
    formula = tiers(*STEPS).components[0].rules[0].formula
    assert isinstance(formula, StepTable)
    here, there = Way(Fraction(before), Fraction(before + base)), Way(Fraction(before + base), Fraction(before))
    up, down = formula.stretches(here, here.after), formula.stretches(there, there.after)
    assert sorted(up) == sorted(down)
    assert sum(part.share for part in up) == 1


def test_a_tie_belongs_to_the_row_that_its_word_says() -> None:
    for bound, row in (("500.00", "at least 500.00"), (">500.00", "at least 0.00")):
        (line,) = settle(sales(0), tiers(("0", "5%"), (bound, "7%")), {MARCH: 50_000}).lines
        assert [(part.row, part.part) for part in line.slices] == [(row, (0, 1))]
        assert line.amount == 0


def test_components_on_one_measure_count_a_deal_once() -> None:
    both = version(
        plan(
            component(table(*STEPS), over="month"),
            component(table(("0", "1%"), ("900.00", "2%")), over="month", name="bonus"),
            component(table(("0", "1%")), over="year", name="yearly"),
        )
    )
    booked = settle(sales(100_000), both)
    assert [line.component for line in booked.lines] == ["commission", "bonus", "yearly"]
    assert booked.totals == {MARCH: 100_000, MARCH._replace(window="2026"): 100_000}
    assert [line.enter.before for line in booked.lines if line.enter] == [(0, 1)] * 3


def test_each_starts_at_zero_and_keeps_no_total() -> None:
    booked = settle(sales(60_000, 60_000), tiers(*STEPS, over="each"))
    assert booked.lines[0].slices == booked.lines[1].slices
    assert booked.totals == {}


def test_a_deal_s_lines_are_numbered_under_one_stem() -> None:
    items = [credit for item in (1, 2) for credit in credits(event(100, item=item))]
    booked = settle(items, FLAT, seqs={"d-acme.com-1 won ana commission 2026-01-01": 3})
    assert [line.key[-2:] for line in booked.lines] == [" 4", " 5"]
    assert [line.item for line in booked.lines] == [1, 2]


def test_no_plan_waits() -> None:
    (line,) = pay(credits(event(100)), {}, {}, calendar=CALENDAR).lines
    assert (line.type, line.amount, line.key) == (LineType.PENDING, 0, "d-acme.com-1 won ana - - 1")
    assert line.because == "No plan pays ana for deals signed on 2026-03-10."
    assert line.needs is not None


def test_another_currency_waits_and_moves_no_total() -> None:
    booked = settle(credits(event(100, currency="USD")), tiers(*STEPS))
    (line,) = booked.lines
    assert (line.type, line.amount, line.currency) == (LineType.PENDING, 0, "USD")
    assert line.because == "The deal is in USD; plan rep pays in EUR and refuses others."
    assert booked.totals == {}


def _pro_only() -> Measure:
    return Measure(
        event="won",
        credit=CreditRule(role=("closer", "scout"), of="own"),
        value="amount",
        when={"product": ("pro", "max"), "kind": "new"},
    )


def test_a_filter_pays_what_it_names() -> None:
    by = version(plan(component("5%"), measures={"sales": _pro_only()}))
    booked = settle(credits(event(1000, facts={"product": "max", "kind": "new"})), by)
    assert [line.amount for line in booked.lines] == [50]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"product": "basic", "kind": "new"}, "commission pays product max or pro, not basic"),
        ({"product": "pro"}, "commission asks for kind, which the deal does not record"),
    ],
)
def test_what_a_filter_leaves_out_is_said(fields: dict[str, str], says: str) -> None:
    by = version(plan(component("5%"), measures={"sales": _pro_only()}))
    booked = settle(credits(event(1000, facts=fields)), by)
    assert booked.lines == ()
    assert says in booked.passed[0].because


def test_a_role_that_nobody_pays_is_said() -> None:
    (credit,) = credits(event(1000))
    booked = settle([credit._replace(role="engineer")], FLAT)
    assert booked.lines == ()
    assert booked.passed[0].because == "Plan rep pays nothing for the role engineer."


def test_shares_are_whole_role_by_role() -> None:
    def share(node: str, role: str, part: str) -> DealCredit:
        return DealCredit(node=node, role=role, share=part)

    assert share_problem([share("a", "closer", "100%"), share("b", "scout", "40%"), share("c", "scout", "60%")]) is None
    assert share_problem([share("a", "closer", "60%"), share("b", "closer", "40.000001%")]) == (
        "The shares of role closer sum to 100.000001%, not to 100%."
    )
    assert share_problem([]) == "Nobody has a share."
    with pytest.raises(RefusedError, match="sum to 90%"):
        credits(event(100), ana="60%", ben="30%")


def test_what_a_rule_asks_for_and_the_deal_does_not_say_is_told() -> None:
    by_discount = Choice(name="dear", when={"discount": Range(up_to="10%")}, pays="9%")
    rate = RateRule(first=(by_discount, Choice(name="rest", otherwise="5%")))
    (line,) = settle(sales(100_00), version(plan(component(rate)))).lines
    assert (line.amount, line.rule) == (5_00, "rest")
    assert line.because.endswith("Not recorded, and so not counted: discount.")
