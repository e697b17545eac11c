"""Does what a deal earned follow what billing says: released, held back, taken back to the cent, and not twice?"""

from datetime import date
from typing import Any

import pytest

from salesrepo.commission.billed.earnings import ComponentOf
from salesrepo.commission.billed.follow import Happened, follow
from salesrepo.commission.booked_lines import top_seqs
from salesrepo.commission.explain.line import check_line, explain
from salesrepo.commission.values import TotalKey
from salesrepo.commission.version import PlanVersion
from salesrepo.domain.kinds.plan import Limit, RateRule, Step, Table
from salesrepo.domain.kinds.plan_pay import Moment, Part
from salesrepo.domain.statement import FxPart, LineType
from tests.commission.life import HALVES, QUARTERS, START, Held, Life, at_rate, by_age, instalments, rules, said
from tests.commission.samples import CALENDAR, COMMIT, component, credits, event, plan, settle, table, version

_ROW = Step(at_least="10000.00", rate="10%")


# --- worked examples --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("months", "taken"), [(3, [("clawback", "-1000.00")]), (4, []), (5, [])])
def test_all_comes_back_before_four_months_and_nothing_after(months: int, taken: list[tuple[str, str]]) -> None:
    """claw-01, HubSpot's plan 1: 500 a month pays 1,000.00."""
    by = at_rate("2x", reversal=rules(by_age((0, "100%"), (4, "0%"))))
    life = Life(by, 50_000)
    assert said(life.lines) == [("earning", "1000.00")]
    day = date(2026, 3 + months, 10)
    assert said(life.tell("cancelled-p1", day, cancelled=day)) == taken


def test_only_what_was_paid_is_recovered_and_the_rest_cancelled() -> None:
    """claw-03: two instalments of 500, one paid; what is not paid yet costs nobody anything."""
    life = Life(at_rate("10%", release=instalments("2"), reversal=rules("100%")), 1_000_000)
    assert said(life.lines) == [("earning", "1000.00"), ("reserve", "-500.00")]
    told = life.tell("cancelled-p1", date(2026, 4, 1), cancelled=date(2026, 4, 1))
    assert said(told) == [("clawback", "-1000.00"), ("release", "500.00")]
    assert sum(line.amount for line in told) == -50_000
    assert life.payable == 0


def test_a_minimum_is_not_taken_back_where_the_plan_says_calculated() -> None:
    """claw-04: 5 % of 100 with a minimum of 10: paid 10.00, taken back 5.00."""
    by = at_rate("5%", limits=(Limit(min="10.00", per="event"),), reversal=rules("100%", of="calculated"))
    life = Life(by, 10_000)
    assert said(life.lines) == [("earning", "10.00")]
    assert said(life.tell("cancelled-p1", cancelled=START)) == [("clawback", "-5.00")]


def test_no_more_is_taken_back_than_a_maximum_left() -> None:
    by = at_rate(
        "5%", limits=(Limit(max="10.00", per="event", excess="lost"),), reversal=rules("100%", of="calculated")
    )
    told = Life(by, 100_000).tell("cancelled-p1", cancelled=START)
    assert said(told) == [("clawback", "-10.00")]
    assert check_line(told[0]) is None


def test_half_of_the_deal_received_releases_half() -> None:
    """pay-01: 5,000 of 10,000 received, 800 earned, 400.00 payable."""
    life = Life(at_rate("8%", release=(Part(share="100%", in_proportion_to="cash"),)), 1_000_000)
    assert said(life.tell("paid-p1", received=500_000)) == [("release", "400.00")]
    assert life.payable == 40_000


def test_two_milestones_release_a_half_each() -> None:
    """pay-03: half when the setup is paid, half with the first month."""
    release = (Part(share="50%", at=Moment(invoice="setup")), Part(share="50%", at=Moment(paid_month=1)))
    life = Life(at_rate("1%", release=release), 1_000_000)
    assert said(life.tell("paid-p1", invoices_paid=frozenset(["setup"]))) == [("release", "50.00")]
    assert said(life.tell("paid-p2", months_paid=frozenset([1]))) == [("release", "50.00")]


def test_a_year_of_payments_releases_half_and_two_quarters() -> None:
    """rob-03, HubSpot's plan 3: 500 a month, 1,000.00 in all."""
    life = Life(at_rate("2x", release=QUARTERS, reversal=rules("unreleased")), 50_000)
    told = {n: said(life.tell(f"paid-p{n}", months_paid=frozenset(range(1, n + 1)))) for n in range(1, 13)}
    assert {n: lines for n, lines in told.items() if lines} == {
        1: [("release", "500.00")],
        6: [("release", "250.00")],
        12: [("release", "250.00")],
    }


def test_what_is_not_released_is_cancelled_and_nothing_taken_back() -> None:
    """Roberge's plan 3 in docs/plans.md: 730 a month, cancelled after the seventh payment."""
    life = Life(at_rate("2x", release=QUARTERS, reversal=rules("unreleased")), 73_000)
    told = [line for n in range(1, 8) for line in life.tell(f"paid-p{n}", months_paid=frozenset(range(1, n + 1)))]
    assert said(told) == [("release", "730.00"), ("release", "365.00")]
    day = date(2026, 10, 9)
    assert said(life.tell("cancelled-p8", day, cancelled=day)) == [("clawback", "-365.00"), ("release", "365.00")]
    assert life.payable == 109_500
    assert life.tell("paid-p9", months_paid=frozenset(range(1, 13))) == ()


def test_one_prepayment_releases_everything() -> None:
    life = Life(at_rate("2x", release=QUARTERS), 73_000)
    assert said(life.tell("paid-p1", received=73_000)) == [("release", "1460.00")]


def test_accelerators_half_on_cash_and_a_cancellation_after_half_a_year() -> None:
    """The plan of an account executive: 9,750.00 and a kicker of 1,000.00 for three years of 100,000."""
    rows = table(("0", "7.5%"), ("640000.00", "11.25%"))
    age = by_age((0, "100%"), (6, "50%"), (12, "0%"))
    business = component(rows, over="year", name="new-business", release=HALVES, reversal=rules(age, quota="reduced"))
    kicker = component("1%", name="kicker", reversal=rules("unserved"))
    by = version(plan(business, kicker))
    first = credits(event(60_000_000)._replace(deal="deal-0", place=0))
    second = credits(event(10_000_000))
    life = Life(by, 30_000_000, *first, *second, term=36)
    life.lines = tuple(line for line in life.lines if line.deal == "d-acme.com-1")
    assert said(life.lines) == [("earning", "9750.00"), ("reserve", "-4875.00"), ("earning", "1000.00")]
    assert said(life.tell("paid-p1", received=10_000_000)) == [("release", "1625.00")]
    day = date(2026, 9, 10)
    told = life.tell("cancelled-p2", day, cancelled=day)
    assert said(told) == [("clawback", "-4875.00"), ("release", "3250.00"), ("clawback", "-833.33")]
    assert sum(line.amount for line in told if line.component == "new-business") == -162_500
    (total,) = life.totals.values()
    assert total == 65_000_000
    assert life.tell("cancelled-p2", day) == ()


# --- what a line says -------------------------------------------------------------------------------------------------


def test_lines_say_what_happened_and_show_their_arithmetic() -> None:
    life = Life(at_rate("10%", release=HALVES, reversal=rules("40%")), 1_000_000)
    told = (*life.lines[1:], *life.tell("paid-p1", received=250_000), *life.tell("cancelled-p2", cancelled=START))
    assert [line.because for line in told] == [
        "500.00 of 1,000.00 EUR are earned and not payable yet: 50% is released so far (earned).",
        "125.00 of 1,000.00 EUR become payable: 62.5% is released now (earned, 2,500.00 of 10,000.00 EUR received), "
        "50% was before.",
        "40% of 1,000.00 EUR is taken back because the deal was cancelled: 400.00.",
        "375.00 of the 375.00 EUR held back is what is taken back because the deal was cancelled: "
        "it was never payable, and nobody pays it.",
    ]
    assert explain(told[1]).splitlines()[1:] == [
        "  payable before: 50% of 1,000.00 = 500.00",
        "  payable now: 62.5% of 1,000.00 = 625.00",
        "  amount: the difference = 125.00",
    ]
    assert explain(told[2]).splitlines()[1:] == [
        "  to be taken back: 40% of 1,000.00 = 400.00",
        "  amount: less 0.00 taken before, and no more than 1,000.00, which stood = -400.00",
    ]
    assert {line.about for line in told} == {life.lines[0].key}
    assert [line.key for line in told] == [
        "d-acme.com-1 won ana commission 2026-01-01 2",
        "d-acme.com-1 paid-p1 ana commission 2026-01-01 1",
        "d-acme.com-1 cancelled-p2 ana commission 2026-01-01 1",
        "d-acme.com-1 cancelled-p2 ana commission 2026-01-01 2",
    ]


def test_a_changed_amount_or_part_is_noticed() -> None:
    life = Life(at_rate("10%", release=HALVES, reversal=rules("40%")), 1_000_000)
    for line in (life.lines[1], *life.tell("cancelled-p2", cancelled=START)):
        assert check_line(line) is None
        assert "amount should be" in (check_line(line._replace(amount=line.amount + 1)) or "")
        assert "says of what" in (check_line(line._replace(released=None, taken=None)) or "")
        assert "stands about" in (check_line(line._replace(about=None)) or "")


def test_a_line_falls_in_the_period_of_its_event_and_is_booked_in_an_open_one() -> None:
    life = Life(at_rate("10%", release=HALVES), 1_000_000)
    life.open_from = date(2026, 6, 1)
    (line,) = life.tell("paid-p1", date(2026, 4, 30), received=500_000)
    assert (line.event, line.event_on) == ("paid-p1", date(2026, 4, 30))
    assert (line.earning_period, line.booking_period) == ("2026-04", "2026-06")


# --- what is left, and what cannot be said ----------------------------------------------------------------------------


def test_later_releases_count_on_what_is_left() -> None:
    life = Life(at_rate("10%", release=HALVES, reversal=rules()), 1_000_000)
    told = life.tell("refunded-p1", refunded=200_000, refunds=(START,))
    assert said(told) == [("clawback", "-200.00"), ("release", "200.00")]
    assert life.tell("paid-p2", received=250_000) == ()  # 500.00 is 62.5 % of the 800.00 that are left
    assert said(life.tell("paid-p3", received=500_000)) == [("release", "100.00")]
    assert said(life.tell("paid-p4", received=1_000_000)) == [("release", "200.00")]
    assert life.payable == 80_000


def test_cancelled_and_refunded_takes_the_larger_of_the_two() -> None:
    life = Life(at_rate("10%", reversal=rules("40%")), 1_000_000)
    assert said(life.tell("refunded-p1", refunded=250_000, refunds=(START,))) == [("clawback", "-250.00")]
    assert said(life.tell("cancelled-p2", cancelled=START)) == [("clawback", "-150.00")]
    assert said(life.tell("refunded-p3", refunded=300_000)) == []
    assert said(life.tell("refunded-p4", refunded=1_000_000)) == [("clawback", "-600.00")]
    assert life.payable == 0


def test_what_is_due_by_the_day_of_a_cancellation_is_released_first() -> None:
    life = Life(at_rate("10%", release=instalments("4"), reversal=rules("unreleased")), 1_000_000)
    day = date(2026, 4, 10)
    told = life.tell("cancelled-p1", day, cancelled=day)
    assert said(told) == [("release", "250.00"), ("clawback", "-500.00"), ("release", "500.00")]


def test_who_left_gives_up_what_was_not_released_and_nothing_else() -> None:
    both = credits(event(1_000_000), ana="50%", ben="50%")
    life = Life(at_rate("10%", release=HALVES, reversal=rules("40%")), 1_000_000, *both)
    life.left = ("ben",)
    told = life.tell("period-2026-04", received=500_000)
    assert [line.payee for line in told] == ["ana", "ben", "ben"]
    assert said(told) == [("release", "125.00"), ("clawback", "-250.00"), ("release", "250.00")]
    assert told[1].because == (
        "50% of 500.00 EUR is taken back because who earned it left before it was released: 250.00."
    )
    assert said(life.tell("paid-p2", received=1_000_000)) == [("release", "125.00")]
    assert said(life.tell("cancelled-p3", cancelled=START)) == [("clawback", "-200.00")]  # Ben lost more than that
    assert all(check_line(line) is None for line in life.lines)


def test_what_is_kept_stays_and_goes_on_being_released() -> None:
    life = Life(at_rate("10%", release=instalments("4"), reversal=rules("keep", "keep")), 1_000_000)
    assert life.tell("cancelled-p1", cancelled=START, refunded=5, refunds=(START,)) == ()
    assert said(life.tell("period-2026-09", date(2026, 9, 30))) == [("release", "750.00")]


def test_a_line_and_its_true_ups_are_held_back_and_taken_back_alike() -> None:
    rate = RateRule(table=Table(by="base", mode="all", steps=(Step(at_least="0", rate="5%"), _ROW)))
    by = at_rate(rate, over="month", release=HALVES, reversal=rules("100%", quota="reduced"))
    other = credits(event(900_000)._replace(deal="deal-2", place=2))
    life = Life(by, 200_000, *credits(event(200_000)), *other)
    life.lines = tuple(line for line in life.lines if line.deal == "d-acme.com-1")
    assert said(life.lines) == [
        ("earning", "100.00"),
        ("reserve", "-50.00"),
        ("earning", "100.00"),
        ("reserve", "-50.00"),
    ]
    assert said(life.tell("paid-p1", received=100_000)) == [("release", "25.00"), ("release", "25.00")]
    told = life.tell("cancelled-p2", cancelled=START)
    assert said(told) == [("clawback", "-100.00"), ("release", "25.00")] * 2
    assert (life.payable, list(life.totals.values())) == (0, [900_000])


def test_a_credit_note_is_held_back_released_and_taken_back_below_zero() -> None:
    life = Life(at_rate("10%", release=HALVES, reversal=rules("50%")), 1_000_000, *credits(event(-100_000)))
    assert said(life.lines) == [("earning", "-100.00"), ("reserve", "50.00")]
    assert said(life.tell("paid-p1", received=500_000)) == [("release", "-25.00")]
    assert said(life.tell("cancelled-p2", cancelled=START)) == [("clawback", "50.00"), ("release", "-25.00")]
    assert life.payable == -5_000


def test_a_rule_that_needs_a_term_waits_for_it_once() -> None:
    life = Life(at_rate("10%", reversal=rules("unserved")), 1_000_000, term=None)
    (line,) = life.tell("cancelled-p1", cancelled=START)
    assert (line.type, line.amount, line.about) == (LineType.PENDING, 0, life.lines[0].key)
    assert "The term of the deal" in (line.needs or "")
    assert check_line(line) is None
    assert life.tell("refunded-p2", refunded=5, refunds=(START,)) == ()


def test_a_line_whose_component_is_not_known_is_left_alone() -> None:
    life = Life(at_rate("10%", reversal=rules("100%")), 1_000_000)
    nobody: ComponentOf = lambda _: None  # noqa: E731 - a name makes the call below short
    happened = Happened("cancelled-p1", START, START, COMMIT)
    known = life.billing._replace(cancelled=START)
    done = follow(life.lines, nobody, known, happened, calendar=CALENDAR, totals=life.totals, seqs={})
    assert (done.lines, done.totals) == ((), life.totals)


def test_what_was_calculated_is_taken_back_in_the_currency_that_was_paid() -> None:
    by = at_rate("5%", limits=(Limit(min="10.00", per="event"),), reversal=rules("100%", of="calculated"))
    life = Life(by, 10_000)
    paid = FxPart("EUR", "JPY", (160, 1), START, "ecb", 1_600)
    life.lines = (life.lines[0]._replace(currency="JPY", amount=1_600, paid_in=paid),)
    assert said(life.tell("cancelled-p1", cancelled=START)) == [("clawback", "-800")]


# --- running figures --------------------------------------------------------------------------------------------------


def _tiered(**fields: Any) -> PlanVersion:
    return at_rate(table(("0", "5%"), ("5000.00", "10%")), over="month", **fields)


@pytest.mark.parametrize(("quota", "left"), [("kept", 1_000_000), ("reduced", 600_000)])
def test_the_plan_says_whether_the_running_total_goes_down(quota: str, left: int) -> None:
    life = Life(_tiered(reversal=rules("40%", quota=quota)), 1_000_000)
    told = life.tell("cancelled-p1", cancelled=START)
    assert list(life.totals.values()) == [left]
    assert [(part.before, part.base) for line in told for part in line.moved] == (
        [(1_000_000, -400_000)] if quota == "reduced" else []
    )
    assert ("4,000.00 less counts towards sales of 2026-03" in told[0].because) == (quota == "reduced")


def test_a_total_that_was_reduced_goes_down_by_the_difference_only() -> None:
    life = Life(_tiered(reversal=rules("40%", quota="reduced")), 1_000_000)
    for back in (100_000, 333_333, 1_000_000):
        life.tell("refunded-p1", refunded=back, refunds=(START,))
        assert list(life.totals.values()) == [1_000_000 - back]
    assert life.tell("cancelled-p1", cancelled=START) == ()


def test_two_components_on_one_total_reduce_it_once_by_the_larger_share() -> None:
    rows = table(("0", "5%"), ("5000.00", "10%"))
    both = version(
        plan(
            component(rows, over="month", name="low", reversal=rules("20%", quota="reduced")),
            component(rows, over="month", name="high", reversal=rules("40%", quota="reduced")),
            component(rows, over="month", name="kept", reversal=rules("100%")),
        )
    )
    life = Life(both, 1_000_000)
    life.tell("cancelled-p1", cancelled=START)
    assert list(life.totals.values()) == [600_000]


def test_a_window_that_is_closed_keeps_its_total() -> None:
    life = Life(_tiered(reversal=rules("40%", quota="reduced")), 1_000_000)
    life.open_from = date(2026, 4, 1)
    told = life.tell("cancelled-p1", date(2026, 4, 2), cancelled=date(2026, 4, 2))
    assert list(life.totals.values()) == [1_000_000]
    assert [line.moved for line in told] == [()]


def test_an_event_that_paid_nothing_and_counted_goes_back_too() -> None:
    life = Life(
        at_rate(table(("0", "0%"), ("90000.00", "10%")), over="month", reversal=rules("100%", quota="reduced")), 7
    )
    (line,) = life.tell("cancelled-p1", cancelled=START)
    assert (line.type, line.amount, check_line(line)) == (LineType.CLAWBACK, 0, None)
    assert list(life.totals.values()) == [0]


def test_a_deal_booked_again_is_held_and_taken_back_as_it_stands_by_now() -> None:
    life = Life(at_rate("10%", release=HALVES, reversal=rules("40%", quota="reduced")), 1_000_000)
    life.tell("paid-p1", received=250_000)
    life.tell("refunded-p2", refunded=100_000, refunds=(START,))
    paid, totals = life.payable, dict(life.totals)
    life.undo()
    anew = settle(
        credits(event(1_000_000)),
        life.by,
        life.totals,
        seqs=top_seqs(life.lines),
        holding=Held(life.billing),
    )
    life.lines, life.totals = (*life.lines, *anew.lines), anew.totals
    assert said(anew.lines) == [("earning", "1000.00"), ("reserve", "-375.00")]
    assert said(life.tell("won")) == [("clawback", "-100.00"), ("release", "100.00")]
    assert (life.payable, life.totals) == (paid, totals)


def test_keys_are_new_whatever_was_booked_before() -> None:
    life = Life(at_rate("10%", release=HALVES, reversal=rules()), 1_000_000)
    for number in range(3):
        life.tell("paid-p1", received=100_000 * number, refunded=50_000 * number, refunds=(START,))
    life.undo()
    keys = [line.key for line in life.lines]
    assert len(set(keys)) == len(keys)
    assert {TotalKey(*key).payee for key in life.totals} <= {"ana"}
