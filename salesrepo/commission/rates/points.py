"""`points`: a pay curve, a straight line between each two points."""

from bisect import bisect_right
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from salesrepo.commission.cell import ReadyCell, reached_sum
from salesrepo.commission.ready_cell import bound, cell_problems, ready_cell
from salesrepo.commission.shape import Problem, Site
from salesrepo.commission.version import NextRow, Rating, Terms, Way
from salesrepo.domain.statement import SlicePart
from salesrepo.errors import RefusedError

if TYPE_CHECKING:
    from salesrepo.domain.kinds.plan import Cell, Table


class PointTable(NamedTuple):
    """Points by where each lies, rising, and what holds there; before the first its value holds.

    After the last its value holds as well, unless `refuses`: then a person must look (`out_of_reach`).
    `mode` is the table's: the average over the way, the value before or after the event, or the value now for all.
    """

    at: tuple[Fraction, ...]
    cells: tuple[ReadyCell, ...]
    mode: str
    refuses: bool = False

    @property
    def re_rates(self) -> bool:
        """Whether the value now pays for the whole window."""
        return self.mode == "all" and not self.cells[0].is_sum

    def out_of_reach(self, figure: Fraction) -> bool:
        """Whether the plan says nothing of a figure."""
        return self.refuses and figure > self.at[-1]

    @property
    def reaches(self) -> bool:
        """Whether its cells are sums that are reached."""
        return self.cells[0].is_sum

    def ahead(self, figure: Fraction) -> NextRow | None:
        """The point above a figure."""
        right = bisect_right(self.at, figure)
        return NextRow(self.at[right], True, self.cells[right].text) if right < len(self.at) else None

    def pay(self, base: int, way: Way, reached: Fraction, terms: Terms) -> Rating:
        """What `base` is paid at the curve's value."""
        if self.cells[0].is_sum:
            return reached_sum(self._between(reached), self.value(reached, terms))
        price = self._price(way, reached, terms)
        gives = base * price
        name = self._between(way.after if self.mode != "before" else way.before)
        part = SlicePart(name, (base, 1), "on the line", price.as_integer_ratio(), gives.as_integer_ratio())
        return Rating((part,), gives)

    def value(self, figure: Fraction, terms: Terms) -> Fraction:
        """What holds at a figure."""
        right = bisect_right(self.at, figure)
        if right in (0, len(self.at)):
            return self.cells[min(right, len(self.at) - 1)].worth(terms)
        low, high = self.cells[right - 1].worth(terms), self.cells[right].worth(terms)
        left, end = self.at[right - 1], self.at[right]
        return low + (high - low) * (figure - left) / (end - left)

    def average(self, way: Way, terms: Terms) -> Fraction:
        """The mean value over a way: the area below the line, by its length."""
        if way.before == way.after:
            return self.value(way.after, terms)
        low, high = sorted(way)
        stops = [low, *(at for at in self.at if low < at < high), high]
        values = [self.value(stop, terms) for stop in stops]
        area = sum(
            ((values[i] + values[i + 1]) / 2 * (stops[i + 1] - stops[i]) for i in range(len(stops) - 1)), Fraction(0)
        )
        return area / (high - low)

    def _price(self, way: Way, reached: Fraction, terms: Terms) -> Fraction:
        if self.mode == "slice":
            return self.average(way, terms)
        figure = {"all": reached, "before": way.before, "after": way.after}[self.mode]
        return self.value(figure, terms)

    def _between(self, figure: Fraction) -> str:
        right = bisect_right(self.at, figure)
        texts = [cell.text for cell in self.cells]
        if right in (0, len(self.at)):
            return f"at {texts[min(right, len(texts) - 1)]}"
        return f"between {texts[right - 1]} and {texts[right]}"


class Points:
    """How `points` are written."""

    name = "points"

    def cells(self, table: "Table") -> "tuple[Cell, ...]":
        """The points."""
        return table.points

    def problems(self, table: "Table", site: Site) -> Iterator[Problem]:
        """Fewer than two points, points that do not rise, or nothing said of what lies beyond the last."""
        if len(table.points) < 2:
            yield Problem((self.name,), "A line needs two points.", "Add a point, or write steps.")
        if table.beyond is None:
            yield Problem(("beyond",), "What holds after the last point?", "Write beyond: hold or refuse.")
        reached: Fraction | None = None
        for place, point in enumerate(table.points):
            route = (self.name, place)
            yield from (problem._replace(route=(*route, *problem.route)) for problem in cell_problems(point, site))
            try:
                at = bound(point.at, table.by, site)
            except RefusedError as error:
                yield Problem((*route, "at"), error.message, error.hint)
                continue
            if reached is not None and at <= reached:
                yield Problem(route, "The points do not rise: each must lie after the one before.", "Order them.")
            reached = at if reached is None else max(at, reached)

    def ready(self, table: "Table", site: Site) -> PointTable:
        """The points with what holds there as numbers."""
        return PointTable(
            at=tuple(bound(point.at, table.by, site) for point in table.points),
            cells=tuple(ready_cell(point, site) for point in table.points),
            mode=table.at or table.mode,
            refuses=table.beyond == "refuse",
        )


POINTS = Points()
