"""What became of every row that was read? Nothing is lost silently: read = placed + already there + reported."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from salesrepo.importers.fault import REASONS


@dataclass(frozen=True, slots=True)
class FileCount:
    """The rows of one file. `there`: what they say stands in the repository already."""

    file: str
    read: int
    placed: int
    there: int
    reported: int


@dataclass(frozen=True, slots=True)
class ReportedRow:
    """A row that was not placed: file, line, its id or name, the reason (`fault.REASONS`) and a sentence."""

    file: str
    line: int
    id: str
    reason: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that the mapping reads as another, and in how many rows it did."""

    file: str
    column: str
    written: str
    meant: str
    rows: int


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know about rows that were placed, and how many they are."""

    file: str
    sentence: str
    rows: int


@dataclass(frozen=True, slots=True)
class Waiver:
    """A placed row that a rule would refuse: the rule's subject is waived as of the day of the import."""

    file: str
    line: int
    id: str
    subject: str
    day: date


@dataclass(frozen=True, slots=True)
class Report:
    """The whole account of one import; `rows` are the reported ones in the order of files and lines."""

    files: tuple[FileCount, ...]
    rows: tuple[ReportedRow, ...]
    corrections: tuple[Correction, ...]
    remarks: tuple[Remark, ...]
    waivers: tuple[Waiver, ...]

    def of(self, file: str) -> FileCount:
        """The counts of one file, all zero for one that was not read."""
        return next((count for count in self.files if count.file == file), FileCount(file, 0, 0, 0, 0))

    def reasons(self, file: str) -> dict[str, int]:
        """How many rows of a file were reported for each reason, most first."""
        return dict(Counter(row.reason for row in self.rows if row.file == file).most_common())


@dataclass
class Tally:
    """The report while it grows. Every row that is read ends in `placed`, `there` or `report`, once."""

    read: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    rows: list[ReportedRow] = field(default_factory=list)
    corrections: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)
    remarks: Counter[tuple[str, str]] = field(default_factory=Counter)
    waivers: list[Waiver] = field(default_factory=list)

    def finish(self) -> Report:
        """The report. Raises RuntimeError, a bug, where the counts of a file do not add up."""
        reported = Counter(row.file for row in self.rows)
        files = tuple(
            FileCount(name, read, self.done[name], self.known[name], reported[name]) for name, read in self.read.items()
        )
        for count in files:
            if count.read != count.placed + count.there + count.reported:
                raise RuntimeError(f"the import lost count of rows: {count}")
        order = {name: at for at, name in enumerate(self.read)}
        return Report(
            files,
            tuple(sorted(self.rows, key=lambda row: (order[row.file], row.line))),
            tuple(Correction(*what, rows) for what, rows in self.corrections.items()),
            tuple(Remark(*what, rows) for what, rows in self.remarks.items()),
            tuple(self.waivers),
        )


def lines(report: Report) -> Iterator[str]:
    """The report for a person, without the single rows."""
    for count in report.files:
        there = f" + {count.there:,} already there" if count.there else ""
        yield f"{count.file}: {count.read:,} read = {count.placed:,} placed{there} + {count.reported:,} reported"
        for reason, rows in report.reasons(count.file).items():
            yield f"  {rows:,} {REASONS[reason]}"
    if report.corrections:
        yield "Corrected by the mapping file:"
    for fix in report.corrections:
        yield f'  {fix.rows:,} x {fix.column} "{fix.written}" means "{fix.meant}" ({fix.file})'
    if report.remarks:
        yield "To know about what was placed:"
    for remark in report.remarks:
        yield f"  {remark.rows:,} x {remark.sentence} ({remark.file})"
    for (subject, day), rows in Counter((waiver.subject, waiver.day) for waiver in report.waivers).items():
        yield f"Waived on {day}: {rows:,} x the rule on {subject}"
