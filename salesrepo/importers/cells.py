"""What does one cell say: a text, a day, an amount, a whole number? Exactly, or it is a fault of the row."""

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from salesrepo.domain.fields import FIRST_DAY, LAST_DAY
from salesrepo.domain.money import decimals_of, parse_amount, show_amount
from salesrepo.errors import RefusedError
from salesrepo.importers.fault import RowFault, shown
from salesrepo.importers.mapping import DayOrder

LINE_CAP = 200  # domain.fields.Line

_DAYS: Mapping[DayOrder, re.Pattern[str]] = MappingProxyType(
    {
        "month/day/year": re.compile(r"(?P<m>[0-9]{1,2})/(?P<d>[0-9]{1,2})/(?P<y>[0-9]{4})"),
        "day/month/year": re.compile(r"(?P<d>[0-9]{1,2})/(?P<m>[0-9]{1,2})/(?P<y>[0-9]{4})"),
        "day.month.year": re.compile(r"(?P<d>[0-9]{1,2})\.(?P<m>[0-9]{1,2})\.(?P<y>[0-9]{4})"),
        "year-month-day": re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})"),
    }
)
_WHOLE = re.compile(r"[0-9]{1,15}")
_DECIMAL = re.compile(r"([0-9]{1,15})(?:\.([0-9]{1,9}))?")


def day_of(text: str, order: DayOrder, column: str) -> date:
    """The day that a cell writes in the mapping's order, with a year of four digits."""
    found = _DAYS[order].fullmatch(text)
    try:
        day = date(int(found["y"]), int(found["m"]), int(found["d"])) if found else None
    except ValueError:  # 30 February
        day = None
    if day is None:
        raise RowFault("bad-date", f"{column} is {shown(text)}, which is no day written as {order}.")
    if not FIRST_DAY <= day <= LAST_DAY:
        raise RowFault("bad-date", f"{column} is {day}; days from {FIRST_DAY} to {LAST_DAY} can be kept.")
    return day


def money_of(text: str, currency: str, column: str) -> str:
    """The amount that a cell writes ("1054"), with the currency's decimals ("1054.00"). Nothing is rounded."""
    try:
        minor = parse_amount(text, currency)
    except RefusedError as error:
        raise RowFault("bad-amount", f"{column} is {shown(text)}, which is no amount in {currency}.") from error
    if minor < 0:
        raise RowFault("bad-amount", f"{column} is {shown(text)}, and an amount here is never negative.")
    if len(str(minor)) > 15 + decimals_of(currency):
        raise RowFault("bad-amount", f"{column} is {shown(text)}, which is more than can be kept.")
    return show_amount(minor, currency)


def whole_of(text: str, column: str, *, least: int = 0, most: int) -> int:
    """The whole number that a cell writes."""
    number = int(text) if _WHOLE.fullmatch(text) else None
    if number is None or not least <= number <= most:
        raise RowFault("bad-number", f"{column} is {shown(text)}, which is no whole number from {least:,} to {most:,}.")
    return number


def scaled_of(text: str, unit: int, column: str, *, most: int) -> int:
    """The whole number that "1100.04" in units of 1,000,000 is, exactly: 1100040000."""
    found = _DECIMAL.fullmatch(text)
    part = found[2] or "" if found else ""
    number, rest = divmod(int(found[1] + part) * unit, 10 ** len(part)) if found else (0, 1)
    if rest or number > most:
        raise RowFault("bad-number", f"{column} is {shown(text)}, which is no whole number in units of {unit:,}.")
    return number


def text_of(text: str, column: str) -> str:
    """The text of a cell that a record's line takes."""
    if not text:
        raise RowFault("missing-value", f"{column} is empty.")
    if len(text) > LINE_CAP:
        raise RowFault("bad-text", f"{column} is longer than {LINE_CAP} characters: {shown(text)}.")
    return text
