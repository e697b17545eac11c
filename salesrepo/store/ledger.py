"""How are booked lines laid out in the ledger's files, and how are a payee's or a deal's lines found there again?

A commit of the ledger only adds files. Its message names the main commit that it settles.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from salesrepo.commission.booked.line import book, read_line
from salesrepo.commission.lines import ENGINE
from salesrepo.domain.change import FILE_MODE, Blob
from salesrepo.domain.kinds.ledger_batch import (
    BY_DEAL,
    LEDGER_BATCH,
    BookedLine,
    Closing,
    DealLine,
    DealLines,
    LedgerBatch,
    file_number,
)
from salesrepo.domain.record import Kind, shard
from salesrepo.domain.statement import LineItem
from salesrepo.errors import RecordError, RefusedError
from salesrepo.store.emit import emit
from salesrepo.store.model import faults_of
from salesrepo.store.plain import to_plain
from salesrepo.store.snapshot import parse
from salesrepo.vcs.objects import Objects

V = TypeVar("V")
T = TypeVar("T")

# A line is about 1.2 KiB, one of a deal's index 0.2 KiB: so that a file stays below 48 KiB. Counted, not weighed: the
# cut is then the same for every later form of the text, and nothing is written twice to be measured.
# A line of many parts counts for several: the widest that can be read back stay below the file's cap, too.
LINES_OF_FILE = 32
_PARTS_OF_LINE = 20
_LETTERS_OF_LINE = 2000
_MOST_PARTS = 3000
INDEX_OF_FILE = 200

_THROUGH = re.compile(r"^Settled-Through: ([0-9a-f]{40}|[0-9a-f]{64})$", re.M)


@dataclass(frozen=True, slots=True)
class BatchFile:
    """Where a batch of a node lies: its sequence number, booking period, path and blob."""

    seq: int
    period: str
    path: str
    blob: Blob


@dataclass(frozen=True, slots=True)
class DealBook:
    """All that was ever booked for a deal, oldest first: its account, the lines, the index's highest number."""

    account: str = ""
    seq: int = 0
    lines: tuple[LineItem, ...] = ()


@dataclass(frozen=True)
class Ledger:
    """The ledger at one commit (None: nothing is booked yet). Only the folders that a question needs are read."""

    objects: Objects
    commit: str | None
    _parsed: dict[str, Any] = field(default_factory=dict, repr=False)

    def nodes(self) -> tuple[str, ...]:
        """Every payee for whom something was booked, sorted."""
        tops = [name for name in self._names("") if len(name) == 2]
        shards = [f"{top}/{inner}" for top in tops for inner in self._names(top)]
        return tuple(sorted(node for place in shards for node in self._names(place)))

    def batches(self, node: str) -> tuple[BatchFile, ...]:
        """A node's files, oldest first."""
        if self.commit is None:
            return ()
        found = (_batch_file(path, blob) for path, blob in self.objects.files(self.commit, f"{shard(node)}/{node}"))
        return tuple(sorted((file for file in found if file), key=lambda file: file.seq))

    def batch(self, file: BatchFile) -> LedgerBatch:
        """What a file says. Raises RecordError where this version cannot read it."""
        return self._read(LEDGER_BATCH, file.path, file.blob)

    def closing(self, node: str) -> tuple[int, Closing]:
        """A node's highest sequence number and what its last booking closed with; 0 and nothing before the first."""
        files = self.batches(node)
        if not files:
            return 0, Closing()
        last = self.batch(files[-1]).closing
        if last is None:
            raise RecordError("the last file of a payee has no closing balances", path=files[-1].path)
        return files[-1].seq, last

    def of_deal(self, deal: str) -> DealBook:
        """What was booked for a deal; empty where nothing was. The account is that of the last booking."""
        folder = f"by-deal/{shard(deal)}/{deal}"
        files = self.objects.files(self.commit, folder) if self.commit else ()
        indexes = sorted((self._read(BY_DEAL, path, blob) for path, blob in files), key=lambda index: index.seq)
        if not indexes:
            return DealBook()
        entries = (entry for index in indexes for entry in index.lines)
        return DealBook(indexes[-1].account, indexes[-1].seq, tuple(self._lines(entries)))

    def _lines(self, entries: Iterable[DealLine]) -> Iterator[LineItem]:
        files: dict[tuple[str, str, int], dict[str, LineItem]] = {}
        for entry in entries:
            place = (entry.node, entry.period, entry.batch)
            if place not in files:
                files[place] = {line.key: line for line in self._lines_at(*place)}
            if entry.key not in files[place]:
                raise RefusedError(f"The ledger lacks the line {entry.key!r}.", hint="Run: salesrepo commission verify")
            yield files[place][entry.key]

    def _lines_at(self, node: str, period: str, seq: int) -> Iterator[LineItem]:
        path = LEDGER_BATCH.path.fill(node=node, period=period, number=file_number(seq))
        blob = self.objects.at(self.commit, path) if self.commit else None
        return map(read_line, self._read(LEDGER_BATCH, path, blob).lines) if blob else iter(())

    def _names(self, folder: str) -> tuple[str, ...]:
        return tuple(self.objects.children(self.commit, folder)) if self.commit else ()

    def _read(self, kind: Kind[V], path: str, blob: Blob) -> V:
        if blob.oid not in self._parsed:
            if blob.mode != FILE_MODE:
                raise RecordError("this is not a plain file", path=path)
            self._parsed[blob.oid] = parse(kind, self.objects.read(blob.oid, kind.cap), path=path)[0]
        value: V = self._parsed[blob.oid]
        return value


def _batch_file(path: str, blob: Blob) -> BatchFile | None:
    ids = LEDGER_BATCH.path.match(path)
    return BatchFile(int(ids["number"]), ids["period"], path, blob) if ids and ids["number"].isdigit() else None


def written(lines: Iterable[LineItem]) -> tuple[dict[str, BookedLine], dict[str, str]]:
    """How each line is written, by key; and, of those that could not be read back, why."""
    booked: dict[str, BookedLine] = {}
    unfit: dict[str, str] = {}
    for line in lines:
        booked[line.key] = book(line)
        wrong = faults_of(BookedLine, to_plain(booked[line.key]))
        if len(line.slices) > _MOST_PARTS:
            wrong = [f"it has {len(line.slices)} parts"]
        if wrong:
            unfit[line.key] = wrong[0]
    return booked, unfit


def lay_out(
    commit: str,
    lines: Sequence[LineItem],
    closings: Mapping[str, tuple[int, Closing]],
    deals: Mapping[str, DealBook],
    *,
    booked: Mapping[str, BookedLine],
) -> tuple[tuple[LedgerBatch, ...], tuple[DealLines, ...]]:
    """The files in which one main commit books its lines, in booking order.

    `closings` has each payee's highest sequence number so far and what this booking closes with; `deals` has each
    deal's book so far, under the account that it belongs to now; `booked` has how each line is written, by key.
    """
    batches = [
        batch
        for node, of_node in sorted(_grouped(lines, lambda line: line.payee).items())
        for batch in _batches(commit, of_node, *closings[node], booked)
    ]
    entries: dict[str, list[DealLine]] = {}
    for batch in batches:
        for line in batch.lines:
            if line.deal is not None:  # lines of a period or by hand are about no deal
                entries.setdefault(line.deal, []).append(_entry(line, batch))
    return tuple(batches), tuple(_indexes(lines, entries, deals))


def _batches(
    commit: str, lines: Sequence[LineItem], top: int, closing: Closing, booked: Mapping[str, BookedLine]
) -> Iterator[LedgerBatch]:
    """One node's files: by booking period, each cut to size; the last one closes."""
    periods = sorted(_grouped(lines, lambda line: line.booking_period).items())
    parts = [(period, part) for period, of_period in periods for part in _files(of_period)]
    for seq, (period, part) in enumerate(parts, top + 1):
        yield LedgerBatch(
            node=lines[0].payee,
            period=period,
            seq=seq,
            commit=commit,
            engine=ENGINE,
            lines=tuple(booked[line.key] for line in part),
            closing=closing if seq == top + len(parts) else None,
        )


def _entry(line: BookedLine, batch: LedgerBatch) -> DealLine:
    return DealLine(
        key=line.key,
        type=line.type,
        amount=line.amount,
        currency=line.currency,
        node=batch.node,
        period=batch.period,
        batch=batch.seq,
    )


def _indexes(
    lines: Sequence[LineItem], entries: Mapping[str, list[DealLine]], deals: Mapping[str, DealBook]
) -> Iterator[DealLines]:
    order = {line.key: place for place, line in enumerate(lines)}
    for deal in sorted(entries):
        of_deal = sorted(entries[deal], key=lambda entry: order[entry.key])
        known = deals[deal]
        for seq, part in enumerate(_parts(of_deal, INDEX_OF_FILE), known.seq + 1):
            yield DealLines(deal=deal, account=known.account, seq=seq, lines=tuple(part))


def files_of(batches: Iterable[LedgerBatch], indexes: Iterable[DealLines]) -> dict[str, bytes]:
    """Path and bytes of each file."""
    files = {LEDGER_BATCH.path_of(batch): emit(to_plain(batch)) for batch in batches}
    return files | {BY_DEAL.path_of(index): emit(to_plain(index)) for index in indexes}


def message_of(title: str, *, through: str, opened_by: str | None) -> str:
    """A ledger commit's message. `opened_by` is main's root, told by the first one."""
    trailers = [f"Settled-Through: {through}", *([f"Opened-By: {opened_by}"] if opened_by else [])]
    said = "".join(c for c in " ".join(title.split()) if c.isprintable())[:60].strip()
    return f"Settle {said or through[:12]}\n\n" + "\n".join(trailers) + "\n"


def settled_through(message: str) -> str | None:
    """The main commit that a ledger commit settles; None where its message does not say it."""
    parts = message.rstrip("\n").rsplit("\n\n", 1)
    found = _THROUGH.findall(parts[-1]) if len(parts) == 2 else []
    return found[0] if len(found) == 1 else None


def _grouped(lines: Iterable[LineItem], key: Callable[[LineItem], str]) -> dict[str, list[LineItem]]:
    groups: dict[str, list[LineItem]] = {}
    for line in lines:
        groups.setdefault(key(line), []).append(line)
    return groups


def _files(lines: Sequence[LineItem]) -> Iterator[Sequence[LineItem]]:
    """The lines cut into files, none heavier than so many ordinary lines, unless it holds one alone."""
    part: list[LineItem] = []
    weight = 0
    for line in lines:
        heavy = 1 + len(line.slices) // _PARTS_OF_LINE + len(line.because) // _LETTERS_OF_LINE
        if part and weight + heavy > LINES_OF_FILE:
            yield part
            part, weight = [], 0
        part.append(line)
        weight += heavy
    if part:
        yield part


def _parts(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (items[at : at + size] for at in range(0, len(items), size))
