"""What is paid out when a pay period closes: never below zero, each currency by itself, and only once?"""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesrepo.commission.booked.line import book, read_line
from salesrepo.commission.booked_lines import top_seqs
from salesrepo.commission.explain.line import check_line, explain, steps
from salesrepo.commission.values import Exchange
from salesrepo.domain.kinds.ledger_batch import LEDGER_BATCH, LedgerBatch
from salesrepo.domain.kinds.plan_pay import ShareOut
from salesrepo.domain.kinds.plan_when import Range
from salesrepo.domain.statement import LineItem, LineType
from salesrepo.store.model import validate
from salesrepo.store.plain import to_plain
from tests.commission.paydays import ANA, a_line, draw, drawing, settle, told
from tests.commission.samples import COMMIT, component, plan, version

BY = drawing()
PARTS = drawing(
    draw(recover="next_period zero", when={"payee.tenure_month": Range(up_to="1")}),
    draw("advance", "400.00", "same_period zero", name="ahead"),
    draw("advance", "7.00", "never", name="phone"),
)


def test_what_is_above_zero_is_paid_out() -> None:
    done = settle([a_line(60_000, BY), a_line(-10_000, BY, type=LineType.CLAWBACK)], BY, before={"EUR": 500})
    (line,) = done.lines
    assert (line.key, line.deal, line.event) == ("- period-2027-01 ana - - 1", "", "period-2027-01")
    assert (line.earning_period, line.booking_period, line.event_on) == ("2027-01", "2027-01", date(2027, 1, 31))
    assert (line.type, line.amount, line.plan) == (LineType.PAYOUT, -50_500, None)
    assert explain(line).splitlines() == [
        "5.00 EUR from before and 500.00 of this period: 505.00 EUR are paid.",
        "  paid out: 5.00 + 500.00, not below zero = 505.00",
        "  amount: what leaves the balance = -505.00",
        "  carried: 505.00 less 505.00 = 0.00",
    ]


@pytest.mark.parametrize(
    ("limit", "says"), [("none", ""), ("200.00", ""), ("150.00", " 50.00 EUR of that lie beyond the plan's limit: ")]
)
def test_what_is_below_zero_is_carried_and_told(limit: str, says: str) -> None:
    (line,) = settle([a_line(-30_000, BY)], drawing(limit=limit), before={"EUR": 10_000}).lines
    assert line.amount == 0
    carried = "100.00 EUR from before and -300.00 of this period: nothing is paid, and -200.00 EUR are carried"
    ends = f"{says}finance is to write them off." if says else ""
    assert line.because == f"{carried} to the next period.{ends}"
    assert check_line(line) is None
    former = settle([a_line(-30_000, BY)], BY, versions=(), former=(drawing(limit=limit),), before={"EUR": 10_000})
    assert former.lines == (line,)


def test_a_period_in_which_nothing_was_booked_is_silent() -> None:
    assert settle([], BY).lines == ()
    assert settle([], BY, before={"EUR": -20_000}).lines == ()
    assert told(settle([], BY, before={"EUR": 20_000}).lines) == [("payout", -20_000)]


def test_each_currency_is_settled_by_itself() -> None:
    by = drawing(draw())
    lines = [a_line(70_000, by, currency="USD"), a_line(-500, by, currency="JPY"), a_line(100_000, by)]
    done = settle(lines, by, before={"JPY": 200})
    assert [(line.currency, line.type.value, line.amount) for line in done.lines] == [
        ("EUR", "draw-advance", 80_000),
        ("EUR", "payout", -180_000),
        ("JPY", "payout", 0),
        ("USD", "payout", -70_000),
    ]
    assert [line.key[-3:] for line in done.lines] == ["1 1", "- 1", "- 2", "- 3"]


def test_the_limit_of_a_balance_is_turned_into_the_money_of_the_payee() -> None:
    by = drawing(limit="100.00", pay_in="payee")
    payee, rate = ANA._replace(currency="USD"), Exchange("EUR", "USD", (3, 2), date(2027, 1, 29), "ecb")
    lines = [a_line(-16_000, by, currency="USD")]
    (line,) = settle(lines, by, payee=payee, exchanges={("EUR", "USD"): rate}).lines
    assert "10.00 USD of that lie beyond" in line.because
    assert "beyond" not in settle(lines, by, payee=payee).lines[0].because


def test_a_team_is_never_paid() -> None:
    assert settle([a_line(100)], BY, team=True).lines == ()
    pool = version(plan(component("5%")))
    shares = pool._replace(
        components=tuple(part._replace(share_out=ShareOut(by="equal", leftover="first")) for part in pool.components)
    )
    assert settle([a_line(100)], shares).lines == ()


def _tampered(line: LineItem, **part: Any) -> str | None:
    assert line.drawn is not None
    return check_line(line._replace(drawn=line.drawn._replace(**part)))


def test_a_tampered_part_is_noticed() -> None:
    topped, paid = settle([a_line(100_000, BY)], drawing(draw())).lines
    assert _tampered(topped, compared=99_999) == f"{topped.key}: amount should be 800.01 (1,800.00 less 999.99)."
    assert "owed should be 800.00" in str(_tampered(topped, after=1))
    assert "carried should be 0.00" in str(_tampered(paid, after=1))
    assert "paid out should be" in str(_tampered(paid, before=1))
    assert "amount should be -1,800.00" in str(check_line(paid._replace(amount=-1)))
    assert "cannot be recomputed" in str(check_line(paid._replace(drawn=None)))
    assert "engine 0" in str(check_line(paid._replace(engine="0")))
    assert steps(topped)[0].result == "800.00"


AMOUNTS = st.lists(st.tuples(st.sampled_from(["EUR", "USD"]), st.integers(-90_000, 150_000)), max_size=5)


@settings(max_examples=60)
@given(AMOUNTS, st.integers(-50_000, 50_000), st.integers(1, 3))
def test_closing_twice_pays_once(amounts: list[tuple[str, int]], before: int, number: int) -> None:
    lines = [
        a_line(amount, PARTS, number, currency=money, deal=f"d-{place}")
        for place, (money, amount) in enumerate(amounts)
    ]
    once = settle(lines, PARTS, number, before={"EUR": before})
    held = [*lines, *once.lines]
    twice = settle(held, PARTS, number, before={"EUR": before}, totals=once.totals, seqs=top_seqs(held))
    assert [line for line in twice.lines if line.amount] == []
    more = [*held, a_line(1_000_000, PARTS, number, deal="d-late")]
    late = settle(more, PARTS, number, before={"EUR": before}, totals=once.totals, seqs=top_seqs(more))
    assert not {line.key for line in late.lines} & {line.key for line in held}
    assert sum(line.amount for line in (*more, *late.lines) if line.currency == "EUR") == -before
    assert [found for found in map(check_line, (*once.lines, *late.lines)) if found] == []


@settings(max_examples=30)
@given(AMOUNTS, st.integers(-50_000, 50_000))
def test_what_is_written_down_is_read_again(amounts: list[tuple[str, int]], before: int) -> None:
    lines = [a_line(amount, PARTS, currency=money) for money, amount in amounts]
    made = settle(lines, PARTS, before={"EUR": before}).lines
    assert [read_line(book(line)) for line in made] == list(made)
    batch = LedgerBatch(
        node="ana", period="2027-01", seq=1, commit=COMMIT, engine="1", lines=tuple(book(line) for line in made)
    )
    assert validate(LEDGER_BATCH, to_plain(batch), path="ana/2027-01/000001.yml") == batch
