"""Is money read, cut, rounded and shown exactly?"""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor
from typing import get_args

import pycountry
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from salesrepo.domain.fields import Amount, Percent
from salesrepo.domain.money import (
    AMOUNT_REGEX,
    PERCENT_REGEX,
    add,
    cut,
    decimals_of,
    group_amount,
    parse_amount,
    parse_percent,
    parse_ratio,
    ratio,
    round_half_away,
    show_amount,
    show_percent,
    show_ratio,
)
from salesrepo.errors import RefusedError

whole = st.integers(-(10**12), 10**12)
NOT_MONEY = set("XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX".split())
CURRENT = sorted({currency.alpha_3 for currency in pycountry.currencies} - NOT_MONEY)


@given(whole, st.integers(1, 10**6))
@example(-5, 10)
@example(5, 10)
@example(15, 10)
@example(-25, 10)
def test_rounding_goes_half_away_from_zero(numerator: int, denominator: int) -> None:
    away = floor(abs(Fraction(numerator, denominator)) + Fraction(1, 2))
    assert round_half_away(numerator, denominator) == (away if numerator >= 0 else -away)


@given(st.integers(-(10**15), 10**15), st.integers(0, 8))
def test_rounding_agrees_with_decimals(numerator: int, places: int) -> None:
    oracle = Decimal(numerator).scaleb(-places).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    assert round_half_away(numerator, 10**places) == int(oracle)


@given(whole, st.lists(st.integers(1, 1000), min_size=1, max_size=8))
def test_parts_that_fill_the_whole_sum_to_it(amount: int, weights: list[int]) -> None:
    total, reached, parts = sum(weights), 0, []
    for weight in weights:
        parts.append(cut(amount, ratio(reached, total), ratio(reached + weight, total)))
        reached += weight
    assert sum(parts) == amount


@given(whole, st.sampled_from(CURRENT))
def test_an_amount_shown_is_read_back(minor: int, currency: str) -> None:
    assert parse_amount(show_amount(minor, currency), currency) == minor
    assert group_amount(minor, currency).replace(",", "") == show_amount(minor, currency)


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("1054.00", "USD", 105400),
        ("1054", "USD", 105400),
        ("0.5", "EUR", 50),
        ("-0.05", "EUR", -5),
        ("-0", "EUR", 0),
        ("1054", "JPY", 1054),
        ("1.005", "KWD", 1005),
        ("0.0001", "CLF", 1),
    ],
)
def test_reads_at_the_currency_s_own_decimals(text: str, currency: str, minor: int) -> None:
    assert parse_amount(text, currency) == minor


@pytest.mark.parametrize(
    ("text", "currency", "says"),
    [
        ("10.5", "JPY", "JPY has 0"),
        ("10.005", "EUR", "EUR has 2"),
        ("1,000.00", "EUR", "not an amount"),
        ("1e3", "EUR", "not an amount"),
        ("٣", "EUR", "not an amount"),
        ("01.00", "EUR", "not an amount"),
        ("1.00\n", "EUR", "not an amount"),
        ("1.00", "XAU", "no ISO 4217 currency"),
        ("1.00", "eur", "no ISO 4217 currency"),
    ],
)
def test_refuses_what_is_no_amount(text: str, currency: str, says: str) -> None:
    with pytest.raises(RefusedError, match=says) as caught:
        parse_amount(text, currency)
    assert caught.value.hint


def test_people_read_grouped_figures() -> None:
    assert group_amount(-123456789, "EUR") == "-1,234,567.89"
    assert group_amount(1234567, "JPY") == "1,234,567"
    assert show_amount(-5, "KWD") == "-0.005"


def test_every_current_currency_is_known() -> None:
    assert {decimals_of(currency) for currency in CURRENT} == {0, 2, 3, 4}
    for currency in NOT_MONEY:
        with pytest.raises(RefusedError):
            decimals_of(currency)
    assert (decimals_of("JPY"), decimals_of("EUR"), decimals_of("KWD"), decimals_of("CLF")) == (0, 2, 3, 4)


@pytest.mark.parametrize(("text", "exact"), [("12.5%", (1, 8)), ("100%", (1, 1)), ("0%", (0, 1)), ("0.25%", (1, 400))])
def test_percentages_are_exact_both_ways(text: str, exact: tuple[int, int]) -> None:
    assert parse_percent(text) == exact
    assert show_percent(exact) == text


def test_a_share_without_end_is_shown_as_a_fraction() -> None:
    assert show_percent((1, 3)) == "1/3"
    assert show_percent((-1, 8)) == "-12.5%"
    with pytest.raises(RefusedError, match="not a percentage"):
        parse_percent("12,5%")


@given(whole, st.integers(1, 10**9))
def test_ratios_are_written_and_read(numerator: int, denominator: int) -> None:
    value = ratio(numerator, denominator)
    assert parse_ratio(show_ratio(value)) == value
    assert add(value, (-value[0], value[1])) == (0, 1)


def test_refuses_what_is_no_fraction() -> None:
    for text in ("1/0", "1.5", "", "1/-2"):
        with pytest.raises(RefusedError, match="not a fraction"):
            parse_ratio(text)


def test_reads_exactly_what_the_fields_of_records_admit() -> None:
    assert get_args(Amount)[1].regex == AMOUNT_REGEX
    assert get_args(Percent)[1].regex == PERCENT_REGEX
