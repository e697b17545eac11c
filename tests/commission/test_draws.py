"""Do guarantees and advances add, and take back, what examples in public sources and the plan language say?"""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesrepo.commission.explain.line import check_line
from salesrepo.commission.payday.account import PayAccount
from salesrepo.commission.payday.draws import granted, owed_key, recovered
from salesrepo.commission.payday.payout import pay_out
from salesrepo.commission.ready.pay import draw_problems
from salesrepo.commission.ready.plan import problems
from salesrepo.commission.values import Exchange, Payee
from salesrepo.domain.kinds.plan_pay import Draw, Pay, ShareOut
from salesrepo.domain.kinds.plan_when import Range
from salesrepo.domain.period import Span
from salesrepo.domain.statement import LineItem, LineType
from tests.commission.paydays import ANA, Run, a_line, close, draw, drawing, run, settle, told
from tests.commission.samples import CALENDAR, PAY, component, plan

FIRST_MONTHS = {"payee.tenure_month": Range(up_to="3")}
FIRST_MONTH = {"payee.tenure_month": Range(up_to="1")}


def cents(*amounts: str) -> list[int]:
    return [int(amount.replace(".", "").replace(",", "")) for amount in amounts]


def test_topped_up_and_taken_back_out_of_what_lies_above_the_draw() -> None:
    # docs.oracle.com, InCompAdmPlanDesign8: a recoverable draw of 2,000 (examples: draw-01)
    done = run(drawing(draw(amount="2000")), cents("2750.00", "3000.00", "1500.00", "2375.00", "3000.00", "2750.00"))
    assert done.paid == cents("2750.00", "3000.00", "2000.00", "2000.00", "2875.00", "2750.00")
    assert done.owed == cents("0.00", "0.00", "500.00", "125.00", "0.00", "0.00")


def test_topped_up_and_never_taken_back() -> None:
    # xactlycorp.com, non-recoverable draw (draw-03)
    done = run(drawing(draw(amount="1500", recover="never")), cents("500.00", "3000.00"))
    assert (done.paid, done.owed) == (cents("1500.00", "3000.00"), [0, 0])


def test_an_advance_on_top_is_taken_back_in_the_first_period_without_one() -> None:
    # qcommission.com: 1,000 on top of 1,000, then 3,000 without a draw (draw-06)
    terms = draw("advance", "1000", "period_without_draw zero", when=FIRST_MONTH)
    done = run(drawing(terms), cents("1000.00", "3000.00"))
    assert (done.paid, done.owed) == (cents("2000.00", "2000.00"), cents("1000.00", "0.00"))


def test_an_advance_at_the_start_is_settled_at_the_end() -> None:
    # visdum.com: 4,000 advanced, 6,000 earned, 2,000 at settlement (draw-08)
    done = run(drawing(draw("advance", "4000", "same_period zero")), cents("6000.00"))
    assert told(done.lines) == [
        ("earning", 600_000),
        ("draw-advance", 400_000),
        ("payout", -400_000),
        ("draw-recovery", -400_000),
        ("payout", -200_000),
    ]
    assert [line.event_on for line in done.lines[1:]] == [date(2027, 1, day) for day in (1, 1, 31, 31)]
    assert done.owed == [0]


def test_what_an_advance_is_short_of_stays_owed() -> None:
    done = run(drawing(draw("advance", "4000", "same_period zero")), cents("3000.00", "6000.00"))
    assert done.paid == cents("4000.00", "5000.00")
    assert done.owed == cents("1000.00", "0.00")


def test_the_inside_rep_of_the_plan_language() -> None:
    # 9.9: topped up by 540.00 in January, which February pays back out of what lies above 1,800.00
    by = drawing(draw(when={"payee.tenure_month": Range(up_to="6")}))
    done = run(by, [cents("1260.00"), cents("1500.00", "1600.00", "500.00"), cents("7750.00")])
    assert done.paid == cents("1800.00", "3060.00", "7750.00")
    assert done.owed == cents("540.00", "0.00", "0.00")


def test_the_new_hire_of_the_plan_language() -> None:
    # 9.13: here from 16 January, guaranteed in full for three months, and nothing of it taken back
    by = drawing(draw(amount="3000.00", recover="never", when=FIRST_MONTHS))
    done = run(by, cents("1600.00", "5500.00", "0.00", "100.00"), Payee("ana", date(2027, 1, 16)))
    assert done.paid == cents("3000.00", "5500.00", "3000.00", "100.00")


def test_each_line_says_how_it_came_about() -> None:
    done = run(drawing(draw()), cents("1260.00", "2000.00"))
    assert [line.because for line in done.lines if line.drawn] == [
        "start guarantees 1,800.00 EUR for 2027-01; 1,260.00 were released, so 540.00 EUR are added. "
        "540.00 EUR are owed of it now.",
        "0.00 EUR from before and 1,800.00 of this period: 1,800.00 EUR are paid. 540.00 EUR of draws are still owed.",
        "Of 2,000.00 in hand, of which 1,800.00 are left, 200.00 EUR go towards 540.00 owed of start; "
        "340.00 EUR stay owed.",
        "0.00 EUR from before and 1,800.00 of this period: 1,800.00 EUR are paid. 340.00 EUR of draws are still owed.",
    ]


@pytest.mark.parametrize(
    ("recover", "paid", "owed"),
    [
        # each month: 1,000, nothing, 2,500
        ("next_period draw", ["1800.00", "1800.00", "1800.00"], ["800.00", "2600.00", "1900.00"]),
        ("next_period zero", ["1800.00", "1000.00", "700.00"], ["800.00", "1800.00", "0.00"]),
        ("period_without_draw draw", ["1800.00", "1800.00", "1800.00"], ["800.00", "2600.00", "1900.00"]),
        ("period_without_draw zero", ["1800.00", "1800.00", "0.00"], ["800.00", "2600.00", "100.00"]),
    ],
)
def test_when_a_guarantee_is_taken_back(recover: str, paid: list[str], owed: list[str]) -> None:
    done = run(drawing(draw(recover=recover)), cents("1000.00", "0.00", "2500.00"))
    assert (done.paid, done.owed) == (cents(*paid), cents(*owed))


def test_an_advance_of_every_period_is_taken_back_out_of_the_next() -> None:
    done = run(drawing(draw("advance", "1000.00", "next_period zero")), cents("500.00", "3000.00", "3000.00"))
    assert done.paid == cents("1500.00", "3000.00", "3000.00")
    assert done.owed == cents("1000.00", "1000.00", "1000.00")


def test_a_guarantee_compares_with_what_it_says() -> None:
    held = (LineType.RESERVE, -100_000)
    for against, paid in (("released", 180_000), ("earned", 50_000)):
        by = drawing(draw(against=against))
        lines = [a_line(150_000, by), a_line(held[1], by, type=held[0])]
        assert told(settle(lines, by).lines)[-1] == ("payout", -paid - (30_000 if against == "earned" else 0))


def test_what_is_taken_back_of_earnings_is_compared_too() -> None:
    by = drawing(draw())
    lines = [
        a_line(100_000, by),
        a_line(-30_000, by, type=LineType.CLAWBACK),
        a_line(-5_000, by, type=LineType.REVERSAL),
    ]
    assert told(settle(lines, by).lines) == [("draw-advance", 115_000), ("payout", -180_000)]


def test_a_reserve_of_an_earlier_period_that_is_undone_is_not_earned() -> None:
    by = drawing(draw(against="earned"))
    lines = [a_line(100_000, by), a_line(30_000, by, type=LineType.REVERSAL, reverses="long ago")]
    assert told(settle(lines, by, types={"long ago": LineType.RESERVE}).lines)[0] == ("draw-advance", 80_000)


def test_the_month_of_service_is_that_of_the_first_day_here() -> None:
    by = drawing(draw(when={"payee.tenure_month": Range(at_least="1", up_to="1")}), paid="quarter")
    quarter = close(1)._replace(window=CALENDAR.window(Span.QUARTER, date(2027, 1, 1)))
    for starts, paid in ((date(2027, 2, 16), -180_000), (date(2026, 12, 31), 0)):
        account = PayAccount(payee=Payee("ana", starts), lines=(), before={}, totals={}, versions=(by,))
        assert sum(line.amount for line in pay_out(account, quarter, seqs={}).lines if line.type == "payout") == paid


def test_what_a_period_draws_is_not_taken_back_out_of_it_by_closing_again() -> None:
    for recover in ("next_period zero", "period_without_draw zero"):
        by = drawing(draw(recover=recover))
        once = settle([a_line(100_000, by)], by, totals={owed_key("ana", "rep", "start", "EUR"): 500})
        more = [a_line(100_000, by), *once.lines, a_line(500_000, by, deal="late")]
        twice = settle(more, by, totals=once.totals)
        assert told(twice.lines) == [("payout", -500_000)]


def test_the_lines_of_another_plan_are_not_compared_and_those_of_none_are() -> None:
    by, other = drawing(draw()), drawing(plan="side")
    lines = [a_line(100_000, other), a_line(20_000, type=LineType.ADJUSTMENT)]
    done = settle(lines, by, versions=(by, other))
    assert told(done.lines) == [("draw-advance", 160_000), ("payout", -280_000)]


def test_two_guarantees_top_up_to_the_higher_one() -> None:
    by = drawing(draw(), draw(amount="3000.00", recover="never", name="hire"))
    assert told(settle([a_line(100_000, by)], by).lines) == [
        ("draw-advance", 80_000),
        ("draw-advance", 120_000),
        ("payout", -300_000),
    ]


@pytest.mark.parametrize("payee", [Payee("ana", date(2027, 2, 1)), ANA._replace(ends=date(2027, 1, 1))])
def test_who_is_not_here_draws_nothing(payee: Payee) -> None:
    assert told(settle([a_line(100, None)], drawing(draw()), payee=payee).lines) == [("payout", -100)]


def test_a_draw_of_a_former_version_is_only_taken_back() -> None:
    old, new = drawing(draw(recover="period_without_draw zero")), drawing()
    totals = {owed_key("ana", "rep", "start", "EUR"): 54_000}
    done = settle([a_line(100_000, new)], new, former=(old,), totals=totals)
    assert told(done.lines) == [("draw-recovery", -54_000), ("payout", -46_000)]
    assert set(done.totals.values()) == {0}
    kept = settle([a_line(100_000, new)], new, totals=totals)
    assert kept.lines[-1].because.endswith("540.00 EUR of draws are still owed.")


def test_an_amount_is_turned_into_the_money_that_the_payee_has() -> None:
    by = drawing(draw(amount="1000.00"), pay_in="payee")
    rate = Exchange("EUR", "USD", (3, 2), date(2027, 1, 29), "ecb")
    payee = ANA._replace(currency="USD")
    lines = [a_line(90_000, by, currency="USD")]
    done = settle(lines, by, payee=payee, exchanges={("EUR", "USD"): rate})
    assert told(done.lines) == [("draw-advance", 60_000), ("payout", -150_000)]
    assert {line.currency for line in done.lines} == {"USD"}
    assert [check_line(line) for line in done.lines] == [None, None]
    assert check_line(done.lines[0]._replace(calculated=90_000)) is not None
    (waits, paid) = settle(lines, by, payee=payee).lines
    assert (waits.type, waits.needs, paid.amount) == (LineType.PENDING, "A rate from EUR to USD.", -90_000)


def test_a_draw_waits_for_what_its_condition_asks() -> None:
    by = drawing(draw(when=FIRST_MONTHS))
    done = settle([], by, payee=Payee("ana"))
    assert [(line.type, line.needs) for line in done.lines] == [(LineType.PENDING, "payee.tenure_month of ana.")]
    assert settle(done.lines, by, payee=Payee("ana")).lines == ()
    foreign = drawing(draw(), pay_in="payee")
    assert settle([], drawing(), former=(foreign,), payee=ANA._replace(currency="USD")).lines == ()


SHARES = ShareOut(by="equal", leftover="first")
WRONG: dict[str, tuple[dict[str, Any], tuple[Any, ...], str, str]] = {
    "finer than a cent": ({"amount": "1.005"}, (0, "amount"), "EUR has 2", "at most 2 decimals"),
    "below zero": ({"amount": "-1"}, (0, "amount"), "below zero", "without a sign"),
    "no field": ({"when": {"colour": "red"}}, (0, "when", "colour"), "ask for colour", "payee.tenure_month"),
    "not the payee's": (
        {"when": ({"kind": "new"},)},
        (0, "when", 0, "kind"),
        "have no kind",
        "payee.tenure_month",
    ),
    "guarantees nothing": (
        {"recover": "same_period zero"},
        (0, "recover", "leave"),
        "guarantee nothing",
        "leave: draw",
    ),
    "paid already": (
        {"kind": "advance", "recover": "same_period draw"},
        (0, "recover", "leave"),
        "since its start",
        "leave: zero",
    ),
    "compared with nothing": (
        {"kind": "advance", "recover": "never", "against": "earned"},
        (0, "against"),
        "compared with nothing",
        "against: released",
    ),
}


def _problems(*draws: Draw, **fields: Any) -> list[tuple[tuple[Any, ...], str, str]]:
    of = plan(fields.pop("part", component("5%")), pay=Pay(draws=draws, negative=PAY.negative, leaving=PAY.leaving))
    return [(found.route, found.message, found.hint) for found in draw_problems(of)]


@pytest.mark.parametrize("name", WRONG)
def test_a_draw_that_cannot_be_paid_is_refused(name: str) -> None:
    fields, route, says, hint = WRONG[name]
    ((at, said, helps),) = _problems(draw(**fields))
    assert at == route
    assert says in said and hint in helps


def test_draws_have_names_of_their_own_and_teams_have_none() -> None:
    assert [route for route, _, _ in _problems(draw(), draw())] == [(0, "name"), (1, "name")]
    assert "never paid" in _problems(draw(), part=component("5%", share_out=SHARES))[0][1]
    assert _problems(draw()) == []
    assert problems(plan(component("5%"), pay=Pay(draws=(draw(),), negative=PAY.negative, leaving=PAY.leaving))) == ()


@given(st.integers(0, 500), st.integers(-500, 900), st.integers(-500, 900), st.integers(0, 300))
def test_the_two_sums(owed: int, compared: int, hands: int, left: int) -> None:
    assert max(compared, left) == compared + granted(left, compared)
    back = recovered(owed, hands, left)
    assert 0 <= back <= owed
    assert back == 0 or hands - back >= left


TERMS = st.sampled_from(
    [
        ("guarantee", "same_period draw"),
        ("guarantee", "next_period draw"),
        ("guarantee", "next_period zero"),
        ("guarantee", "period_without_draw zero"),
        ("advance", "same_period zero"),
        ("advance", "next_period draw"),
        ("advance", "next_period zero"),
        ("advance", "period_without_draw draw"),
    ]
)
MONTHS = st.lists(st.lists(st.integers(-2_000, 5_000), max_size=3), min_size=3, max_size=5)


def _drawn(done: Run, *types: LineType) -> int:
    return sum(line.amount for line in done.lines if line.type in types)


@settings(max_examples=60)
@given(TERMS, MONTHS, st.integers(0, 3_000))
def test_draws_come_back_once_earnings_suffice(terms: tuple[str, str], months: list[list[int]], amount: int) -> None:
    kind, recover = terms
    by = drawing(draw(kind, f"{amount // 100}.{amount % 100:02}", recover, when=FIRST_MONTHS))
    done = run(by, [*months, [100_000]])
    assert min(done.owed) >= 0
    assert all(line.amount <= 0 for line in done.lines if line.type in (LineType.PAYOUT, LineType.DRAW_RECOVERY))
    assert min(done.paid) >= 0
    assert done.owed[-1] == 0
    assert _drawn(done, LineType.DRAW_ADVANCE, LineType.DRAW_RECOVERY) == 0
    assert sum(line.amount for line in done.lines) == 0
    assert [found for found in map(check_line, _of_stage(done.lines)) if found] == []


def _of_stage(lines: list[LineItem]) -> list[LineItem]:
    return [line for line in lines if line.drawn is not None]
