"""What several warnings ask of a plan: its rate tables with their routes, what a cell is worth, amounts of a year."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from salesrepo.commission.cell import PRICES, SUMS
from salesrepo.commission.entry import runs
from salesrepo.commission.figures import multiple
from salesrepo.commission.ready_cell import written
from salesrepo.domain.kinds.plan import Cell, Component, Rated, RateRule, Step, Table
from salesrepo.domain.money import parse_amount
from salesrepo.domain.period import MONTHS, Span
from salesrepo.errors import RefusedError

_YEAR = 12


class RateTable(NamedTuple):
    """A table by which a component pays: the route to it from the component, and the number of its rule."""

    route: tuple[str | int, ...]
    rule: int
    table: Table

    @property
    def cells(self) -> tuple[Step, ...] | tuple[Cell, ...]:
        """Its rows or points."""
        return self.table.steps or self.table.points

    @property
    def name(self) -> str:
        """The key under which they stand."""
        return "steps" if self.table.steps else "points"


def rate_tables(component: Component, *, running: bool = False) -> Iterator[RateTable]:
    """The tables of a component's rate; `running`: only those by a running total or an attainment."""
    rate = component.rate
    if not isinstance(rate, RateRule):
        return
    if rate.table is not None and (not running or runs(rate.table.by)):
        yield RateTable(("rate", "table"), 0, rate.table)
    for place, choice in enumerate(rate.first):
        for key in ("pays", "otherwise"):
            paid = getattr(choice, key)
            if isinstance(paid, Rated) and paid.table and (not running or runs(paid.table.by)):
                yield RateTable(("rate", "first", place, key, "table"), place, paid.table)


def worth(cell: Cell) -> tuple[str, Fraction] | None:
    """The kind of a cell and its number, of which those of one kind can be compared; None for no sound one."""
    kinds = written(cell)
    if len(kinds) != 1:
        return None
    text = getattr(cell, kinds[0])
    try:
        return kinds[0], Fraction(text) if kinds[0] in ("each", "flat") else multiple(text)
    except (ValueError, ZeroDivisionError):
        return None


def rate_cells(component: Component) -> Iterator[Cell]:
    """Every cell that a component's rate pays by, in tables or by itself."""
    rate = component.rate
    if not isinstance(rate, RateRule):
        yield Cell(rate=rate)
        return
    yield from (cell for found in rate_tables(component) for cell in found.cells)
    paid = (rate, *(paid for choice in rate.first for paid in (choice.pays, choice.otherwise)))
    yield from (Cell(rate=one) if isinstance(one, str) else one for one in paid if one is not None)


def sorts_of(component: Component) -> frozenset[str]:
    """By what a component's rate pays: `price` of what counts, `sum` that is reached, or both."""
    kinds = {kind for cell in rate_cells(component) for kind in written(cell)}
    return frozenset(sort for sort, of in (("price", PRICES), ("sum", SUMS)) if not kinds.isdisjoint(of))


def of_a_year(amount: str, per: str, currency: str) -> int:
    """What an amount for each window makes in a year, in minor units; 0 where it is no amount."""
    try:
        return parse_amount(amount, currency) * _YEAR // MONTHS[Span(per)]
    except RefusedError:
        return 0
