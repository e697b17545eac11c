"""Does a line's arithmetic hold, step by step? Multiplies what the line recorded; decides nothing again."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from salesrepo.commission.cell import SUM
from salesrepo.commission.entry import BASE
from salesrepo.commission.explain.money import lacks_part, money_steps
from salesrepo.commission.explain.pay import is_of_pay_stage, pay_steps
from salesrepo.commission.explain.share import share_steps
from salesrepo.commission.explain.working import Working
from salesrepo.commission.figures import show_multiple, show_number, show_quantity
from salesrepo.commission.fx import convert
from salesrepo.commission.lines import ENGINE
from salesrepo.domain.money import cut, decimals_of, group_amount, round_half_away, show_percent
from salesrepo.domain.statement import FxPart, LineItem, LineType, SlicePart

_RATED = (LineType.EARNING, LineType.REVERSAL)


def explain(line: LineItem) -> str:
    """The line as text: its sentence, then a row for each step with its numbers. A step that disagrees is marked."""
    rows = [line.because]
    rows += [
        f"  {w.what}: {w.how} = {w.result}{'' if w.agrees else '  (the line says otherwise)'}" for w in steps(line)
    ]
    return "\n".join(rows)


def steps(line: LineItem) -> tuple[Working, ...]:
    """Every step from the deal's amount to the line's, worked out from the numbers on the line; none while pending."""
    if is_of_pay_stage(line):
        return tuple(pay_steps(line))
    if line.shared is not None:
        return tuple(share_steps(line))
    return tuple(_steps(line)) if line.exact is not None else tuple(money_steps(line))


def check_line(line: LineItem) -> str | None:
    """What is wrong with a line by its own numbers, as a sentence; None where everything agrees.

    A line of a type or an engine that cannot be recomputed here is a problem too: never verified by silence.
    """
    if line.engine != ENGINE:
        return f"{line.key}: calculated by engine {line.engine}, which this version cannot recompute."
    if (line.type is LineType.ADJUSTMENT and line.exact is None) or is_of_pay_stage(line) or line.shared is not None:
        return _wrong(line, steps(line))  # a sum by hand has none: it rests on a record, which settling reads again
    if line.released is not None or line.taken is not None or lacks_part(line):
        return _check_money(line)
    if line.type is LineType.PENDING or (line.exact is None and line.type in _RATED):
        return None if line.amount == 0 and not line.slices else f"{line.key}: a line without a rate is worth nothing."
    if line.type not in _RATED or not line.slices:
        return f"{line.key}: a line of type {line.type} cannot be recomputed by this version."
    return _wrong(line, _steps(line))


def _check_money(line: LineItem) -> str | None:
    if lacks_part(line):
        return f"{line.key}: a line of type {line.type} says of what, and how much of it."
    if line.slices or line.exact is not None or line.about is None:
        return f"{line.key}: a line of type {line.type} stands about another one, and is worked out from that."
    return _wrong(line, money_steps(line))


def _wrong(line: LineItem, found: Iterable[Working]) -> str | None:
    wrong = next((step for step in found if not step.agrees), None)
    return None if wrong is None else f"{line.key}: {wrong.what} should be {wrong.result} ({wrong.how})."


def _steps(line: LineItem) -> Iterator[Working]:
    yield from _credit(line)
    yield from _measure(line)
    yield from _entered(line)
    yield from _parts(line)
    yield from _sum(line)
    yield from _held(line)


def _credit(line: LineItem) -> Iterator[Working]:
    credit = line.credit
    if credit is not None:
        gives = cut(credit.of, credit.starts, credit.ends)
        how = (
            f"from {show_percent(credit.starts)} to {show_percent(credit.ends)} "
            f"of {group_amount(credit.of, credit.currency)} {credit.currency}"
        )
        yield Working("credit", how, group_amount(gives, credit.currency), gives == credit.gives)
        if line.fx is not None:
            yield _exchanged("exchange", gives, line.fx)


def _measure(line: LineItem) -> Iterator[Working]:
    credit, measure = line.credit, line.measure
    if credit is None or measure is None:
        return
    if measure.of is None:
        yield Working(measure.name, "the event itself", str(measure.base), abs(measure.base) == 1)
        return
    base = cut(measure.of, credit.starts, credit.ends)
    unit, rate = measure.unit, ""
    if line.fx is not None and unit:
        unit, rate = line.fx.out_of, f" at {show_number(Fraction(*line.fx.rate))}"
        base = convert(base, line.fx.out_of, line.fx.into, line.fx.rate)
    if measure.base == -base:  # a reversal's measure is what it takes back
        base = measure.base
    how = f"that share of {show_quantity(measure.of, unit)}{rate}"
    yield Working(measure.name, how, show_quantity(base, measure.unit), base == measure.base)


def _entered(line: LineItem) -> Iterator[Working]:
    enter, measure = line.enter, line.measure
    if enter is None or measure is None or enter.by != BASE:
        return
    before, after = Fraction(*enter.before), Fraction(*enter.after)
    expected = before + measure.base
    how = f"{show_quantity(before, enter.unit)} and {show_quantity(measure.base, enter.unit)}"
    yield Working(f"total of {enter.window}", how, show_quantity(expected, enter.unit), expected == after)


def _parts(line: LineItem) -> Iterator[Working]:
    unit = line.measure.unit if line.measure else ""
    for part in line.slices:
        gives = Fraction(*part.part) * Fraction(*part.price)
        counted = "once" if part.row == SUM else show_quantity(Fraction(*part.part), unit)
        price = (
            show_multiple(Fraction(*part.price)) if unit and part.row != SUM else _money(Fraction(*part.price), line)
        )
        yield Working(part.row, f"{counted} x {price}", _money(gives, line), gives == Fraction(*part.gives))
    if line.slices and line.measure and all(part.row != SUM for part in line.slices):
        whole = sum((Fraction(*part.part) for part in line.slices), Fraction(0))
        how = " + ".join(show_quantity(Fraction(*part.part), unit) for part in line.slices)
        yield Working("measure", how, show_quantity(whole, unit), whole == line.measure.base)


def _sum(line: LineItem) -> Iterator[Working]:
    exact = Fraction(*(line.exact or (0, 1)))
    worked = _exact(line.slices)
    how = " + ".join(_money(Fraction(*part.gives), line) for part in line.slices)
    for factor in line.factors:
        times = Fraction(*factor.times)
        worked *= times
        how += f" x {show_multiple(times)} ({factor.name})"
    yield Working("exact sum", how, _money(worked, line), worked == exact)
    calculated = _calculated(line)
    how = f"{_money(exact, line)} rounded"
    if line.less is not None:
        how += f", less {group_amount(line.less.booked, line.money)} paid before"
    changes = bool(line.limits) or line.paid_in is not None
    agrees = calculated == line.calculated and (changes or calculated == line.amount)
    yield Working("calculated" if changes else "amount", how, group_amount(calculated, line.money), agrees)


def _held(line: LineItem) -> Iterator[Working]:
    amount = line.calculated or 0
    for limit in line.limits:
        how = f"{group_amount(limit.before, line.money)} held by the limit"
        yield Working(limit.name, how, group_amount(limit.after, line.money), limit.before == amount)
        amount = limit.after
    if line.paid_in is not None:
        paid = _exchanged("amount", amount, line.paid_in)
        yield paid._replace(agrees=paid.agrees and line.paid_in.amount == line.amount)
    elif line.limits:
        yield Working("amount", "what is left", group_amount(amount, line.currency), amount == line.amount)


def _exchanged(what: str, amount: int, fx: FxPart) -> Working:
    result = convert(amount, fx.out_of, fx.into, fx.rate)
    how = f"{group_amount(amount, fx.out_of)} {fx.out_of} x {show_number(Fraction(*fx.rate))} of {fx.day.isoformat()}"
    return Working(what, how, f"{group_amount(result, fx.into)} {fx.into}", result == fx.amount)


def _exact(slices: tuple[SlicePart, ...]) -> Fraction:
    return sum((Fraction(*part.part) * Fraction(*part.price) for part in slices), Fraction(0))


def _calculated(line: LineItem) -> int:
    return round_half_away(*(line.exact or (0, 1))) - (line.less.booked if line.less else 0)


def _money(value: Fraction, line: LineItem) -> str:
    """Exact minor units as people read them."""
    if value.denominator == 1:
        return group_amount(value.numerator, line.money)
    return show_number(value / 10 ** decimals_of(line.money))
