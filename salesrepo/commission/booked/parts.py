"""How is each part of a line written, and read again?

Amounts are written with their currency's decimals, exact numbers as fractions.

A number of things has no decimals; an exact number of a currency is written in its whole units.
"""

from salesrepo.commission.cell import SUM
from salesrepo.commission.entry import unit_entered
from salesrepo.domain.kinds.ledger_batch import (
    BookedCredit,
    BookedEnter,
    BookedFactor,
    BookedLess,
    BookedLimit,
    BookedMeasure,
    BookedMove,
    BookedSlice,
)
from salesrepo.domain.money import Ratio, decimals_of, parse_ratio, parse_sum, ratio, show_amount, show_ratio
from salesrepo.domain.statement import (
    OWN,
    CreditPart,
    EnterPart,
    FactorPart,
    LessPart,
    LimitPart,
    MeasurePart,
    MovedPart,
    SlicePart,
)


def show(value: int, unit: str) -> str:
    """A quantity in its unit: an amount, or a plain number."""
    return show_amount(value, unit) if unit else str(value)


def read(text: str, unit: str) -> int:
    """The quantity that `show` wrote. Raises RefusedError where it is none."""
    return parse_sum(text, unit) if unit else parse_ratio(text)[0]


def in_units(exact: Ratio, unit: str) -> str:
    """Exact smallest parts as whole units."""
    return show_ratio(ratio(exact[0], exact[1] * _scale(unit)))


def in_parts(text: str, unit: str) -> Ratio:
    """The exact smallest parts that `in_units` wrote."""
    over, under = parse_ratio(text)
    return ratio(over * _scale(unit), under)


def _scale(unit: str) -> int:
    return int(10 ** decimals_of(unit)) if unit else 1


def book_credit(part: CreditPart) -> BookedCredit:
    """A credit's share."""
    return BookedCredit(
        role=part.role,
        currency=part.currency,
        of=show_amount(part.of, part.currency),
        starts=show_ratio(part.starts),
        ends=show_ratio(part.ends),
        gives=show_amount(part.gives, part.currency),
        via=part.via if part.via != OWN else None,
        node=part.node or None,
    )


def read_credit(part: BookedCredit) -> CreditPart:
    """The share that was written."""
    return CreditPart(
        part.role,
        part.currency,
        parse_sum(part.of, part.currency),
        parse_ratio(part.starts),
        parse_ratio(part.ends),
        parse_sum(part.gives, part.currency),
        part.via or OWN,
        part.node or "",
    )


def book_measure(part: MeasurePart) -> BookedMeasure:
    """What counted."""
    of = None if part.of is None else show(part.of, part.unit)
    return BookedMeasure(name=part.name, base=show(part.base, part.unit), unit=part.unit or None, of=of)


def read_measure(part: BookedMeasure) -> MeasurePart:
    """What was written to have counted."""
    unit = part.unit or ""
    return MeasurePart(part.name, read(part.base, unit), unit, None if part.of is None else read(part.of, unit))


def book_move(part: MovedPart) -> BookedMove:
    """A figure that moved."""
    return BookedMove(
        measure=part.measure,
        window=part.window,
        unit=part.unit or None,
        before=show(part.before, part.unit),
        base=show(part.base, part.unit),
    )


def read_move(part: BookedMove) -> MovedPart:
    """The move that was written."""
    unit = part.unit or ""
    return MovedPart(part.measure, part.window, unit, read(part.before, unit), read(part.base, unit))


def book_enter(part: EnterPart) -> BookedEnter:
    """How a table was entered."""
    unit = unit_entered(part.by, part.unit)
    return BookedEnter(
        by=part.by,
        window=part.window or None,
        before=in_units(part.before, unit),
        after=in_units(part.after, unit),
        unit=part.unit or None,
        quota=in_units(part.quota, part.unit) if part.quota else None,
    )


def read_enter(part: BookedEnter) -> EnterPart:
    """The entry that was written."""
    unit = part.unit or ""
    own = unit_entered(part.by, unit)
    quota = in_parts(part.quota, unit) if part.quota else None
    return EnterPart(part.by, part.window or "", in_parts(part.before, own), in_parts(part.after, own), unit, quota)


def book_slice(part: SlicePart, measure: MeasurePart | None, money: str) -> BookedSlice:
    """A part of the base with its price. `measure` says in what it was counted."""
    unit = _unit(part.row, measure)
    return BookedSlice(
        row=part.row,
        part=in_units(part.part, unit),
        rate=part.rate,
        price=show_ratio(part.price) if unit else in_units(part.price, money),
        gives=in_units(part.gives, money),
    )


def read_slice(part: BookedSlice, measure: MeasurePart | None, money: str) -> SlicePart:
    """The part that was written."""
    unit = _unit(part.row, measure)
    price = parse_ratio(part.price) if unit else in_parts(part.price, money)
    return SlicePart(part.row, in_parts(part.part, unit), part.rate, price, in_parts(part.gives, money))


def _unit(row: str, measure: MeasurePart | None) -> str:
    return measure.unit if measure is not None and row != SUM else ""


def book_factor(part: FactorPart) -> BookedFactor:
    """A factor; what it looked up is a plain number."""
    at = None if part.at is None else show_ratio(part.at)
    return BookedFactor(name=part.name, by=part.by or None, at=at, times=show_ratio(part.times))


def read_factor(part: BookedFactor) -> FactorPart:
    """The factor that was written."""
    at = None if part.at is None else parse_ratio(part.at)
    return FactorPart(part.name, part.by or "", at, parse_ratio(part.times))


def book_limit(part: LimitPart, money: str) -> BookedLimit:
    """What a limit did."""
    return BookedLimit(
        name=part.name,
        window=part.window,
        before=show_amount(part.before, money),
        after=show_amount(part.after, money),
        used=show_amount(part.used, money),
    )


def read_limit(part: BookedLimit, money: str) -> LimitPart:
    """What was written of a limit."""
    before, after, used = (parse_sum(text, money) for text in (part.before, part.after, part.used))
    return LimitPart(part.name, part.window, before, after, used)


def book_less(part: LessPart, money: str) -> BookedLess:
    """What had been paid already."""
    return BookedLess(booked=show_amount(part.booked, money), event=part.event or None, by=part.by or None)


def read_less(part: BookedLess, money: str) -> LessPart:
    """What was written to have been paid already."""
    return LessPart(parse_sum(part.booked, money), part.event or "", part.by or "")
