"""Which running figures go back where a part of an event is taken back?"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from salesrepo.commission.billed.earnings import Earning
from salesrepo.commission.booked_lines import figures_of
from salesrepo.commission.values import TotalKey
from salesrepo.domain.money import round_half_away
from salesrepo.domain.period import MONTHS, Calendar, span_of
from salesrepo.domain.statement import LineItem, LineType, MovedPart

_Event = tuple[str, str, str, int, str]


def figures_back(
    standing: Sequence[LineItem],
    going: Sequence[tuple[Earning, Fraction]],
    totals: Mapping[TotalKey, int],
    *,
    calendar: Calendar,
    open_from: date,
) -> dict[str, tuple[MovedPart, ...]]:
    """The moves back to be booked now, by the key of the line on whose clawback they stand.

    `going` has every line that stands, with the share by which figures go back in all because of it (0: they stay).
    A figure goes back once, however many components pay on it: by the largest share that one of them says; so does a
    figure that none of the event's components pays on and a quota alone counts. Windows that were over by `open_from`,
    the first day that is not closed, keep their figures.
    """
    by_event: dict[_Event, list[tuple[Earning, Fraction]]] = {}
    for earning, share in going:
        by_event.setdefault(_event(earning.line), []).append((earning, share))
    found: dict[str, tuple[MovedPart, ...]] = {}
    for event, of_event in by_event.items():
        first = next((earning.line for earning, share in of_event if share), None)
        if first is None:
            continue
        parts = (
            _back(part, bases=bases, share=_share(part, of_event), total=totals.get(key, 0))
            for key, (part, *bases) in _figures(standing, event).items()
            if _is_open(key.window, calendar, open_from)
        )
        moved = tuple(part for part in parts if part.base)
        if moved:
            found[first.key] = moved
    return found


def _event(line: LineItem) -> _Event:
    return line.payee, line.deal, line.event, line.item, line.plan.name if line.plan else ""


def _figures(standing: Iterable[LineItem], event: _Event) -> dict[TotalKey, tuple[MovedPart, int, int]]:
    """What an event moved each figure by, and what of that went back before."""
    found: dict[TotalKey, tuple[MovedPart, int, int]] = {}
    of_event = {line.key for line in standing if _event(line) == event}
    for line in standing:
        if line.key not in of_event and line.about not in of_event:
            continue
        back = line.type is LineType.CLAWBACK
        for key, part in figures_of(line):
            first, base, gone = found.get(key, (part, 0, 0))
            found[key] = (first, base + (0 if back else part.base), gone - (part.base if back else 0))
    return found


def _share(part: MovedPart, of_event: Sequence[tuple[Earning, Fraction]]) -> Fraction:
    paid_on = {earning.component.measure.name for earning, _ in of_event}
    return max(
        share
        for earning, share in of_event
        if part.measure not in paid_on or earning.component.measure.name == part.measure
    )


def _back(part: MovedPart, *, bases: Sequence[int], share: Fraction, total: int) -> MovedPart:
    base, gone = bases
    due = round_half_away(*(base * share).as_integer_ratio())
    return part._replace(before=total, base=gone - due)


def _is_open(window: str, calendar: Calendar, open_from: date) -> bool:
    return span_of(window) not in MONTHS or calendar.named(window).ends > open_from
