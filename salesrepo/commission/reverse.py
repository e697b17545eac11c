"""How is a booked deal taken back, at the rates it was paid at, so that it can be booked anew or not at all?"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from salesrepo.commission import because
from salesrepo.commission.engine import ENGINE
from salesrepo.commission.values import Booked, TotalKey
from salesrepo.domain.money import Ratio
from salesrepo.domain.period import Calendar, span_of
from salesrepo.domain.statement import CreditPart, EnterPart, LineItem, LineType, SlicePart
from salesrepo.errors import RefusedError


def standing(lines: Iterable[LineItem]) -> tuple[LineItem, ...]:
    """The lines that hold: no reversals, and none that a reversal names."""
    booked = tuple(lines)
    undone = {line.reverses for line in booked}
    return tuple(line for line in booked if line.type is not LineType.REVERSAL and line.key not in undone)


def top_seqs(lines: Iterable[LineItem]) -> dict[str, int]:
    """The highest sequence number booked, by stem of key: what `pay` and `reverse` count on from."""
    found: dict[str, int] = {}
    for line in lines:
        found[line.stem] = max(found.get(line.stem, 0), int(line.key.rpartition(" ")[2]))
    return found


def total_key(line: LineItem) -> TotalKey | None:
    """The running total that a line moved; None where it moved none (a flat rate, `each`, pending)."""
    if line.enter is None or line.measure is None or line.plan is None or line.enter.window == "each":
        return None
    return TotalKey(line.payee, line.plan.name, line.measure.name, line.enter.window, line.currency)


def places(lines: Iterable[LineItem]) -> dict[tuple[str, TotalKey], int]:
    """Where each deal first entered each running total: given to `pay` as `entered` when the deal is booked again."""
    found: dict[tuple[str, TotalKey], int] = {}
    for line in lines:
        key = total_key(line)
        if key is not None and line.enter is not None:
            found.setdefault((line.deal, key), line.enter.before)
    return found


def reverse(
    lines: Sequence[LineItem],
    totals: Mapping[TotalKey, int],
    *,
    calendar: Calendar,
    booked_on: date,
    commit: str,
    why: str,
    seqs: Mapping[str, int],
) -> Booked:
    """One negated line for each standing line: same rates, running totals reduced, booked on `booked_on`.

    `commit` is the main commit that took the deal back, `why` a clause such as "the deal was amended". Raises
    RefusedError for a line that is a reversal itself.
    """
    after = dict(totals)
    numbers = dict(seqs)
    ways: dict[tuple[object, ...], EnterPart] = {}
    made: list[LineItem] = []
    for line in lines:
        if line.type is LineType.REVERSAL:
            raise RefusedError(f"{line.key} is a reversal and cannot be reversed.", hint="Book the deal anew instead.")
        numbers[line.stem] = numbers.get(line.stem, 0) + 1
        made.append(
            line._replace(
                key=f"{line.stem} {numbers[line.stem]}",
                type=LineType.REVERSAL,
                booked_on=booked_on,
                booking_period=calendar.window_id(span_of(line.earning_period), booked_on),
                amount=-line.amount,
                engine=ENGINE,
                deal_commit=commit,
                because=because.taken_back(line, why),
                credit=line.credit and _negate_credit(line.credit),
                measure=line.measure and line.measure._replace(base=-line.measure.base),
                enter=_leave(line, after, ways),
                slices=tuple(_negate_slice(part) for part in line.slices),
                exact=None if line.exact is None else _negate(line.exact),
                reverses=line.key,
                needs=None,
            )
        )
    return Booked(tuple(made), after)


def _leave(line: LineItem, totals: dict[TotalKey, int], ways: dict[tuple[object, ...], EnterPart]) -> EnterPart | None:
    """The way back of the running total; lines of one credit that shared it move it once."""
    key = total_key(line)
    if key is None or line.enter is None or line.measure is None or line.credit is None:
        return line.enter and EnterPart(line.enter.window, line.enter.before, line.enter.before * 2 - line.enter.after)
    credit = (line.deal, line.event, line.item, line.credit.role, line.credit.starts, key)
    if credit not in ways:
        before = totals.get(key, 0)
        totals[key] = before - line.measure.base
        ways[credit] = EnterPart(key.window, before, totals[key])
    return ways[credit]


def _negate(value: Ratio) -> Ratio:
    return -value[0], value[1]


def _negate_credit(part: CreditPart) -> CreditPart:
    return part._replace(of=-part.of, gives=-part.gives)


def _negate_slice(part: SlicePart) -> SlicePart:
    return part._replace(part=-part.part, gives=_negate(part.gives))
