"""Which ways to write a table are known? A new one is one file in `rates/` and one line here."""

from typing import TYPE_CHECKING

from salesrepo.commission.rates.points import POINTS
from salesrepo.commission.rates.steps import STEPS
from salesrepo.commission.shape import TableShape

if TYPE_CHECKING:
    from salesrepo.domain.kinds.plan import Table

TABLES: tuple[TableShape, ...] = (STEPS, POINTS)


def shapes_in(table: "Table") -> tuple[TableShape, ...]:
    """The ways in which a table is written: one, if it is sound."""
    return tuple(shape for shape in TABLES if getattr(table, shape.name))
