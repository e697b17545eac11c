"""`steps`: a table whose rows hold one rate each, from one bound up to the next."""

from bisect import bisect_right
from collections.abc import Iterator
from fractions import Fraction
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from salesrepo.commission.cell import ReadyCell, reached_sum, slice_of
from salesrepo.commission.entry import is_share, lowest, unit_entered
from salesrepo.commission.figures import quantity, show_quantity
from salesrepo.commission.ready_cell import bound, cell_problems, ready_cell
from salesrepo.commission.shape import Problem, Site
from salesrepo.commission.version import NextRow, Rating, Terms, Way
from salesrepo.domain.statement import SlicePart
from salesrepo.errors import RefusedError

if TYPE_CHECKING:
    from salesrepo.domain.kinds.plan import Cell, Table


_WHOLE = Fraction(1)


class Stretch(NamedTuple):
    """A part of the way, by the row that pays it: the share of the whole way, which sum to one."""

    row: int
    share: Fraction


class StepTable(NamedTuple):
    """Rows by where each begins, whether that bound is the row's own, and what it pays.

    `swallows` marks rows that, once reached, pay for everything below their end too: all of them in mode `all`, none in
    mode `slice` but those that the plan marks. With `whole` an event lies in one row altogether, that of the figure
    "before" or "after" it.
    """

    edges: tuple[Fraction, ...]
    owned: tuple[bool, ...]
    swallows: tuple[bool, ...]
    names: tuple[str, ...]
    cells: tuple[ReadyCell, ...]
    whole: str = ""

    @property
    def re_rates(self) -> bool:
        """Whether reaching a row changes what was paid below it."""
        return any(self.swallows) and not self.cells[0].is_sum

    @property
    def reaches(self) -> bool:
        """Whether its cells are sums that are reached."""
        return self.cells[0].is_sum

    def out_of_reach(self, figure: Fraction) -> bool:
        """Never: the last row has no end, and the first takes all below."""
        return False

    def ahead(self, figure: Fraction) -> NextRow | None:
        """The row after the one in which a figure lies."""
        row = self.row_at(figure) + 1
        return NextRow(self.edges[row], self.owned[row], self.cells[row].text) if row < len(self.edges) else None

    def pay(self, base: int, way: Way, reached: Fraction, terms: Terms) -> Rating:
        """What the way's rows pay for `base`; a sum that is reached is worth what its row says."""
        if self.cells[0].is_sum:
            return reached_sum(self.cells[self.row_at(reached)].text, self.cells[self.row_at(reached)].worth(terms))
        parts = tuple(self._slices(base, self.stretches(way, reached), terms))
        return Rating(parts, reduce(add, (Fraction(*part.gives) for part in parts)))

    def row_at(self, figure: Fraction) -> int:
        """The row in which a figure lies; the first row also takes all below."""
        row = max(bisect_right(self.edges, figure) - 1, 0)
        return row if row == 0 or self.owned[row] or figure > self.edges[row] else row - 1

    def stretches(self, way: Way, reached: Fraction) -> tuple[Stretch, ...]:
        """The rows that pay for a way, in its direction; a way of no length lies in the row where it stands."""
        if self.whole:
            return (Stretch(self.row_at(way.before if self.whole == "before" else way.after), _WHOLE),)
        if all(self.swallows):
            return (Stretch(self.row_at(reached), _WHOLE),)
        lowest = self._swallowed(reached) if any(self.swallows) else 0
        if way.before == way.after:
            return (Stretch(max(self.row_at(way.after), lowest), _WHOLE),)
        low, high = sorted(way)
        row = max(bisect_right(self.edges, low) - 1, 0)
        if row + 1 == len(self.edges) or high <= self.edges[row + 1]:  # most ways lie in one row
            return (Stretch(max(row, lowest), _WHOLE),)
        length = high - low
        parts: list[Stretch] = []
        while low < high:
            end = min(self.edges[row + 1], high) if row + 1 < len(self.edges) else high
            part = Stretch(max(row, lowest), (end - low) / length)
            if parts and parts[-1].row == part.row:
                part = Stretch(part.row, parts.pop().share + part.share)
            parts.append(part)
            low, row = end, row + 1
        return tuple(parts if way.after > way.before else reversed(parts))

    def _swallowed(self, reached: Fraction) -> int:
        """The highest row up to a figure that pays for everything below its end too; the first where there is none."""
        return max((row for row in range(self.row_at(reached) + 1) if self.swallows[row]), default=0)

    def _slices(self, base: int, stretches: tuple[Stretch, ...], terms: Terms) -> Iterator[SlicePart]:
        for stretch in stretches:
            part = Fraction(base) if stretch.share is _WHOLE else base * stretch.share
            yield slice_of(self.names[stretch.row], part, self.cells[stretch.row], terms)


class Steps:
    """How `steps` are written."""

    name = "steps"

    def cells(self, table: "Table") -> "tuple[Cell, ...]":
        """The rows."""
        return table.steps

    def problems(self, table: "Table", site: Site) -> Iterator[Problem]:
        """Rows that name no bound or two, do not rise from the bottom, or pay by different sorts of cells."""
        if table.beyond is not None:
            yield Problem(("beyond",), "The last step has no end, so nothing lies beyond it.", "Leave beyond out.")
        reached: Fraction | None = None
        for place, step in enumerate(table.steps):
            route = (self.name, place)
            yield from (problem._replace(route=(*route, *problem.route)) for problem in cell_problems(step, site))
            if (step.at_least is None) == (step.above is None):
                yield Problem(route, "A row begins with one of at_least and above.", "Keep one of the two.")
                continue
            try:
                edge = bound(step.at_least or step.above or "", table.by, site)
            except RefusedError as error:
                yield Problem(route, error.message, error.hint)
                continue
            if place == 0 and (edge > lowest(table.by) or step.at_least is None):
                yield Problem(
                    route, "The first row must begin at the bottom.", f"Write at_least: {_bottom(table.by, site)}."
                )
            elif reached is not None and edge <= reached:
                yield Problem(route, "The rows do not rise: each must begin above the one before.", "Order the rows.")
            reached = edge if reached is None else max(edge, reached)
            if step.mode is not None and table.mode != "slice":
                yield Problem((*route, "mode"), "Only a table of slices has rows with a mode.", "Leave mode out.")

    def ready(self, table: "Table", site: Site) -> StepTable:
        """The rows with their bounds as numbers."""
        rows = table.steps
        shown = unit_entered(table.by, site.unit)
        return StepTable(
            edges=tuple(bound(row.at_least or row.above or "", table.by, site) for row in rows),
            owned=tuple(row.at_least is not None for row in rows),
            swallows=tuple(table.mode == "all" or row.mode == "all" for row in rows),
            names=tuple(_name(row.at_least, row.above, shown) for row in rows),
            cells=tuple(ready_cell(row, site) for row in rows),
            whole=table.at or "",
        )


def _bottom(by: str, site: Site) -> str:
    return "0%" if site.looked_up.get(by, is_share(by)) else f'"{lowest(by)}"'


def _name(at_least: str | None, above: str | None, unit: str) -> str:
    text = at_least if at_least is not None else above or ""
    figure = show_quantity(quantity(text, unit), unit) if unit else text
    return f"{'above' if at_least is None else 'at least'} {figure}"


STEPS = Steps()
