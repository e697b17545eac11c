"""Does the arithmetic of a draw, a recovery, a payout or a written-off balance hold, by the line's own numbers?"""

from collections.abc import Callable, Iterator, Mapping

from salesrepo.commission.explain.working import Working
from salesrepo.commission.fx import convert
from salesrepo.commission.payday.draws import granted, recovered
from salesrepo.domain.money import group_amount, show_ratio
from salesrepo.domain.statement import DrawPart, LineItem, LineType

_Steps = Callable[[LineItem, DrawPart], Iterator[Working]]


def is_of_pay_stage(line: LineItem) -> bool:
    """Whether a line was made when a pay period closed, and can be recomputed here."""
    return line.drawn is not None and line.type in _STEPS


def pay_steps(line: LineItem) -> Iterator[Working]:
    """Every step of a line that the close of a pay period made; none where it is no such line."""
    if line.drawn is not None and line.type in _STEPS:
        yield from _STEPS[line.type](line, line.drawn)


def _advance(line: LineItem, part: DrawPart) -> Iterator[Working]:
    if line.paid_in is not None:
        fx = line.paid_in
        amount = convert(line.calculated or 0, fx.out_of, fx.into, fx.rate)
        how = f"{group_amount(line.calculated or 0, fx.out_of)} {fx.out_of} x {show_ratio(fx.rate)}"
        yield _step("amount of the draw", how, amount, line, recorded=part.amount)
    sum_now = granted(part.amount, part.compared)
    yield _step("amount", _less(part.amount, part.compared, line), sum_now, line, recorded=line.amount)
    if part.after != part.before:
        yield _step("owed", _plus(part.before, sum_now, line), part.before + sum_now, line, recorded=part.after)


def _recovery(line: LineItem, part: DrawPart) -> Iterator[Working]:
    back = recovered(part.before, part.compared, part.amount)
    above = _less(part.compared, part.amount, line)
    how = f"{above}, at most {group_amount(part.before, line.currency)} owed"
    yield _step("amount", how, -back, line, recorded=line.amount)
    yield _step("owed", _less(part.before, back, line), part.before - back, line, recorded=part.after)


def _payout(line: LineItem, part: DrawPart) -> Iterator[Working]:
    whole = part.before + part.compared
    paid = max(0, whole)
    how = f"{_plus(part.before, part.compared, line)}, not below zero"
    yield _step("paid out", how, paid, line, recorded=part.amount)
    yield _step("amount", "what leaves the balance", -paid, line, recorded=line.amount)
    yield _step("carried", _less(whole, paid, line), whole - paid, line, recorded=part.after)


def _written_off(line: LineItem, part: DrawPart) -> Iterator[Working]:
    yield _step("amount", "what the balance lacks", max(0, -part.before), line, recorded=line.amount)
    yield _step("balance", _plus(part.before, line.amount, line), part.before + line.amount, line, recorded=part.after)


_STEPS: Mapping[LineType, _Steps] = {
    LineType.DRAW_ADVANCE: _advance,
    LineType.DRAW_RECOVERY: _recovery,
    LineType.PAYOUT: _payout,
    LineType.ADJUSTMENT: _written_off,
}


def _step(what: str, how: str, result: int, line: LineItem, *, recorded: int) -> Working:
    return Working(what, how, group_amount(result, line.currency), result == recorded)


def _plus(left: int, right: int, line: LineItem) -> str:
    return f"{group_amount(left, line.currency)} + {group_amount(right, line.currency)}"


def _less(left: int, right: int, line: LineItem) -> str:
    return f"{group_amount(left, line.currency)} less {group_amount(right, line.currency)}"
