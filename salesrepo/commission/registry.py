"""Which ways to write a table are known? A new one is one file in `rates/` and one line here."""

from typing import TYPE_CHECKING

from salesrepo.commission.rates.points import POINTS
from salesrepo.commission.rates.steps import STEPS
from salesrepo.commission.shape import TableShape

if TYPE_CHECKING:
    from salesrepo.domain.kinds.plan import Cell, Table

TABLES: tuple[TableShape, ...] = (STEPS, POINTS)


def shapes_in(table: "Table") -> tuple[TableShape, ...]:
    """The ways in which a table is written: one, if it is sound."""
    return tuple(shape for shape in TABLES if shape.cells(table))


def cells_in(table: "Table") -> tuple["Cell", ...]:
    """All that a table pays by, in whatever ways it is written."""
    return tuple(cell for shape in TABLES for cell in shape.cells(table))
