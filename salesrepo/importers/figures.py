"""Which quotas, or which figures of a metric, does a file hold: one in each row, or a column for each window?"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal, get_args

from salesrepo.domain.blanks import ordinary_blanks
from salesrepo.domain.fields import Pattern, WindowId
from salesrepo.domain.kinds.plan_counts import MetricValue
from salesrepo.domain.money import parse_amount, show_amount
from salesrepo.errors import RefusedError
from salesrepo.importers.billing_cells import currency_of, name_of
from salesrepo.importers.cells import money_of, text_of
from salesrepo.importers.csv_rows import Row, Table, read_table
from salesrepo.importers.fault import RowFault, shown
from salesrepo.importers.report import Report, ReportedRow, Tally

What = Literal["quota", "metric"]
COLUMNS: Mapping[What, tuple[str, ...]] = {
    "quota": ("quota", "window", "node", "amount", "currency"),
    "metric": ("metric", "window", "node", "value"),
}
THINGS = "none"  # the currency of a number of things
PERCENT = "%"
_THINGS = re.compile(r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,4})?")


def _pattern(annotated: object) -> re.Pattern[str]:
    mark = next(one for one in get_args(annotated) if isinstance(one, Pattern))
    return re.compile(mark.regex, re.ASCII)


_WINDOW, _FIGURE = _pattern(WindowId), _pattern(MetricValue)


@dataclass(frozen=True, slots=True)
class WindowFigures:
    """The figures of one window as they stand, by node. `unit`: a currency, `%`, or empty for plain numbers."""

    unit: str
    rows: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Changed:
    """The figures of one window once the file is taken in, all of them."""

    name: str
    window: str
    table: WindowFigures


@dataclass(frozen=True)
class FiguresRead:
    """The windows that change, and what became of every figure that was read."""

    changed: tuple[Changed, ...]
    report: Report


@dataclass(frozen=True, kw_only=True)
class KnownFigures:
    """What the company knows: the figures that stand by name and window, and whether a node is there.

    `name` and `currency` are those of the whole file, where it has no columns for them.
    """

    standing: Callable[[str, str], WindowFigures | None]
    is_node: Callable[[str], bool]
    name: str = ""
    currency: str = ""


@dataclass(frozen=True, slots=True)
class _Written:
    line: int
    name: str
    window: str
    node: str
    text: str
    column: str
    currency: str


def read_figures(what: What, file: str, data: bytes, known: KnownFigures) -> FiguresRead:
    """The figures of a file laid over the known ones; who is not in the file stays as it stands.

    Raises RefusedError where the file is neither a table of `COLUMNS` nor one with a column for each window.
    """
    head = _head(data)
    is_long = what == "metric" or "window" in head or "amount" in head
    fixed = {what: known.name, "currency": known.currency}
    for column, value in fixed.items():
        if value and column in head:
            raise RefusedError(
                f"{file} says the {column} of each row itself.", hint=f"Leave --{column} out, or remove the column."
            )
    wanted = COLUMNS[what] if is_long else (what, "node", "currency")
    needed = [column for column in wanted if not fixed.get(column)]
    remedy = _remedy(what, needed)
    table = read_table(file, data, needed=needed, remedy=remedy)
    windows = () if is_long else _windows(file, table, head, needed, remedy)
    reading = _Reading(what, table, known)
    reading.take(_long(what, table, known) if is_long else _wide(what, table, windows, known, reading.tally))
    return FiguresRead(tuple(reading.changes()), reading.tally.finish())


def _head(data: bytes) -> tuple[str, ...]:
    """The names of the columns, as far as the first line tells."""
    text = data[:65_536].decode("utf-8-sig", errors="surrogateescape")
    try:
        cells = next(csv.reader(text.splitlines()[:1]), [])
    except csv.Error:
        cells = []
    return tuple(ordinary_blanks(cell).strip() for cell in cells)


def _remedy(what: What, needed: Sequence[str]) -> str:
    named = f"name the columns {', '.join(COLUMNS[what])}"
    if what == "metric":
        return named
    options = " and ".join(f"--{column}" for column in ("quota", "currency") if column in needed)
    instead = f"; {options} stand for a whole file" if options else ""
    return f"{named}; or node and a column for each window, such as 2027-q1{instead}"


def _windows(
    file: str, table: Table, head: Sequence[str], needed: Sequence[str], remedy: str
) -> tuple[tuple[str, str], ...]:
    """The columns of a wide table, each with its window: no column is left out without a word."""
    columns = [column for column in head if column not in needed]
    odd = [column for column in columns if not _WINDOW.fullmatch(column.lower())]
    if odd or not columns:
        what = f"has a column {shown(odd[0])}, which is no window" if odd else "has no column for a window"
        raise RefusedError(f"{file} {what}.", hint=f"Remove it, or {remedy}." if odd else f"{remedy.capitalize()}.")
    windows = [column.lower() for column in columns]
    twice = next((window for at, window in enumerate(windows) if window in windows[:at]), None)
    if twice is not None or len(head) != len(set(head)):
        raise RefusedError(f"{file} has a column {twice or 'of one name'} twice.", hint="Rename or remove one of them.")
    return tuple(zip(columns, windows, strict=True))


def _long(what: What, table: Table, known: KnownFigures) -> Iterator[_Written]:
    value = COLUMNS[what][3]
    for row in table.rows:
        cells = row.cells
        name, currency = known.name or cells[what], known.currency or cells.get("currency", "")
        yield _Written(row.line, name, cells["window"], cells["node"], cells[value], value, currency)


def _wide(
    what: What, table: Table, windows: Sequence[tuple[str, str]], known: KnownFigures, tally: Tally
) -> Iterator[_Written]:
    for row in table.rows:
        filled = [(column, window) for column, window in windows if row.cells[column]]
        if empty := len(windows) - len(filled):
            tally.remarks[table.name, "empty cells: no quota there"] += empty
        for column, window in filled:
            yield _of_cell(what, row, column, window, known)


def _of_cell(what: What, row: Row, column: str, window: str, known: KnownFigures) -> _Written:
    name, currency = known.name or row.cells[what], known.currency or row.cells.get("currency", "")
    return _Written(row.line, name, window, row.cells["node"], row.cells[column], column, currency)


_Sound = tuple[tuple[str, str], str, str, str]  # name and window, node, unit, value


@dataclass
class _Reading:
    what: What
    table: Table
    known: KnownFigures
    tally: Tally = field(default_factory=Tally)
    tables: dict[tuple[str, str], WindowFigures] = field(default_factory=dict)
    touched: set[tuple[str, str]] = field(default_factory=set)
    seen: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def take(self, figures: Iterator[_Written]) -> None:
        name = self.table.name
        self.tally.read[name] += len(self.table.bad)
        self.tally.rows += [ReportedRow(name, bad.line, "", bad.reason, bad.sentence) for bad in self.table.bad]
        for _, row in groupby(figures, key=lambda one: one.line):
            self._row(tuple(row))

    def _row(self, row: Sequence[_Written]) -> None:
        """Take the figures of one row, or none of them: `1.234,56` without quotes is two cells that both look sound."""
        name = self.table.name
        self.tally.read[name] += len(row)
        read = [self._read(one) for one in row]
        is_sound = not any(isinstance(one, RowFault) for one in read)
        for one, found in zip(row, read, strict=True):
            done = self._entered(found) if is_sound or isinstance(found, RowFault) else _beside(one)
            if isinstance(done, RowFault):
                known_as = shown(f"{one.name} {one.window} {one.node}")[1:-1]
                self.tally.rows.append(ReportedRow(name, one.line, known_as, done.reason, done.sentence))
            else:
                (self.tally.done if done else self.tally.known)[name] += 1

    def _entered(self, found: _Sound | RowFault) -> bool | RowFault:
        """Whether a figure is new or another; or what is wrong with it."""
        if isinstance(found, RowFault):
            return found
        try:
            return self._enter(*found)
        except RowFault as fault:
            return fault

    def changes(self) -> Iterator[Changed]:
        for name, window in sorted(self.touched):
            table = self.tables[name, window]
            yield Changed(name, window, WindowFigures(table.unit, dict(sorted(table.rows.items()))))

    def _read(self, one: _Written) -> _Sound | RowFault:
        """Name and window, node, unit and value of a figure; or what is wrong with it."""
        try:
            return self._sound(one)
        except RowFault as fault:
            return fault

    def _sound(self, one: _Written) -> _Sound:
        name = name_of(one.name, self.what)
        if name is None:
            raise RowFault("missing-value", f"{self.what} is empty.")
        window = text_of(one.window, "window").lower()
        if not _WINDOW.fullmatch(window):
            said = "which is no month (2027-04), quarter (2027-q2), half-year (2027-h1) or year (2027)"
            raise RowFault("bad-window", f"window is {shown(one.window)}, {said}.")
        node = text_of(one.node, "node")
        if not self.known.is_node(node):
            raise RowFault("unknown-node", f"node is {shown(node)}, and there is no such node.")
        unit, value = self._quota(one) if self.what == "quota" else _metric(one)
        first = self.seen.setdefault((name, window, node), one.line)
        if first != one.line:
            raise RowFault("duplicate", f"Line {first} has {name} of {window} for {node} already.")
        return (name, window), node, unit, value

    def _quota(self, one: _Written) -> tuple[str, str]:
        """The currency, empty for things, and the amount."""
        text = text_of(one.text, one.column)
        if one.currency not in ("", THINGS):
            currency = currency_of(one.currency, "currency")
            return currency, money_of(text, currency, one.column)
        if not _THINGS.fullmatch(text):
            raise RowFault("bad-number", f"{one.column} is {shown(text)}, which is no number such as 12 or 12.5.")
        return "", _plain(text)

    def _enter(self, key: tuple[str, str], node: str, unit: str, value: str) -> bool:
        table = self.tables.get(key) or self.known.standing(*key) or WindowFigures(unit, {})
        self.tables[key] = table
        if table.unit != unit and (table.rows or self.what == "quota"):
            said = f"{key[0]} of {key[1]} is {_spoken(table.unit)} for others, here {_spoken(unit)}"
            raise RowFault("other-unit", f"{said}.")
        if node in table.rows and _canonical(unit, table.rows[node]) == value:
            return False
        self.tables[key] = WindowFigures(unit, {**table.rows, node: value})
        self.touched.add(key)
        return True


def _beside(one: _Written) -> RowFault:
    return RowFault("same-row", f"{one.column} may be sound, and another cell of its row is not.")


def _metric(one: _Written) -> tuple[str, str]:
    """Whether it is a percentage, and the figure."""
    text = text_of(one.text, one.column)
    if not _FIGURE.fullmatch(text):
        raise RowFault("bad-number", f'{one.column} is {shown(text)}, which is no figure such as 2.5% or "0.8".')
    return (PERCENT, _plain(text[:-1]) + PERCENT) if text.endswith(PERCENT) else ("", _plain(text))


def _plain(text: str) -> str:
    """A number without the zeros behind its last decimal."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def _canonical(unit: str, text: str) -> str:
    if unit == PERCENT:
        return _plain(text.removesuffix(PERCENT)) + PERCENT
    try:
        return show_amount(parse_amount(text, unit), unit) if unit else _plain(text)
    except RefusedError:
        return text


def _spoken(unit: str) -> str:
    return {"": "a plain number", PERCENT: "a percentage"}.get(unit, f"in {unit}")
