"""What does every step of an import need: the mapping, the terms, what is there already, and the growing report?"""

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from salesrepo.domain.blanks import ordinary_blanks
from salesrepo.domain.kinds.policy_claims import ClaimsPolicy
from salesrepo.domain.kinds.policy_pricing import PricingPolicy
from salesrepo.domain.record import Kind
from salesrepo.importers.csv_rows import Row, Table
from salesrepo.importers.fault import RowFault, shown
from salesrepo.importers.mapping import CrmMapping
from salesrepo.importers.report import Report, ReportedRow, Tally

Progress = Callable[[str, int, int], None]  # what is being read, rows done, rows in all
_EVERY = 500


@dataclass(frozen=True, slots=True)
class Draft:
    """A record to be written at a path where nothing stands yet."""

    path: str
    kind: Kind[Any]
    value: Any


@dataclass(frozen=True)
class ImportPlan:
    """What to send: the organisation first (nodes, products, territories, locks), then, once accepted, the history."""

    organisation: tuple[Draft, ...]
    history: tuple[Draft, ...]
    report: Report


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Who imports on which day, the terms of claims, and the price floor."""

    importer: str
    day: date
    claims: ClaimsPolicy
    pricing: PricingPolicy


@dataclass(frozen=True)
class Known:
    """What the repository holds: every path of its records, and the account that an alias stands for."""

    paths: Set[str] = frozenset()
    account_of: Callable[[str], str | None] = lambda alias: None


def plain_text(text: str) -> str:
    """What is wrong with a text at the least: a character that nobody sees; empty where nothing is."""
    return "" if text.replace("\u3000", " ").isprintable() else "It holds a character that cannot be shown."


def quiet(label: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


@dataclass
class Job:
    """One import at work. `unfit` says what is wrong with a text that a record would hold, or nothing."""

    mapping: CrmMapping
    terms: Terms
    known: Known
    unfit: Callable[[str], str] = plain_text
    progress: Progress = quiet
    tally: Tally = field(default_factory=Tally)

    def rows(self, table: Table, id_column: str, columns: tuple[str, ...]) -> Iterator[Row]:
        """The rows whose cells in these columns can be kept as text; all others are reported.

        A tab or a blank that looks like U+0020 is read as that, which the report says.
        """
        name, total = table.name, len(table.rows)
        self.tally.read[name] += total + len(table.bad)
        for bad in table.bad:
            self.tally.rows.append(ReportedRow(name, bad.line, "", bad.reason, bad.sentence))
        for done, written in enumerate(table.rows):
            if done % _EVERY == 0:
                self.progress(name, done, total)
            row = Row(written.line, {column: ordinary_blanks(text) for column, text in written.cells.items()})
            if row != written:
                self.remark(name, "tabs or no-break spaces, read as ordinary blanks")
            flawed = next((column for column in columns if self._is_unfit(row.cells[column])), None)
            if flawed is None:
                yield row
            else:
                sentence = f"{flawed} is {shown(row.cells[flawed])}. {self.unfit(row.cells[flawed])}"
                self.fault(name, row, id_column, RowFault("bad-text", sentence))
        self.progress(name, total, total)

    def _is_unfit(self, text: str) -> bool:
        return not (text.isascii() and text.isprintable()) and bool(self.unfit(text))

    def fault(self, file: str, row: Row, id_column: str, why: RowFault) -> None:
        """Report a row."""
        known_as = shown(row.cells[id_column])[1:-1]
        self.tally.rows.append(ReportedRow(file, row.line, known_as, why.reason, why.sentence))

    def correct(self, file: str, column: str, written: str, *, by: str) -> str:
        """The word that the mapping's corrections `by` give for a written one; each use is counted."""
        meant: str = getattr(self.mapping.corrections, by).get(written, written)
        if meant != written:
            self.tally.corrections[file, column, written, meant] += 1
        return meant

    def remark(self, file: str, sentence: str, *, rows: int = 1) -> None:
        """Count a row about which something is to be known."""
        self.tally.remarks[file, sentence] += rows

    def settle(self, file: str, path: str) -> bool:
        """Count a row by its record's path: whether the record is new, else it is already there."""
        fresh = path not in self.known.paths
        (self.tally.done if fresh else self.tally.known)[file] += 1
        return fresh

    def fresh(self, kind: Kind[Any], value: Any) -> Iterator[Draft]:
        """The record at its path, where nothing stands there yet."""
        path = kind.path_of(value)
        if path not in self.known.paths:
            yield Draft(path, kind, value)
