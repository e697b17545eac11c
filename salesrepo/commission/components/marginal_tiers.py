"""`rate: {table: {by: base, mode: slice, ...}}`: each slice of the running total is paid at the row it lies in."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from salesrepo.commission.shape import Problem
from salesrepo.commission.values import Formula
from salesrepo.domain.money import Ratio, group_amount, parse_amount, parse_percent, ratio
from salesrepo.domain.period import Span
from salesrepo.domain.statement import SlicePart
from salesrepo.errors import RefusedError

if TYPE_CHECKING:
    from salesrepo.domain.kinds.plan import Component, Rate, Step


def walk(edges: Sequence[int], before: int, base: int) -> list[tuple[int, int]]:
    """The rows that a way of `base` from `before` crosses, in its direction, each with the signed part that lies in it.

    Row i runs from edges[i] to edges[i + 1]; the first one also takes all below, the last one all above. A negative
    base (a credit note) walks down the rows that the sale walked up. Nothing is crossed by a base of zero.
    """
    low, high = (before, before + base) if base >= 0 else (before + base, before)
    row = max(bisect_right(edges, low) - 1, 0)
    parts: list[tuple[int, int]] = []
    while low < high:
        end = min(edges[row + 1], high) if row + 1 < len(edges) else high
        parts.append((row, end - low))
        low = end
        row += 1
    return parts if base >= 0 else [(row, -part) for row, part in reversed(parts)]


class TierFormula(NamedTuple):
    """The rows of a table: where each begins (minor units), what it is called, its rate as written and exact."""

    edges: tuple[int, ...]
    owns_edge: tuple[bool, ...]
    rows: tuple[str, ...]
    texts: tuple[str, ...]
    rates: tuple[Ratio, ...]

    def slices(self, before: int, base: int) -> tuple[SlicePart, ...]:
        """One part for each row crossed; a base of zero lies in the row where the running total stands."""
        parts = walk(self.edges, before, base) or [(self._row_at(before), 0)]
        return tuple([self._slice(row, part) for row, part in parts])

    def _slice(self, row: int, part: int) -> SlicePart:
        over, under = self.rates[row]
        return SlicePart(self.rows[row], part, self.texts[row], ratio(part * over, under))

    def _row_at(self, total: int) -> int:
        row = max(bisect_right(self.edges, total) - 1, 0)
        return row if row == 0 or self.owns_edge[row] or total > self.edges[row] else row - 1


class MarginalTiers:
    """A table by `base` in mode `slice`."""

    name = "a table of slices"

    def fits(self, rate: "Rate") -> bool:
        """What is no text is a table: the only one that this version knows."""
        return not isinstance(rate, str)

    def problems(self, component: "Component", currency: str) -> Iterator[Problem]:
        """A table without `over` or rows, rows that name no bound or two, or that do not rise from zero."""
        if component.over is None:
            choices = ", ".join(Span)
            yield Problem(("over",), "A table must say how long its total runs.", f"Write `over:` one of {choices}.")
        steps = _steps(component)
        route = ("rate", "table", "steps")
        if not steps:
            yield Problem(route, "The table has no rows.", 'Begin with {at_least: "0", rate: …}.')
        reached = -1
        for place, step in enumerate(steps):
            where = (*route, place)
            if (step.at_least is None) == (step.above is None):
                yield Problem(where, "A row begins with one of at_least and above.", "Keep one of the two.")
                continue
            try:
                edge = _edge(step, currency)
            except RefusedError as error:
                yield Problem(where, error.message, error.hint)
                continue
            if place == 0 and (edge != 0 or step.at_least is None):
                yield Problem(where, "The first row must begin at the bottom.", 'Write at_least: "0".')
            elif edge <= reached:
                yield Problem(where, "The rows do not rise: each must begin above the one before.", "Order the rows.")
            reached = max(edge, reached)

    def formula(self, component: "Component", currency: str) -> Formula:
        """The table with its bounds in minor units."""
        steps = _steps(component)
        edges = tuple(_edge(step, currency) for step in steps)
        words = ("above" if step.at_least is None else "at least" for step in steps)
        return TierFormula(
            edges=edges,
            owns_edge=tuple(step.at_least is not None for step in steps),
            rows=tuple(f"{word} {group_amount(edge, currency)}" for word, edge in zip(words, edges, strict=True)),
            texts=tuple(step.rate for step in steps),
            rates=tuple(parse_percent(step.rate) for step in steps),
        )


def _steps(component: "Component") -> "tuple[Step, ...]":
    return () if isinstance(component.rate, str) else component.rate.table.steps


def _edge(step: "Step", currency: str) -> int:
    return parse_amount(step.at_least if step.at_least is not None else step.above or "", currency)


MARGINAL_TIERS = MarginalTiers()
