"""Which rate holds on a day, and is an amount converted to the last minor unit as people would by hand?"""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesrepo.commission.fx import OLDEST, FoundRate, convert, rate_on
from salesrepo.domain.kinds.fx import exact
from salesrepo.domain.money import Ratio, decimals_of
from salesrepo.errors import RefusedError

DAY = date(2027, 9, 3)
CURRENCIES = ("USD", "EUR", "JPY", "KWD", "CLF")

rates = st.builds(lambda whole, part: exact(f"{whole}.{part:08}"), st.integers(0, 99_999), st.integers(1, 99_999_999))
amounts = st.integers(-(10**12), 10**12)
currencies = st.sampled_from(CURRENCIES)


@pytest.mark.parametrize(
    ("amount", "source", "target", "rate", "gets"),
    [
        (300, "USD", "EUR", "1.145", 344),  # 3.435 becomes 3.44
        (-300, "USD", "EUR", "1.145", -344),  # and -3.435 becomes -3.44
        (200, "EUR", "USD", "1.0025", 201),  # 2.005, which a float holds as 2.00499…
        (0, "USD", "EUR", "1.145", 0),
        (1000, "EUR", "JPY", "161.55", 1616),  # 10 euros: 1615.5 yen
        (1616, "JPY", "EUR", "0.00619003", 1000),
        (1, "JPY", "KWD", "0.0020455", 2),  # a yen is two fils and a bit
        (1000, "KWD", "USD", "3.2515", 325),  # a dinar has a thousand fils
        (10**14, "USD", "USD", "1", 10**14),
    ],
)
def test_an_amount_is_converted_exactly_and_rounded_once(
    amount: int, source: str, target: str, rate: str, gets: int
) -> None:
    assert convert(amount, source, target, exact(rate)) == gets


def test_what_is_no_currency_is_never_converted() -> None:
    with pytest.raises(RefusedError, match="XAU is no ISO 4217 currency"):
        convert(1, "XAU", "USD", (1, 1))


@given(amounts, currencies, currencies, rates)
def test_there_and_back_is_within_what_two_roundings_can_do(amount: int, one: str, other: str, rate: Ratio) -> None:
    there = convert(amount, one, other, rate)
    back = convert(there, other, one, (rate[1], rate[0]))
    minor_rate = Fraction(*rate) * Fraction(10) ** (decimals_of(other) - decimals_of(one))
    assert abs(back - amount) <= Fraction(1, 2) / minor_rate + Fraction(1, 2)
    if minor_rate >= 1:
        assert abs(back - amount) <= 1


@given(amounts, currencies, currencies, rates)
def test_a_conversion_is_half_a_unit_off_at_most_and_has_no_favourite_sign(
    amount: int, one: str, other: str, rate: Ratio
) -> None:
    gets = convert(amount, one, other, rate)
    true = amount * Fraction(*rate) * Fraction(10) ** (decimals_of(other) - decimals_of(one))
    assert abs(gets - true) <= Fraction(1, 2)
    assert convert(-amount, one, other, rate) == -gets


def test_the_day_itself_comes_before_the_last_one_before_it() -> None:
    held = {DAY: (11, 10), DAY - timedelta(days=1): (12, 10)}
    assert rate_on(held, DAY) == FoundRate((11, 10), DAY)
    assert rate_on(held, DAY + timedelta(days=3)) == FoundRate((11, 10), DAY)


def test_a_rate_counts_for_ten_days_and_never_before_its_own() -> None:
    held = {DAY: (11, 10)}
    assert rate_on(held, DAY + timedelta(days=OLDEST)) is not None
    assert rate_on(held, DAY + timedelta(days=OLDEST + 1)) is None
    assert rate_on(held, DAY - timedelta(days=1)) is None
    assert rate_on({}, DAY) is None


def test_the_other_direction_is_divided_exactly_and_only_where_there_is_no_direct_one() -> None:
    back = {DAY: exact("1.0837")}
    assert rate_on({}, DAY, inverse=back) == FoundRate((10000, 10837), DAY, inverse=True)
    direct = {DAY - timedelta(days=OLDEST): (9, 10)}
    assert rate_on(direct, DAY, inverse=back) == FoundRate((9, 10), DAY - timedelta(days=OLDEST))
    old = {DAY - timedelta(days=OLDEST + 1): (9, 10)}
    assert rate_on(old, DAY, inverse=back) == FoundRate((10000, 10837), DAY, inverse=True)


@given(
    st.dictionaries(st.dates(date(2027, 1, 1), date(2027, 3, 31)), rates), st.dates(date(2027, 1, 1), date(2027, 4, 30))
)
def test_the_rate_is_the_youngest_that_is_not_too_old(held: dict[date, Ratio], day: date) -> None:
    able = [one for one in held if day - timedelta(days=OLDEST) <= one <= day]
    found = rate_on(held, day)
    assert found == (FoundRate(held[max(able)], max(able)) if able else None)
