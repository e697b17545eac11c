"""Is a deal taken back at the rates it was paid at, and booked anew at its old place?"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesrepo.commission.booked_lines import lines_that_hold, places, top_seqs
from salesrepo.commission.engine import pay
from salesrepo.commission.explain.line import check_line
from salesrepo.commission.reverse import reverse
from salesrepo.commission.values import Booked, Credit, TotalKey
from salesrepo.commission.version import PlanVersion
from salesrepo.domain.statement import LineItem, LineType
from salesrepo.errors import RefusedError
from tests.commission.samples import CALENDAR, component, credits, event, plan, sales, settle, table, tiers, version

BY = tiers(("0", "5%"), ("500.00", "7.25%"), ("2000.00", "10%"))
AMENDED = "a" * 40
MAY = date(2026, 5, 4)


def take_back(lines: tuple[LineItem, ...], totals: dict[TotalKey, int], booked: tuple[LineItem, ...] = ()) -> Booked:
    return reverse(
        lines,
        totals,
        calendar=CALENDAR,
        booked_on=MAY,
        commit=AMENDED,
        why="the deal was amended",
        seqs=top_seqs(booked or lines),
        open_from=date(2026, 5, 1),
    )


def amend(deal: str, new: list[Credit], before: Booked, by: PlanVersion) -> tuple[Booked, Booked]:
    old = tuple(line for line in before.lines if line.deal == deal)
    undone = take_back(old, before.totals)
    seqs = top_seqs([*old, *undone.lines])
    return undone, settle(new, by, undone.totals, seqs=seqs, entered=places(old), open_from=date(2026, 5, 1))


def test_a_reversal_names_its_line_and_negates_it() -> None:
    booked = settle(sales(60_000), BY)
    undone = take_back(booked.lines, booked.totals)
    (line,) = undone.lines
    assert (line.type, line.reverses) == (LineType.REVERSAL, "deal-001 won ana commission 2026-01-01 1")
    assert line.key == "deal-001 won ana commission 2026-01-01 2"
    assert line.amount == -booked.lines[0].amount
    assert (line.earning_period, line.booking_period, line.deal_commit) == ("2026-03", "2026-05", AMENDED)
    assert line.because.startswith("32.25 EUR is taken back, because the deal was amended: All of 600.00 EUR")
    assert set(undone.totals.values()) == {0}


@given(st.lists(st.integers(-300_000, 500_000), min_size=1, max_size=6), st.data())
def test_taking_a_deal_back_leaves_the_others_and_sums_to_nothing(amounts: list[int], data: st.DataObject) -> None:
    booked = settle(sales(*amounts), BY)
    gone = data.draw(st.sampled_from(booked.lines))
    undone = take_back((gone,), booked.totals)
    assert undone.lines[0].amount + gone.amount == 0
    assert sum(undone.totals.values()) == sum(amounts) - (gone.measure.base if gone.measure else 0)
    assert check_line(undone.lines[0]) is None
    assert gone.key not in {line.key for line in lines_that_hold([*booked.lines, *undone.lines])}


@given(st.lists(st.integers(1, 500_000), min_size=2, max_size=6), st.integers(1, 2))
def test_amending_nothing_pays_nothing(amounts: list[int], which: int) -> None:
    booked = settle(sales(*amounts), BY)
    deal = f"deal-{which:03}"
    same = [credit for credit in sales(*amounts) if credit.event.deal == deal]
    undone, anew = amend(deal, same, booked, BY)
    assert undone.lines[0].amount + anew.lines[0].amount == 0
    assert anew.totals == booked.totals
    assert anew.lines[0].key.endswith(" 3")


def test_a_deal_of_two_lines_is_booked_anew_from_its_old_place() -> None:
    items = [credit for item in (1, 2) for credit in credits(event(40_000, item=item))]
    booked = settle([*items, *sales(70_000, place=2)], BY)
    larger = [c._replace(event=c.event._replace(amount=50_000)) for c in items]
    _, anew = amend("d-acme.com-1", larger, booked, BY)
    assert [(line.enter.before, line.enter.after) for line in anew.lines if line.enter] == [
        ((0, 1), (50_000, 1)),
        ((50_000, 1), (100_000, 1)),
    ]
    assert sum(anew.totals.values()) == 170_000


def test_components_that_share_a_total_give_it_back_once() -> None:
    two = component(table(("0", "1%")), over="month", name="bonus")
    both = version(plan(component(table(("0", "5%")), over="month"), two))
    booked = settle(sales(60_000, 10_000), both)
    undone = take_back(tuple(x for x in booked.lines if x.deal == "deal-001"), booked.totals)
    assert set(undone.totals.values()) == {10_000}


def test_an_order_halved_after_the_close_pays_the_difference() -> None:
    """https://docs.oracle.com/cd/E05553_01/books/InCompAdm/InCompAdmTransWorkbook10.html: 500, -500, 250."""
    by = version(plan(component("5%")))
    booked = settle(credits(event(1_000_000)), by)
    undone, anew = amend("d-acme.com-1", list(credits(event(500_000, booked_on=MAY, commit=AMENDED))), booked, by)
    assert [line.amount for line in (*booked.lines, *undone.lines, *anew.lines)] == [50_000, -50_000, 25_000]
    assert [line.booking_period for line in (*undone.lines, *anew.lines)] == ["2026-05", "2026-05"]


def test_an_event_by_itself_goes_back_to_zero() -> None:
    booked = settle(sales(60_000), tiers(("0", "5%"), over="each"))
    (line,) = take_back(booked.lines, booked.totals).lines
    assert line.enter is not None
    assert (line.enter.before, line.enter.after) == ((60_000, 1), (0, 1))
    assert check_line(line) is None


def test_a_pending_line_is_closed_by_a_reversal_of_nothing() -> None:
    waiting = pay(credits(event(100)), {}, {}, calendar=CALENDAR)
    undone = take_back(waiting.lines, waiting.totals)
    assert (undone.lines[0].amount, undone.lines[0].needs) == (0, None)
    assert lines_that_hold([*waiting.lines, *undone.lines]) == ()
    assert check_line(undone.lines[0]) is None


def test_a_reversal_is_not_reversed() -> None:
    booked = settle(sales(60_000), BY)
    undone = take_back(booked.lines, booked.totals)
    with pytest.raises(RefusedError, match="is a reversal"):
        take_back(undone.lines, undone.totals)
