"""What is somebody paid who has left, and what becomes of what they owe?"""

from datetime import date
from typing import Any

import pytest

from salesrepo.commission.explain.line import check_line, explain
from salesrepo.commission.leaving import counts, forfeits, has_left, last_pay
from salesrepo.commission.payday.draws import owed_key
from salesrepo.commission.ready.pay import leaving_problems
from salesrepo.commission.values import Payee
from salesrepo.domain.kinds.plan_pay import Leaving
from tests.commission.paydays import ANA, a_line, close, draw, drawing, settle, told
from tests.commission.samples import LEAVING

LEFT = Payee("ana", date(2027, 1, 1), date(2027, 1, 31), reason="resigned")
OWED = owed_key("ana", "rep", "start", "EUR")
JANUARY = close(1).window


def terms(**fields: Any) -> Leaving:
    held: dict[str, Any] = {"unreleased": {"otherwise": "pay"}, "residuals": "stop", "owed": "written_off"}
    return Leaving(**(held | fields))


@pytest.mark.parametrize(
    ("residuals", "last"), [("stop", "2027-01-30"), ("1 months", "2027-02-27"), ("13 months", "2028-02-28")]
)
def test_events_count_until_residuals_end(residuals: str, last: str) -> None:
    leaving, day = terms(residuals=residuals), date.fromisoformat(last)
    assert counts(leaving, LEFT, day)
    assert not counts(leaving, LEFT, date.fromordinal(day.toordinal() + 1))
    assert counts(leaving, ANA, date(2099, 1, 1))


@pytest.mark.parametrize(
    ("reason", "forfeited"), [("dismissed", True), ("resigned", False), ("retired", True), ("", True)]
)
def test_the_reason_decides_on_what_is_not_released(reason: str, forfeited: bool) -> None:
    leaving = terms(unreleased={"dismissed": "forfeit", "resigned": "pay", "otherwise": "forfeit"})
    gone = LEFT._replace(reason=reason)
    assert forfeits(leaving, gone, date(2027, 1, 31)) is forfeited
    assert not forfeits(leaving, gone, date(2027, 1, 30))
    assert not forfeits(leaving, ANA, date(2027, 1, 31))


def test_who_has_left_is_no_more_here() -> None:
    assert has_left(LEFT, date(2027, 1, 31))
    assert not has_left(LEFT, date(2027, 1, 30))
    assert not has_left(ANA, date(2027, 1, 31))


@pytest.mark.parametrize(
    ("payee", "fields", "unreleased", "last"),
    [
        (LEFT, {}, 0, True),
        (LEFT, {}, 100, False),
        (LEFT, {"unreleased": {"otherwise": "forfeit"}}, 100, True),
        (LEFT, {"residuals": "1 months"}, 0, False),
        (LEFT._replace(ends=date(2027, 2, 1)), {}, 0, True),
        (LEFT._replace(ends=date(2027, 2, 2)), {}, 0, False),
        (ANA, {}, 0, False),
    ],
)
def test_the_last_pay_is_the_one_after_which_nothing_can_come(
    payee: Payee, fields: dict[str, Any], unreleased: int, last: bool
) -> None:
    assert last_pay(terms(**fields), payee, JANUARY, unreleased) is last


@pytest.mark.parametrize(
    ("owed", "balance", "booked"),
    [
        # owed of a draw 540.00; the last pay 100.00, or a balance of 200.00 below zero
        (
            "written_off",
            10_000,
            [("draw-recovery", -54_000), ("adjustment", 54_000), ("payout", -10_000)],
        ),
        ("written_off", -20_000, [("draw-recovery", -54_000), ("adjustment", 74_000)]),
        ("invoiced", -20_000, [("draw-recovery", -54_000), ("adjustment", 74_000)]),
        ("deducted_from_last_pay", 10_000, [("draw-recovery", -10_000)]),
        ("deducted_from_last_pay", 80_000, [("draw-recovery", -54_000), ("payout", -26_000)]),
        ("deducted_from_last_pay", -20_000, [("payout", 0)]),
    ],
)
def test_what_becomes_of_what_a_leaver_owes(owed: str, balance: int, booked: list[tuple[str, int]]) -> None:
    by = drawing(draw(recover="never"), leaving=terms(owed=owed))
    gone = LEFT._replace(ends=date(2027, 1, 1))
    done = settle([a_line(balance, by)], by, payee=gone, totals={OWED: 54_000})
    assert told(done.lines) == booked
    assert [check_line(line) for line in done.lines] == [None] * len(booked)
    kept = 54_000 + sum(amount for kind, amount in booked if kind == "draw-recovery")
    assert done.totals[OWED] == kept
    again = settle([a_line(balance, by), *done.lines], by, payee=gone, totals=done.totals)
    assert again.lines == ()


def test_what_is_owed_is_settled_though_nothing_was_booked() -> None:
    by = drawing(leaving=terms())
    dollars = OWED._replace(unit="USD")
    done = settle([], by, payee=LEFT, totals={dollars: 700})
    assert [(line.currency, line.amount) for line in done.lines] == [("USD", -700), ("USD", 700)]
    paid = settle([a_line(100, by)], by, totals={dollars: 700})
    assert "owed" not in paid.lines[0].because


def test_nothing_is_settled_before_the_last_pay() -> None:
    by = drawing(draw(recover="never"), leaving=terms())
    done = settle([a_line(-5, by)], by, payee=LEFT._replace(ends=JANUARY.starts), unreleased={"EUR": 1})
    assert told(done.lines) == [("payout", 0)]


def test_what_is_written_off_is_told() -> None:
    by = drawing(leaving=terms(owed="invoiced"))
    done = settle([a_line(-20_000, by)], by, payee=LEFT, totals={OWED: 54_000})
    assert [line.because for line in done.lines] == [
        "This is the last pay: 540.00 EUR owed of start are invoiced.",
        "ana is no more here since 2027-01-31 and owes 740.00 EUR, which finance invoices; it leaves the balance.",
    ]
    assert explain(done.lines[1]).splitlines()[1:] == [
        "  amount: what the balance lacks = 740.00",
        "  balance: -740.00 + 740.00 = 0.00",
    ]
    off = settle([a_line(-20_000, by)], drawing(leaving=LEAVING), payee=LEFT)
    assert off.lines[0].because.endswith("owes 200.00 EUR, which the plan writes off.")
    last = settle(
        [a_line(900, by)], drawing(leaving=terms(owed="deducted_from_last_pay")), payee=LEFT, totals={OWED: 1000}
    )
    assert last.lines[0].because == (
        "This is the last pay: of 9.00 in hand, 9.00 EUR go towards 10.00 owed of start; 1.00 EUR stay owed."
    )


def test_every_other_reason_is_named() -> None:
    (found,) = leaving_problems(terms(unreleased={"resigned": "pay"}))
    assert found.route == ("unreleased",)
    assert "otherwise: pay or forfeit" in found.hint
    assert not list(leaving_problems(LEAVING))
