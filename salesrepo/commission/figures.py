"""How are the numbers of a plan read, exactly: rates, multiples, bounds, quantities in their unit?

A quantity is a whole number of its unit's smallest part: minor units of a currency, or things that are counted. The
unit is the currency's code, or "" for what is counted.
"""

from fractions import Fraction
from functools import lru_cache

from salesrepo.domain.money import decimals_of, group_amount, parse_amount
from salesrepo.errors import RefusedError

COUNTED = ""  # the unit of what is counted and has no currency
_VALUES_COUNTED = frozenset(("units", "count"))
_DECIMALS = 12


def unit_of(value: str, currency: str) -> str:
    """In what a measure's value is counted: the plan's currency, or things."""
    return COUNTED if value in _VALUES_COUNTED else currency


def multiple(text: str) -> Fraction:
    """The exact number of "7%", "1.5x" or "1/3"."""
    if text.endswith("%"):
        return Fraction(text[:-1]) / 100
    return Fraction(text.removesuffix("x"))


def quantity(text: str, unit: str) -> int:
    """An amount in minor units, or a whole number of things. Raises RefusedError where it is finer than its unit."""
    if unit:
        return parse_amount(text, unit)
    number = Fraction(text)
    if number.denominator != 1:
        raise RefusedError(f"{text} is no whole number.", hint="Write a whole number of what is counted.")
    return number.numerator


def show_quantity(value: Fraction | int, unit: str) -> str:
    """A quantity as people read it: "1,054.00", "3"; a part of the smallest unit by its decimals, or as a fraction."""
    if value.denominator == 1:
        return group_amount(value.numerator, unit) if unit else f"{value.numerator:,}"
    return show_number(Fraction(value, 10 ** (decimals_of(unit) if unit else 0)))


@lru_cache(maxsize=1024)  # a plan has few, and they stand in every line's reason
def show_multiple(value: Fraction) -> str:
    """A share as a percentage: "7.5%", or a fraction where decimals do not say it."""
    text = show_number(value * 100)
    return f"{value.numerator}/{value.denominator}" if "/" in text else f"{text}%"


def show_number(value: Fraction) -> str:
    """A number by its decimals where a dozen say it exactly, else as a fraction."""
    parts = value * 10**_DECIMALS
    if parts.denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    whole, part = divmod(abs(parts.numerator), 10**_DECIMALS)
    decimals = f".{part:0{_DECIMALS}}".rstrip("0") if part else ""
    return f"{'-' if value < 0 else ''}{whole:,}{decimals}"
