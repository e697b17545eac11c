"""Does a day fall into the right window, version and company day?"""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesrepo.domain.period import Calendar, Span, business_days_after, day_in, span_of, version_on
from salesrepo.errors import RefusedError

DATED_SPANS = [Span.MONTH, Span.QUARTER, Span.HALF_YEAR, Span.YEAR]
days = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("month", "span", "window_id"),
    [
        (1, Span.MONTH, "2017-12"),
        (1, Span.QUARTER, "2017-q4"),
        (1, Span.HALF_YEAR, "2017-h2"),
        (1, Span.YEAR, "2017"),
        (10, Span.QUARTER, "2018-q1"),
        (10, Span.YEAR, "2018"),
        (2, Span.QUARTER, "2018-q4"),
        (12, Span.HALF_YEAR, "2018-h1"),
        (1, Span.ALWAYS, "always"),
        (1, Span.EACH, "each"),
    ],
)
def test_the_last_day_of_2017_lies_in(month: int, span: Span, window_id: str) -> None:
    assert Calendar(month).window_id(span, date(2017, 12, 31)) == window_id


@given(days, st.integers(1, 12), st.sampled_from(DATED_SPANS))
def test_windows_follow_one_another_without_gap(day: date, month: int, span: Span) -> None:
    calendar = Calendar(month)
    window = calendar.window(span, day)
    assert window.holds(day)
    assert not window.holds(window.ends)
    assert calendar.window(span, window.ends).starts == window.ends
    assert calendar.window(span, window.starts - timedelta(days=1)).ends == window.starts


@given(days, st.integers(1, 12), st.sampled_from(DATED_SPANS))
def test_an_id_names_its_window_again(day: date, month: int, span: Span) -> None:
    calendar = Calendar(month)
    window = calendar.window(span, day)
    assert calendar.named(window.id) == window
    assert span_of(window.id) is span


@given(days, st.integers(1, 12))
def test_a_year_has_four_quarters_of_its_own(day: date, month: int) -> None:
    calendar = Calendar(month)
    year = calendar.window(Span.YEAR, day)
    quarters = [calendar.named(f"{year.id}-q{number}") for number in (1, 2, 3, 4)]
    assert quarters[0].starts == year.starts
    assert quarters[-1].ends == year.ends


@pytest.mark.parametrize("text", ["2017-13", "2017-00", "2017-q5", "2017-h3", "17-01", "2017-", "2017-q", "", "soon"])
def test_refuses_what_is_no_period(text: str) -> None:
    with pytest.raises(RefusedError, match="not a period"):
        span_of(text)


def test_always_has_no_days() -> None:
    with pytest.raises(RefusedError, match="no first and last day"):
        Calendar().named("always")
    with pytest.raises(ValueError, match="each"):
        Calendar().window(Span.EACH, date(2017, 1, 1))


def test_the_latest_version_that_began_is_in_force() -> None:
    versions = [date(2027, 1, 1), date(2025, 1, 1), date(2026, 1, 1)]
    assert version_on(versions, date(2026, 12, 31)) == date(2026, 1, 1)
    assert version_on(versions, date(2027, 1, 1)) == date(2027, 1, 1)
    assert version_on(versions, date(2024, 12, 31)) is None


def test_a_day_is_a_day_at_the_company() -> None:
    late = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert day_in("Europe/Berlin", late) == date(2027, 1, 1)
    assert day_in("America/New_York", late) == date(2026, 12, 31)


def test_an_unknown_zone_or_a_bare_time_is_refused() -> None:
    with pytest.raises(RefusedError, match="time zone"):
        day_in("Europe/Atlantis", datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(ValueError, match="offset"):
        day_in("Europe/Berlin", datetime(2026, 1, 1))


@pytest.mark.parametrize(
    ("opened", "count", "by"),
    [
        (date(2026, 3, 2), 3, date(2026, 3, 5)),  # Monday to Thursday
        (date(2026, 3, 4), 3, date(2026, 3, 9)),  # Wednesday over the weekend to Monday
        (date(2026, 3, 6), 1, date(2026, 3, 9)),
        (date(2026, 3, 7), 1, date(2026, 3, 9)),  # a Saturday
        (date(2026, 3, 8), 5, date(2026, 3, 13)),
        (date(2026, 3, 7), 0, date(2026, 3, 7)),
    ],
)
def test_business_days_leave_weekends_out(opened: date, count: int, by: date) -> None:
    assert business_days_after(opened, count) == by
