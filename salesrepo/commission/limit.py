"""What do limits leave of a line: at most, at least, so many times?"""

from collections.abc import Iterator, MutableMapping
from typing import NamedTuple

from salesrepo.commission.values import TotalKey
from salesrepo.commission.version import PlanVersion, ReadyComponent, ReadyLimit
from salesrepo.domain.period import Calendar, Span, span_of
from salesrepo.domain.statement import LimitPart, LineItem

_CARRIED = ".carried"


class Limited(NamedTuple):
    """The amount that is left in minor units, and what each limit that cut or raised it did."""

    amount: int
    parts: tuple[LimitPart, ...]


def hold(
    calculated: int,
    line: LineItem,
    version: PlanVersion,
    component: ReadyComponent,
    *,
    totals: MutableMapping[TotalKey, int],
    calendar: Calendar,
    earlier: int = 0,
) -> Limited:
    """Apply a component's limits in the order written; `totals` moves on what windows have used.

    `line` says whose the amount is and on which day it was earned; `earlier` is what was calculated before for the same
    event, which a limit per event counts with it. Amounts below zero (credit notes, true-ups down) are held to a limit
    per event only, and free nothing in a window: taking one deal back does not release what another lost to the limit.
    """
    amount, parts = calculated, []
    for place, limit in enumerate(component.limits, 1):
        name = f"{component.name}.{place}"
        window = calendar.window_id(limit.per, line.event_on)
        key = TotalKey(line.payee, version.plan, name, window, version.currency)
        before, used = amount, 0
        if limit.per is Span.EACH:
            held = _of_event(earlier, limit)
            amount, earlier = _of_event(earlier + amount, limit) - held, held
        else:
            amount, used = _of_window(amount, limit, key, totals)
        if amount != before:
            parts.append(LimitPart(name, window, before, amount, used))
    return Limited(amount, tuple(parts))


def give_back(line: LineItem, totals: MutableMapping[TotalKey, int], calendar: Calendar) -> None:
    """Take out of `totals` what a line used of its component's limits: it is corrected, and counts for nothing."""
    for key, place in _limits_of(line, totals, calendar):
        before, after = _stage(line, place - 1), _stage(line, place)
        if before <= 0:
            continue
        totals[key] -= after if key.unit else min(after, 1)
        kept = key._replace(measure=f"{key.measure}{_CARRIED}", window=Span.ALWAYS.value)
        if kept in totals:
            totals[kept] -= before - after


def _limits_of(
    line: LineItem, totals: MutableMapping[TotalKey, int], calendar: Calendar
) -> Iterator[tuple[TotalKey, int]]:
    """The figures of limits that a line moved, with each limit's place."""
    if line.plan is None or line.component is None:
        return
    for key in list(totals):
        component, _, place = key.measure.rpartition(".")
        if (key.payee, key.plan, component) != (line.payee, line.plan.name, line.component) or not place.isdecimal():
            continue
        if calendar.window_id(span_of(key.window), line.event_on) == key.window:
            yield key, int(place)


def _stage(line: LineItem, place: int) -> int:
    """What the limits up to and with a place left of a line."""
    amount = line.calculated or 0
    for part in line.limits:
        if int(part.name.rpartition(".")[2]) <= place:
            amount = part.after
    return amount


def _of_event(amount: int, limit: ReadyLimit) -> int:
    if limit.least is not None:
        return max(amount, limit.least) if amount > 0 else amount
    most = limit.most or 0
    return max(-most, min(amount, most))


def _of_window(amount: int, limit: ReadyLimit, key: TotalKey, totals: MutableMapping[TotalKey, int]) -> tuple[int, int]:
    if limit.times is not None:
        key = key._replace(unit="")
    used = totals.get(key, 0)
    if amount <= 0:
        return amount, used
    if limit.times is not None:
        totals[key] = used + (1 if used < limit.times else 0)
        return (amount if used < limit.times else 0), used
    kept = key._replace(measure=f"{key.measure}{_CARRIED}", window=Span.ALWAYS.value)
    wanted = amount + (totals.get(kept, 0) if limit.carried else 0)
    left = min(wanted, max((limit.most or 0) - used, 0))
    totals[key] = used + left
    if limit.carried:
        totals[kept] = wanted - left
    return left, used
