"""How is a booked deal taken back, at the rates it was paid at, so that it can be booked anew or not at all?"""

from collections.abc import Mapping, Sequence
from datetime import date

from salesrepo.commission import because
from salesrepo.commission.booked_lines import figures_of
from salesrepo.commission.limit import give_back
from salesrepo.commission.lines import ENGINE
from salesrepo.commission.values import Booked, TotalKey
from salesrepo.domain.money import Ratio
from salesrepo.domain.period import Calendar, span_of
from salesrepo.domain.statement import CreditPart, LineItem, LineType, MovedPart, ReleasePart, SlicePart, TakenPart
from salesrepo.errors import RefusedError


def reverse(
    lines: Sequence[LineItem],
    totals: Mapping[TotalKey, int],
    *,
    calendar: Calendar,
    booked_on: date,
    commit: str,
    why: str,
    seqs: Mapping[str, int],
    open_from: date = date.min,
) -> Booked:
    """One negated line for each standing line: same rates, booked on `booked_on`.

    Running figures move back, those of limits too: the deal may be booked anew, and may need their room again.
    What was booked into a period that was closed before `open_from` is taken back in the first open one.
    `commit` is the main commit that took the deal back, `why` a clause such as "the deal was amended". Raises
    RefusedError for a line that is a reversal itself.
    """
    after = dict(totals)
    numbers = dict(seqs)
    made: list[LineItem] = []
    for line in lines:
        if line.type is LineType.REVERSAL:
            raise RefusedError(f"{line.key} is a reversal and cannot be reversed.", hint="Book the deal anew instead.")
        numbers[line.stem] = numbers.get(line.stem, 0) + 1
        give_back(line, after, calendar)
        made.append(
            line._replace(
                key=f"{line.stem} {numbers[line.stem]}",
                type=LineType.REVERSAL,
                booked_on=booked_on,
                booking_period=still_open(line.booking_period, calendar, open_from),
                amount=-line.amount,
                engine=ENGINE,
                deal_commit=commit,
                because=because.taken_back(line, why),
                credit=line.credit and _negate_credit(line.credit),
                measure=line.measure and line.measure._replace(base=-line.measure.base),
                moved=_move_back(line, after),
                enter=line.enter and line.enter._replace(before=line.enter.after, after=line.enter.before),
                slices=tuple(_negate_slice(part) for part in line.slices),
                exact=None if line.exact is None else _negate(line.exact),
                calculated=None if line.calculated is None else -line.calculated,
                limits=tuple(part._replace(before=-part.before, after=-part.after) for part in line.limits),
                less=line.less and line.less._replace(booked=-line.less.booked),
                fx=line.fx and line.fx._replace(amount=-line.fx.amount),
                paid_in=line.paid_in and line.paid_in._replace(amount=-line.paid_in.amount),
                shared=line.shared and line.shared._replace(of=-line.shared.of),
                released=line.released and _negate_released(line.released),
                taken=line.taken and _negate_taken(line.taken),
                reverses=line.key,
                needs=None,
            )
        )
    return Booked(tuple(made), after)


def still_open(period: str, calendar: Calendar, open_from: date) -> str:
    """A booking period, or the first open one where it was closed before `open_from`."""
    span = span_of(period)
    return period if calendar.named(period).ends > open_from else calendar.window_id(span, open_from)


def _move_back(line: LineItem, totals: dict[TotalKey, int]) -> tuple[MovedPart, ...]:
    """The running figures without the line's event."""
    back = []
    for key, part in figures_of(line):
        before = totals.get(key, 0)
        totals[key] = before - part.base
        back.append(part._replace(before=before, base=-part.base))
    return tuple(back)


def _negate(value: Ratio) -> Ratio:
    return -value[0], value[1]


def _negate_credit(part: CreditPart) -> CreditPart:
    return part._replace(of=-part.of, gives=-part.gives)


def _negate_released(part: ReleasePart) -> ReleasePart:
    return part._replace(before=part.after, after=part.before)


def _negate_taken(part: TakenPart) -> TakenPart:
    return part._replace(of=-part.of, before=-part.before, stood=None if part.stood is None else -part.stood)


def _negate_slice(part: SlicePart) -> SlicePart:
    return part._replace(part=_negate(part.part), gives=_negate(part.gives))
