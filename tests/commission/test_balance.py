"""Does a balance hold every line once, whatever its type?"""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesrepo.commission.payday.balance import Balance, balances
from salesrepo.domain.statement import DrawPart, LineItem, LineType, ReleasePart, TakenPart
from tests.commission.paydays import a_line, draw, drawing, run

TYPES = [kind for kind in LineType if kind is not LineType.PENDING]


@st.composite
def _lines(of: st.DrawFn) -> list[LineItem]:
    made: list[LineItem] = []
    for number in range(of(st.integers(0, 12))):
        kind, money = of(st.sampled_from(TYPES)), of(st.sampled_from(["EUR", "JPY"]))
        reverses = of(st.sampled_from(["gone", *(line.key for line in made)])) if kind is LineType.REVERSAL else None
        amount = of(st.integers(-(10**6), 10**6))
        made.append(a_line(amount, key=f"k {number}", type=kind, currency=money, reverses=reverses))
    return made


@given(_lines(), st.dictionaries(st.sampled_from(["EUR", "USD"]), st.integers(-(10**6), 10**6)))
def test_opening_and_what_happened_make_the_closing(lines: list[LineItem], opening: dict[str, int]) -> None:
    found = balances(lines, opening)
    assert set(found) == {line.currency for line in lines} | set(opening)
    for money, of in found.items():
        assert of.opening == opening.get(money, 0)
        assert of.closing == of.opening + sum(line.amount for line in lines if line.currency == money)
        assert of.closing == (
            of.opening
            + of.earned
            + of.adjusted
            - of.held_back
            + of.released
            - of.clawed_back
            + of.drawn
            - of.recovered
            - of.paid
        )
        assert of.payable == of.closing - of.opening - of.drawn + of.recovered + of.paid
        assert of.unreleased == of.held_back - of.released


@pytest.mark.parametrize(
    ("kind", "amount", "field", "told"),
    [
        (LineType.EARNING, 500, "earned", 500),
        (LineType.BONUS, 500, "earned", 500),
        (LineType.ADJUSTMENT, -500, "adjusted", -500),
        (LineType.RESERVE, -500, "held_back", 500),
        (LineType.RELEASE, 500, "released", 500),
        (LineType.CLAWBACK, -500, "clawed_back", 500),
        (LineType.DRAW_ADVANCE, 500, "drawn", 500),
        (LineType.DRAW_RECOVERY, -500, "recovered", 500),
        (LineType.PAYOUT, -500, "paid", 500),
        (LineType.PENDING, 0, "earned", 0),
    ],
)
def test_each_type_has_its_place(kind: LineType, amount: int, field: str, told: int) -> None:
    line = a_line(amount, key="k 1", type=kind)
    assert balances([line])["EUR"] == Balance(**{field: told}, closing=amount)
    undone = a_line(-amount, key="k 2", type=LineType.REVERSAL, reverses="k 1")
    assert balances([line, undone])["EUR"] == Balance()
    assert getattr(balances([undone], types={"k 1": kind})["EUR"], field) == -told


@pytest.mark.parametrize(
    ("amount", "part", "field"),
    [
        (-500, {"drawn": DrawPart("start", 0, 500, 0, 500)}, "drawn"),
        (500, {"drawn": DrawPart("start", 500, 0, 500, 0)}, "recovered"),
        (500, {"taken": TakenPart("70%", 500, (1, 1), 0)}, "clawed_back"),
        (500, {"released": ReleasePart(500, (0, 1), (0, 1), "cash")}, "held_back"),
        (-500, {"released": ReleasePart(500, (0, 1), (1, 1), "cash")}, "released"),
        (-500, {}, "earned"),
    ],
)
def test_a_reversal_of_an_unknown_line_is_told_by_its_parts(amount: int, part: dict[str, Any], field: str) -> None:
    line = a_line(amount, type=LineType.REVERSAL, reverses="long ago", **part)
    assert getattr(balances([line])["EUR"], field) == -500


def test_closes_one_after_the_other_agree() -> None:
    done = run(drawing(draw()), [126_000, [150_000, 200_000], -90_000])
    assert done.paid == [180_000, 296_000, 180_000]
    assert balances(done.lines)["EUR"] == Balance(earned=386_000, drawn=324_000, recovered=54_000, paid=656_000)
    assert balances([], {"EUR": 7}) == {"EUR": Balance(opening=7, closing=7)}
