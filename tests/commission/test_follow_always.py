"""What holds of what a deal earned, whatever billing says of it and in which order?"""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from salesrepo.commission.booked.line import book, read_line
from salesrepo.commission.explain.line import check_line
from salesrepo.domain.kinds.plan import Limit
from salesrepo.domain.kinds.plan_pay import Part
from salesrepo.domain.statement import LineItem, LineType
from tests.commission.life import HALVES, QUARTERS, START, Life, at_rate, by_age, instalments, rules
from tests.commission.samples import credits, event, table

RELEASES: tuple[Any, ...] = (
    "at_once",
    HALVES,
    QUARTERS,
    instalments("7", "first"),
    (*HALVES[:1], Part(share="50%", instalments="term", every="month", leftover="last")),
)
TAKES: tuple[Any, ...] = (
    "keep",
    "33%",
    "100%",
    "unserved",
    "unreleased",
    "in_proportion",
    by_age((0, "100%"), (2, "1/3"), (5, "0%")),
)
WORDS = st.lists(
    st.tuples(
        st.sampled_from(["paid", "refunded", "cancelled", "period"]), st.integers(1, 400_000), st.integers(0, 60)
    ),
    max_size=8,
)


def _tell(life: Life, word: str, amount: int, days: int, number: int) -> tuple[LineItem, ...]:
    known, day = life.billing, life.billing.day + timedelta(days=days)
    changes: dict[str, dict[str, Any]] = {
        "paid": {"received": known.received + amount},
        "refunded": {"refunded": known.refunded + amount, "refunds": (*known.refunds, day)},
        "cancelled": {"cancelled": known.cancelled or day},
        "period": {},
    }
    return life.tell(f"{word}-p{number}", day, **changes[word])


def _of_line(life: Life, key: str) -> dict[LineType, int]:
    sums: dict[LineType, int] = {}
    for line in life.lines:
        if line.about == key:
            sums[line.type] = sums.get(line.type, 0) + line.amount
    return sums


@settings(max_examples=150)
@given(
    st.sampled_from(RELEASES),
    st.sampled_from(TAKES),
    st.sampled_from(TAKES),
    st.sampled_from([("booked", "kept"), ("calculated", "reduced")]),
    st.integers(-300_000, 900_000),
    WORDS,
)
def test_whatever_billing_says(
    release: Any, cancelled: Any, refunded: Any, how: tuple[str, str], amount: int, words: list[tuple[str, int, int]]
) -> None:
    taking = rules(cancelled, refunded, of=how[0], quota=how[1])
    cap = (Limit(max="400.00", per="event", excess="lost"),)
    by = at_rate(table(("0", "5%"), ("5000.00", "11.1%")), over="month", limits=cap, release=release, reversal=taking)
    life = Life(by, 1_000_000, *credits(event(amount), ana="61%", ben="39%"))
    owned = [line for line in life.lines if line.type is LineType.EARNING]
    for number, (word, money, days) in enumerate(words, 1):
        before = life.payable
        told = _tell(life, word, money, days, number)
        assert all(check_line(line) is None and read_line(book(line)) == line for line in told)
        assert life.tell("again") == ()
        if word != "refunded" and not life.billing.cancelled:
            assert abs(life.payable) >= abs(before)  # only what is undone takes anything away
        for line in owned:
            sums = _of_line(life, line.key)
            held = -sums.get(LineType.RESERVE, 0) - sums.get(LineType.RELEASE, 0)
            left = line.amount + sums.get(LineType.CLAWBACK, 0)
            sign = 1 if line.amount >= 0 else -1
            # Nobody pays back what was never payable, and nothing more is held back than is left.
            assert 0 <= sign * held <= sign * left <= sign * line.amount
    life.undo()
    assert life.payable == 0
    assert set(life.totals.values()) <= {0}
    assert all(check_line(line) is None for line in life.lines)


@given(st.sampled_from(RELEASES), st.integers(1, 900_000), st.lists(st.integers(1, 400_000), max_size=6))
def test_releases_in_parts_sum_to_the_line(release: Any, amount: int, parts: list[int]) -> None:
    life = Life(at_rate("7.77%", release=release), 1_000_000, *credits(event(amount)))
    for number, part in enumerate(parts, 1):
        _tell(life, "paid", part, 20, number)
    life.tell("paid-last", date(2028, 1, 1), received=1_000_000)
    assert life.payable == life.lines[0].amount
    assert all(line.type is not LineType.CLAWBACK for line in life.lines)


@given(st.sampled_from(RELEASES), st.integers(1, 900_000), st.lists(st.integers(1, 400_000), max_size=6))
def test_refunds_in_parts_take_the_whole_line_and_no_more(release: Any, amount: int, parts: list[int]) -> None:
    life = Life(at_rate("7.77%", release=release, reversal=rules()), 1_000_000, *credits(event(amount)))
    for number, part in enumerate(parts, 1):
        _tell(life, "refunded", part, 20, number)
    life.tell("refunded-last", date(2028, 1, 1), refunded=1_000_000, refunds=(START,))
    assert life.payable == 0
    taken = sum(line.amount for line in life.lines if line.type is LineType.CLAWBACK)
    assert taken == -life.lines[0].amount
