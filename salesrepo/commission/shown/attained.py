"""How did a payee's attainment rise over the months, by what was booked?"""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from salesrepo.commission.entry import quota_of
from salesrepo.commission.figures import show_multiple
from salesrepo.domain.chart import Chart, Spot, Tick, ticks_up_to
from salesrepo.domain.period import Calendar, Span, span_of
from salesrepo.domain.statement import LineItem

_MOST_NAMED = 12  # months that are written below the axis
_HUNDREDTHS = 10_000  # of a percent, in a whole


def attainments(lines: Iterable[LineItem], calendar: Calendar, *, name: str) -> tuple[Chart, ...]:
    """A chart for each quota that lines were rated by; `lines` in booking order, `name` is the payee's.

    A month without a line stands where the one before left it, and at zero in a new window.
    """
    stood: dict[str, dict[date, tuple[str, Fraction]]] = {}
    for line in lines:
        if line.enter is not None and (quota := quota_of(line.enter.by)):
            month = line.event_on.replace(day=1)
            stood.setdefault(quota, {})[month] = (line.enter.window, Fraction(*line.enter.after))
    return tuple(_chart(quota, found, calendar, name) for quota, found in sorted(stood.items()))


def _chart(quota: str, stood: dict[date, tuple[str, Fraction]], calendar: Calendar, name: str) -> Chart:
    months = _months(min(stood), max(stood), calendar)
    spots: list[Spot] = []
    window, value = "", Fraction(0)
    for place, month in enumerate(months):
        if month in stood:
            window, value = stood[month]
        elif window and calendar.window_id(span_of(window), month) != window:
            window, value = "", Fraction(0)
        spots.append(Spot(Fraction(place), value, f"{month:%Y-%m}", share_shown(value)))
    step = -(-len(months) // _MOST_NAMED)
    ups = ticks_up_to(max(Fraction(1), *(spot.value for spot in spots)))
    last = spots[-1]
    return Chart(
        title=f"{name}: attainment of {quota}",
        says=f"It stood at {last.value_text} after {last.at_text}.",
        across="month of the event",
        up=f"attainment of {quota}",
        spots=tuple(spots),
        across_ticks=tuple(Tick(spot.at, spot.at_text) for spot in spots[::step]),
        up_ticks=tuple(Tick(at, share_shown(at)) for at in ups),
    )


def share_shown(value: Fraction) -> str:
    """A share as a percentage of at most two decimals, for people; the exact one stands on the line."""
    return show_multiple(Fraction(round(value * _HUNDREDTHS), _HUNDREDTHS))


def _months(first: date, last: date, calendar: Calendar) -> tuple[date, ...]:
    found = [first]
    while found[-1] < last:
        found.append(calendar.window(Span.MONTH, found[-1]).ends)
    return tuple(found)
