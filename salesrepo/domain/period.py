"""Which month, quarter or year does a day belong to, which dated value holds on it, which day is an instant,
and which is so many business days on?"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from salesrepo.errors import RefusedError


class Span(StrEnum):
    """How long a window runs before its total starts at zero: `each` event by itself, up to `always`."""

    EACH = "each"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"
    ALWAYS = "always"


MONTHS = {Span.MONTH: 1, Span.QUARTER: 3, Span.HALF_YEAR: 6, Span.YEAR: 12}
_LETTER = {Span.QUARTER: "q", Span.HALF_YEAR: "h"}
_SATURDAY = 5


class Window(NamedTuple):
    """A named stretch of days, from `starts` up to and without `ends`. Ids: 2017-12, 2017-q4, 2017-h2, 2017."""

    id: str
    starts: date
    ends: date

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.starts <= day < self.ends


class Calendar(NamedTuple):
    """A company's year. `fiscal_year_starts` is a month, 1-12; a fiscal year is named after the year it ends in.

    Months keep their own names; quarters, half-years and years follow the fiscal year.
    """

    fiscal_year_starts: int = 1

    def window(self, span: Span, day: date) -> Window:
        """The month, quarter, half-year or year of a day. `each` and `always` have no days: ValueError."""
        if span not in MONTHS:
            raise ValueError(f"the window {span} has no first and last day")
        return _window(self.fiscal_year_starts, span, day.year, day.month)

    def window_id(self, span: Span, day: date) -> str:
        """The id of the window of a day; `each` and `always` are their own ids."""
        return self.window(span, day).id if span in MONTHS else span.value

    def named(self, text: str) -> Window:
        """The window with this id. Raises RefusedError where nothing is called so."""
        span = span_of(text)
        if span not in MONTHS:
            raise RefusedError(f"{text!r} has no first and last day.", hint=_SHAPES)
        year, _, rest = text.partition("-")
        if span is Span.MONTH:
            return self.window(span, date(int(year), int(rest), 1))
        first = date(int(year) - (self.fiscal_year_starts > 1), self.fiscal_year_starts, 1)
        return self.window(span, _shift(first, (int(rest[1:] or "1") - 1) * MONTHS[span] if rest else 0))


@lru_cache(maxsize=1024)  # events of one history lie in a few hundred windows, and each asks again and again
def _window(fiscal_year_starts: int, span: Span, year: int, month: int) -> Window:
    length, day = MONTHS[span], date(year, month, 1)
    offset = (month - fiscal_year_starts) % 12  # whole months since the fiscal year began
    starts = _shift(day, -(offset % length) if length > 1 else 0)
    ends = _shift(starts, length)
    if span is Span.MONTH:
        return Window(f"{year:04}-{month:02}", starts, ends)
    named = _shift(day, 11 - offset).year
    number = f"-{_LETTER[span]}{offset // length + 1}" if span in _LETTER else ""
    return Window(f"{named:04}{number}", starts, ends)


_SHAPES = "Write a month (2017-12), a quarter (2017-q4), a half-year (2017-h2) or a year (2017)."
_LAST_NUMBER = {"": 12, "q": 4, "h": 2}


def span_of(window_id: str) -> Span:
    """Which kind of window an id names. Raises RefusedError where it names none."""
    if window_id in (Span.EACH, Span.ALWAYS):
        return Span(window_id)
    year, dash, rest = window_id.partition("-")
    if window_id.isascii() and len(year) == 4 and year.isdigit() and year > "0001":
        letter = rest[:1] if rest[:1] in ("q", "h") else ""
        digits = rest[len(letter) :]
        if not dash:
            return Span.YEAR
        if len(digits) == (1 if letter else 2) and digits.isdigit() and 1 <= int(digits) <= _LAST_NUMBER[letter]:
            return {"": Span.MONTH, "q": Span.QUARTER, "h": Span.HALF_YEAR}[letter]
    raise RefusedError(f"{window_id!r} is not a period.", hint=_SHAPES)


def _shift(day: date, months: int) -> date:
    """The first day of the month that lies `months` after a day's own."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def version_on(effective: Iterable[date], day: date) -> date | None:
    """Which of the dated versions of a plan is in force on a day: the last that began by then."""
    return max((start for start in effective if start <= day), default=None)


def business_days_after(day: date, count: int) -> date:
    """The day that lies `count` business days after a day; no Saturday or Sunday counts, holidays do."""
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < _SATURDAY
    return day


def day_in(zone: str, instant: datetime) -> date:
    """The day that an instant (with an offset) is in a time zone such as Europe/Berlin.

    Raises RefusedError for an unknown zone, ValueError for an instant without an offset.
    """
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - slow to load, and periods alone do not need it

    if instant.tzinfo is None:
        raise ValueError("an instant needs an offset from UTC")
    try:
        return instant.astimezone(ZoneInfo(zone)).date()
    except (LookupError, ValueError, OSError) as error:
        raise RefusedError(
            f"{zone!r} is not a time zone known here.", hint="Use a name such as Europe/Berlin in salesrepo.yml."
        ) from error
