"""Does a line's arithmetic hold, step by step? Multiplies what the line recorded; decides nothing again."""

from collections.abc import Iterator
from typing import NamedTuple

from salesrepo.commission.engine import ENGINE
from salesrepo.domain.money import (
    Ratio,
    add,
    cut,
    decimals_of,
    group_amount,
    parse_percent,
    ratio,
    round_half_away,
    show_percent,
    show_ratio,
)
from salesrepo.domain.statement import LineItem, LineType

_RATED = (LineType.EARNING, LineType.REVERSAL)


class Working(NamedTuple):
    """One step: what it finds, how, the result worked out here, and whether the line recorded the same."""

    what: str
    how: str
    result: str
    agrees: bool


def explain(line: LineItem) -> str:
    """The line as text: its sentence, then a row for each step with its numbers. A step that disagrees is marked."""
    rows = [line.because]
    rows += [
        f"  {w.what}: {w.how} = {w.result}{'' if w.agrees else '  (the line says otherwise)'}" for w in steps(line)
    ]
    return "\n".join(rows)


def steps(line: LineItem) -> tuple[Working, ...]:
    """Every step from the deal's amount to the line's, worked out from the numbers on the line; none while pending."""
    return tuple(_steps(line)) if line.slices else ()


def recompute(line: LineItem) -> int:
    """The amount (minor units) that the line's parts and rates give: their exact sum, rounded once."""
    return round_half_away(*_exact(line))


def check_line(line: LineItem) -> str | None:
    """What is wrong with a line by its own numbers, as a sentence; None where everything agrees.

    A line of a type or an engine that cannot be recomputed here is a problem too: never verified by silence.
    """
    if line.engine != ENGINE:
        return f"{line.key}: calculated by engine {line.engine}, which this version cannot recompute."
    if line.type is LineType.PENDING or (line.type is LineType.REVERSAL and not line.slices and line.exact is None):
        return None if line.amount == 0 and not line.slices else f"{line.key}: a pending line must be worth nothing."
    if line.type not in _RATED or not line.slices:
        return f"{line.key}: a line of type {line.type} cannot be recomputed by this version."
    wrong = next((step for step in _steps(line) if not step.agrees), None)
    return None if wrong is None else f"{line.key}: {wrong.what} should be {wrong.result} ({wrong.how})."


def _exact(line: LineItem) -> Ratio:
    total: Ratio = (0, 1)
    for part in line.slices:
        over, under = parse_percent(part.rate)
        total = add(total, ratio(part.part * over, under))
    return total


def _steps(line: LineItem) -> Iterator[Working]:
    money = line.currency
    base = line.measure.base if line.measure is not None else 0
    credit = line.credit
    if credit is not None:
        gives = cut(credit.of, credit.starts, credit.ends)
        how = (
            f"from {show_percent(credit.starts)} to {show_percent(credit.ends)} "
            f"of {group_amount(credit.of, credit.currency)} {credit.currency}"
        )
        yield Working("credit", how, group_amount(gives, credit.currency), gives == credit.gives == base)
    if line.enter is not None:
        after = line.enter.before + base
        how = f"{group_amount(line.enter.before, money)} and {group_amount(base, money)}"
        yield Working(f"total of {line.enter.window}", how, group_amount(after, money), after == line.enter.after)
    for part in line.slices:
        over, under = parse_percent(part.rate)
        gives_exactly = ratio(part.part * over, under)
        how = f"{group_amount(part.part, money)} x {part.rate}"
        yield Working(part.row, how, _minor(gives_exactly, money), gives_exactly == part.gives)
    parts = sum(part.part for part in line.slices)
    how = " + ".join(group_amount(part.part, money) for part in line.slices)
    yield Working("measure", how, group_amount(parts, money), parts == base)
    exact = _exact(line)
    how = " + ".join(_minor(part.gives, money) for part in line.slices)
    yield Working("exact sum", how, _minor(exact, money), exact == line.exact)
    amount = round_half_away(*exact)
    yield Working("amount", f"{_minor(exact, money)} rounded", group_amount(amount, money), amount == line.amount)


def _minor(value: Ratio, money: str) -> str:
    """Exact minor units as people read them: decimals where at most eight say it all, else a fraction."""
    if value[1] == 1:
        return group_amount(value[0], money)
    over, under = ratio(value[0], value[1] * 10 ** decimals_of(money))
    scaled, rest = divmod(abs(over) * 10**8, under)
    if rest:
        return show_ratio((over, under))
    sign = "-" if over < 0 else ""
    return f"{sign}{scaled // 10**8:,}.{scaled % 10**8:08}".rstrip("0")
