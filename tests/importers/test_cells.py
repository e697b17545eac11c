"""Does a cell say exactly one thing, or is it a fault?"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesrepo.importers.cells import day_of, money_of, scaled_of, text_of, whole_of
from salesrepo.importers.fault import RowFault
from salesrepo.importers.mapping import DayOrder


@pytest.mark.parametrize(
    ("written", "order"),
    [
        ("3/1/2017", "month/day/year"),
        ("03/01/2017", "month/day/year"),
        ("1/3/2017", "day/month/year"),
        ("1.3.2017", "day.month.year"),
        ("2017-03-01", "year-month-day"),
    ],
)
def test_a_day_in_its_order(written: str, order: DayOrder) -> None:
    assert day_of(written, order, "c") == date(2017, 3, 1)


@pytest.mark.parametrize(
    "written",
    ["13/1/2017", "2/30/2017", "3/1/17", "3-1-2017", "2017/3/1", "3/1/2017 ", "٣/1/2017", "0/1/2017", "1/1/1999", "x"],
)
def test_what_is_no_day_is_never_guessed(written: str) -> None:
    with pytest.raises(RowFault, match="c is") as caught:
        day_of(written, "month/day/year", "c")
    assert caught.value.reason == "bad-date"


@given(st.integers(0, 36_000))
def test_every_day_is_read_back(offset: int) -> None:
    day = date(2000, 1, 1) + timedelta(days=offset)
    assert day_of(f"{day.month}/{day.day}/{day.year}", "month/day/year", "c") == day


@pytest.mark.parametrize(
    ("written", "kept"),
    [("1054", "1054.00"), ("0", "0.00"), ("10.5", "10.50"), ("999999999999999", "999999999999999.00")],
)
def test_an_amount_keeps_its_digits(written: str, kept: str) -> None:
    assert money_of(written, "USD", "c") == kept


@pytest.mark.parametrize(
    "written", ["-5", "1,054", "$5", "5 ", "1e3", "NaN", "0x10", "007", "1.005", ".5", "5.", "٥", "1" * 16, "1" * 5000]
)
def test_what_is_no_amount_is_a_fault(written: str) -> None:
    with pytest.raises(RowFault, match="c is") as caught:
        money_of(written, "USD", "c")
    assert caught.value.reason == "bad-amount"


def test_an_amount_has_the_decimals_of_its_currency() -> None:
    assert money_of("1054", "JPY", "c") == "1054"
    assert money_of("1054.5", "KWD", "c") == "1054.500"
    with pytest.raises(RowFault):
        money_of("1054.5", "JPY", "c")


@given(st.integers(0, 10**9), st.integers(0, 10**6 - 1))
def test_millions_become_whole_units_exactly(whole: int, part: int) -> None:
    assert scaled_of(f"{whole}.{part:06}", 1_000_000, "c", most=10**15) == whole * 10**6 + part


@pytest.mark.parametrize("written", ["1.0000001", "-1", "1e3", "1,5", "", "9999999999.0"])
def test_what_is_no_whole_unit_is_a_fault(written: str) -> None:
    with pytest.raises(RowFault, match="units of 1,000,000"):
        scaled_of(written, 1_000_000, "c", most=10**15)


@pytest.mark.parametrize("written", ["2200", "999", "1996.0", "-1996", "MCM"])
def test_a_number_out_of_its_bounds_is_a_fault(written: str) -> None:
    with pytest.raises(RowFault, match="from 1,000 to 2,100"):
        whole_of(written, "c", least=1000, most=2100)


def test_a_text_is_neither_empty_nor_endless() -> None:
    assert text_of("x" * 200, "c") == "x" * 200
    with pytest.raises(RowFault, match="c is empty"):
        text_of("", "c")
    with pytest.raises(RowFault, match="longer than 200"):
        text_of("x" * 201, "c")
