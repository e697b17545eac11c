"""A table of rates: by which figure, its rows with both bounds in words, and what reaching one changes."""

from collections.abc import Iterator

from salesrepo.commission.describe.cells import cell_said
from salesrepo.commission.describe.conditions import field_named
from salesrepo.commission.describe.wording import A_WINDOW, About
from salesrepo.commission.entry import BASE, quota_of, runs
from salesrepo.domain.kinds.plan import Component, Step, Table
from salesrepo.domain.page import Block, Grid, Paragraph

_SLICE = "Each part of the way is paid by the row in which it lies; an event across an edge is divided there."
_EVENT = {
    "before": "The whole event is paid by the row in which this figure stands before it, and that never changes later.",
    "after": "The whole event is paid by the row in which this figure stands after it, and that never changes later.",
}
_ALL = (
    "The row that is reached pays for everything so far in the window; for earlier events the difference is a line of "
    "its own."
)
_WORTH = "The sum that is reached is what the whole window is worth: an event that reaches more is paid the increase."
_OF_WINDOW = "The row that the sum of the window reaches pays for all of it."
_READ_ONCE = "Each event is paid by the row in which this figure lies."
_ROW_ALL = "; reaching this row pays for everything below its end, too"
_BEYOND = {
    "hold": "Beyond the last point its value holds.",
    "refuse": "Beyond the last point the plan says nothing: the line waits for a person.",
}


def table_told(table: Table, component: Component, about: About) -> Iterator[Block]:
    """A sentence on how the table is read, then its rows, or the points of its curve."""
    yield Paragraph(" ".join(_read(table, component)))
    head = _entered(table.by)
    if table.steps:
        bounds = [_bounds(table.steps, place, table, component, about) for place in range(len(table.steps))]
        pays = [cell_said(step, about) + (_ROW_ALL if step.mode else "") for step in table.steps]
        yield Grid((head, "pays"), tuple(zip(bounds, pays, strict=True)))
    if table.points:
        at = [about.bound(point.at, table.by, component.measure) for point in table.points]
        yield Grid((head, "pays"), tuple(zip(at, (cell_said(point, about) for point in table.points), strict=True)))


def _read(table: Table, component: Component) -> Iterator[str]:
    window = f", which runs over {A_WINDOW[component.over]}" if component.over and runs(table.by) else ""
    yield f"Read by {_entered(table.by)}{window}."
    if table.mode == "slice":
        yield _SLICE
    elif table.mode == "event":
        yield _EVENT.get(table.at or "", "The whole event is paid by one row.")
    else:
        yield _all(table, component)
    if table.at and table.mode != "event":
        yield f"(at: {table.at})"
    if table.points:
        yield "Between two points lies a straight line."
    if table.beyond:
        yield _BEYOND[table.beyond]


def _all(table: Table, component: Component) -> str:
    if not runs(table.by):
        return _READ_ONCE
    if component.lines == "window":
        return _OF_WINDOW
    sums = any(cell.flat is not None or cell.target is not None for cell in (*table.steps, *table.points))
    return _WORTH if sums else _ALL


def _entered(by: str) -> str:
    room, _, name = by.partition(".")
    if by == BASE:
        return "the running total of what counts"
    if quota_of(by):
        return f"the attainment of the quota {name}"
    if room == "rank":
        return f"your place in the ranking {name}"
    if room == "metric":
        return f"your figure {name}"
    return field_named(by)


def _bounds(steps: tuple[Step, ...], place: int, table: Table, component: Component, about: About) -> str:
    """Both bounds of a row in words: its own, and that of the next row, which ends it."""
    step, after = steps[place], steps[place + 1] if place + 1 < len(steps) else None
    words = [
        f"{word} {about.bound(text, table.by, component.measure)}"
        for word, text in (("at least", step.at_least), ("above", step.above))
        if text is not None
    ]
    if after is None:
        return f"{' '.join(words)}, without an end"
    if after.at_least is not None:
        words.append(f"below {about.bound(after.at_least, table.by, component.measure)}")
    elif after.above is not None:
        words.append(f"up to {about.bound(after.above, table.by, component.measure)}, that included")
    return ", ".join(words)
