"""What is handed to payroll or to the books for a closed period, and was it handed over before?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from salesrepo.commission.booked.line import read_line
from salesrepo.domain.kinds.export_batch import EXPORT_BATCH, ExportBatch
from salesrepo.domain.money import show_amount
from salesrepo.domain.period import Calendar
from salesrepo.domain.statement import LineItem, LineType
from salesrepo.errors import ConflictError, RefusedError, UsageError
from salesrepo.export.batch import batch_id, files_digest, lines_digest, series_of
from salesrepo.export.job import Export, Job
from salesrepo.export.mapping import ExportMapping
from salesrepo.export.people import Person
from salesrepo.export.registry import WITH_MAPPING, WITH_PEOPLE, export, known_format
from salesrepo.flows.books.export_inputs import read_mapping, read_people
from salesrepo.flows.books.pay import check_knows_pay
from salesrepo.flows.here.workspace import SEEN_LEDGER, Workspace
from salesrepo.store.ledger import Ledger


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What finance asks for: a period, a format, and the files of its own that say the rest."""

    period: str
    format: str
    people: Path | None = None
    mapping: Path | None = None


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """An export that nothing keeps from being made; `known` says whether this very batch is remembered already."""

    record: ExportBatch
    export: Export
    known: bool


def prepare_export(ws: Workspace, wanted: Wanted) -> Prepared:
    """The files and the record of an export, from this copy alone.

    Raises UsageError for what is missing, RefusedError for a period that is not closed, for what the format cannot
    hold, and where the period was exported otherwise before; RecordError for a faulty file of finance's.
    """
    people, mapping = _inputs(ws, wanted)
    ledger = _ledger(ws)
    window = Calendar(ws.settings.fiscal_year_starts).named(wanted.period)
    lines = tuple(_lines_of(ledger, wanted.period))
    if not any(line.type is LineType.PAYOUT for line in lines):
        raise RefusedError(
            f"{wanted.period} is not closed, so nothing is paid out yet.",
            hint=f"Run: salesrepo commission close {wanted.period}",
        )
    system = mapping.csv.system if wanted.format == "csv" and mapping.csv else None
    digest = lines_digest(lines)
    batch = batch_id(wanted.period, wanted.format, system, digest)
    undone = {line.key: line for line in _undone(ledger, lines)}
    job = Job(window=window, batch=batch, lines=lines, undone=undone, people=people, mapping=mapping)
    made = export(wanted.format, job)
    record = ExportBatch(
        batch=batch,
        period=wanted.period,
        format=wanted.format,
        system=system,
        lines=digest,
        files=len(made.files),
        digest=files_digest(made.files),
        payees=made.payees(),
        totals={currency: show_amount(amount, currency) for currency, amount in made.totals().items()},
    )
    return Prepared(record=record, export=made, known=_is_known(ws, record))


def files_to_write(ws: Workspace, folder: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """The files that a folder lacks.

    Raises RefusedError where it lies among the company's records, ConflictError where one of its files has one of
    these names and other content.
    """
    _refuse_inside(ws, folder, "The files would lie")
    missing = []
    for name in sorted(files):
        there = _read(folder / name, len(files[name]))
        if there is None:
            missing.append(name)
        elif there != files[name]:
            raise ConflictError(f"{folder / name} holds something else.", hint="Name another folder with --to.")
    return tuple(missing)


def _inputs(ws: Workspace, wanted: Wanted) -> tuple[Mapping[str, Person], ExportMapping]:
    form = known_format(wanted.format)
    if wanted.people is None and form in WITH_PEOPLE:
        raise UsageError(f"{form} needs to know who is who in payroll.", hint="Give the file of people with --people.")
    if wanted.mapping is None and form in WITH_MAPPING:
        raise UsageError(f"{form} needs to know how your payroll wants it.", hint="Give the mapping with --mapping.")
    people: Mapping[str, Person] = {}
    if wanted.people is not None:
        _refuse_inside(ws, wanted.people, "The file of people lies")
        people = read_people(wanted.people)
    return people, read_mapping(wanted.mapping) if wanted.mapping else ExportMapping()


def _refuse_inside(ws: Workspace, path: Path, what: str) -> None:
    if path.resolve().is_relative_to(ws.desk.root.resolve()):
        raise RefusedError(
            f"{what} among the company's records, where payroll's ids have no place.",
            hint=f"Choose a folder outside of {ws.desk.root}.",
        )


def _ledger(ws: Workspace) -> Ledger:
    check_knows_pay(ws)
    tip = ws.objects.tip(SEEN_LEDGER)
    if tip is None:
        raise RefusedError("Nothing has been booked yet, as far as this copy knows.", hint="Run: sr sync")
    return Ledger(ws.objects, tip)


def _lines_of(ledger: Ledger, period: str) -> Iterator[LineItem]:
    """A booking period's lines of all payees, each payee's oldest first."""
    for node in ledger.nodes():
        for file in ledger.batches(node):
            if file.period == period:
                yield from map(read_line, ledger.batch(file).lines)


def _undone(ledger: Ledger, lines: tuple[LineItem, ...]) -> Iterator[LineItem]:
    """The lines of other periods that the lines undo, and what those undo in turn."""
    known = {line.key for line in lines}
    payees = {line.payee for line in lines if line.reverses and line.reverses not in known}
    for payee in sorted(payees):
        for file in ledger.batches(payee):
            booked = map(read_line, ledger.batch(file).lines)
            yield from (line for line in booked if line.key not in known)


def _is_known(ws: Workspace, record: ExportBatch) -> bool:
    """Whether main remembers this very export. Raises RefusedError where it remembers another of the same period."""
    path = EXPORT_BATCH.path_of(record)
    series = series_of(record.period, record.format, record.system)
    for other in ws.tip.paths(path.rpartition("/")[0]):
        name = other.rpartition("/")[2].removesuffix(".yml")
        if name != record.batch and f"{name.rpartition('-')[0]}-" == series:
            raise RefusedError(
                f"{record.period} was exported as {name}, from other lines than the ledger has now.",
                hint="Run: salesrepo commission verify",
            )
    held = ws.tip.read(EXPORT_BATCH, path)
    if held is not None and held != record:
        raise RefusedError(
            f"{record.batch} was exported with other content before: the people or the mapping have changed since.",
            hint="Export with the files of that time; what was paid wrongly is put right in a later period.",
        )
    return held is not None


def _read(path: Path, size: int) -> bytes | None:
    """The first bytes of a file, one more than `size`; None where there is none."""
    try:
        with path.open("rb") as file:
            return file.read(size + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise RefusedError(f"{path} cannot be read: {error.strerror}.", hint="Name another folder with --to.") from None
