"""Which rows does a CSV file hold, and which of its lines are none?

Whatever the bytes are, each line of the file belongs to exactly one row, read or unreadable, so that counts add up.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from salesrepo.domain.blanks import ordinary_blanks
from salesrepo.errors import RefusedError
from salesrepo.importers.fault import shown

MOST_BYTES = 64 * 1024 * 1024
MOST_ROWS = 500_000
_MOST_LINES = 200  # of one row: an unclosed quote must not swallow the rest of the file


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line on which it starts (the header's is 1), and its cells by column, blanks around them gone."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be told apart into cells: its line, a reason (`fault.REASONS`) and a sentence."""

    line: int
    reason: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Table:
    """A file's rows in their order, and the columns that nobody asked for."""

    name: str
    rows: tuple[Row, ...]
    bad: tuple[BadRow, ...]
    unused: tuple[str, ...]


def read_table(name: str, data: bytes, *, needed: Sequence[str], remedy: str = "correct the mapping") -> Table:
    """The rows of a file in UTF-8, with or without byte order mark; its first row names the columns.

    `remedy` is what else helps where a column is missing: a clause such as `correct the mapping`.
    Raises RefusedError where the file is too large or a needed column is missing or there twice. Bytes that are not
    UTF-8 become lone surrogates, which no record takes: their rows are reported when they are read.
    """
    if len(data) > MOST_BYTES:
        raise RefusedError(f"{name} has more than {MOST_BYTES:,} bytes.", hint="Export it in several parts.")
    text = data.decode("utf-8-sig", errors="surrogateescape")
    records = _records(list(io.StringIO(text, newline="")))
    header = next(records, (1, []))[1]
    columns = _columns(name, header, needed, remedy)
    rows: list[Row] = []
    bad: list[BadRow] = []
    for line, cells in records:
        if len(rows) + len(bad) >= MOST_ROWS:
            raise RefusedError(f"{name} has more than {MOST_ROWS:,} rows.", hint="Export it in several parts.")
        if isinstance(cells, str):
            bad.append(BadRow(line, "unreadable", cells))
        elif len(cells) != len(columns):
            bad.append(BadRow(line, "cells", f"The row has {len(cells)} cells; the header has {len(columns)}."))
        else:
            rows.append(Row(line, dict(zip(columns, map(str.strip, cells), strict=True))))
    unused = tuple(column for column in columns if column not in needed)
    return Table(name, tuple(rows), tuple(bad), unused)


def _columns(name: str, header: list[str] | str, needed: Sequence[str], remedy: str) -> list[str]:
    columns = [] if isinstance(header, str) else [ordinary_blanks(column).strip() for column in header]
    missing = [column for column in needed if column not in columns]
    if missing:
        has = f"It has {shown(', '.join(columns))}." if any(columns) else "It is empty."
        raise RefusedError(
            f"{name} has no column {', '.join(missing)}.",
            hint=f"{has} Save it as CSV with commas in UTF-8, or {remedy}.",
        )
    twice = [column for column in needed if columns.count(column) > 1]
    if twice:
        raise RefusedError(f"{name} has the column {twice[0]} twice.", hint="Rename or remove one of the two.")
    return columns


def _records(lines: list[str]) -> Iterator[tuple[int, list[str] | str]]:
    """Line and cells of each record, blank lines left out; a sentence in place of cells where a line is no CSV.

    After such a line reading goes on with the next, so that one stray quote costs one row.
    """
    at, width = 0, 0
    while at < len(lines):
        start = at
        # Another reader takes over long before this one runs out of lines in the middle of a sound row.
        reader = csv.reader(lines[start : start + 2 * _MOST_LINES], strict=True)
        try:
            for cells in reader:
                width = width or len(cells)
                after = start + reader.line_num
                if cells and len(cells) != width and after - at > 1:
                    raise csv.Error("a quote is closed lines later")
                if cells:
                    yield at + 1, cells
                at = after
                if reader.line_num >= _MOST_LINES:
                    break
        except csv.Error as error:
            yield at + 1, f"The line is no CSV: {error}."
            at += 1
