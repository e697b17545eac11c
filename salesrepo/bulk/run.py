"""What does everybody earn in a whole history? Part by part, in one process or several: the same lines always."""

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from multiprocessing import get_context
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from types import MappingProxyType

import pyarrow.parquet as pq

from salesrepo.bulk.events import Reader
from salesrepo.bulk.feed import Part, batches
from salesrepo.bulk.lines import LINE_COLUMNS, lines_table
from salesrepo.commission.engine import AT_ONCE, pay
from salesrepo.commission.values import Booked, Credit, Payee
from salesrepo.commission.version import PlanVersion
from salesrepo.domain.period import Calendar
from salesrepo.domain.statement import OWN
from salesrepo.errors import RefusedError


@dataclass(frozen=True, kw_only=True)
class BulkTerms:
    """By what everybody is paid: the plan versions of each node by the day from which each holds, ascending.

    None in place of a version: from that day on there is no plan.
    """

    calendar: Calendar
    versions: Mapping[str, tuple[tuple[date, PlanVersion | None], ...]]
    payees: Mapping[str, Payee] = field(default_factory=dict)

    def version(self, payee: str, day: date) -> PlanVersion | None:
        """The version that pays a node on a day."""
        return next((found for since, found in reversed(self.versions.get(payee, ())) if since <= day), None)


@dataclass(frozen=True, kw_only=True)
class Effort:
    """How the work is cut: in so many parts and batches of about so many rows, over so many processes."""

    parts: int = 1
    rows: int = 20_000
    processes: int = 1


@dataclass(frozen=True, kw_only=True)
class Paid:
    """What was paid: lines, minor units by payee and currency, credits that a plan pays nothing for."""

    lines: int
    totals: Mapping[tuple[str, str], int]
    passed: int


def pay_all(given: Path, made: Path, terms: BulkTerms, effort: Effort) -> Paid:
    """Pay all events of the folder `given` (`bulk/events.py`) and leave the lines in `made` as `lines-<part>.parquet`.

    The lines do not depend on `effort`. Raises RefusedError where a plan asks for what one payee's events cannot say.
    """
    refuse_what_needs_others(terms)
    work = partial(_pay_part, given, made, terms)
    parts = [(Part(number, effort.parts), effort.rows) for number in range(effort.parts)]
    if effort.processes == 1:
        done = [work(*part) for part in parts]
    else:
        with get_context("spawn").Pool(effort.processes) as pool:
            done = pool.starmap(work, parts, chunksize=1)
    totals: Counter[tuple[str, str]] = Counter()
    for paid in done:
        totals.update(paid.totals)
    return Paid(lines=sum(each.lines for each in done), totals=totals, passed=sum(each.passed for each in done))


def refuse_what_needs_others(terms: BulkTerms) -> None:
    """Raises RefusedError for plans whose pay rests on more than a payee's own events and the plan's own figures."""
    plans = {version.ref: version for held in terms.versions.values() for _, version in held if version is not None}
    for version in plans.values():
        why = next(_asks_for_others(version), None)
        if why:
            path = version.ref.path
            raise RefusedError(f"{path} cannot be paid in bulk: {why}.", hint="Use: salesrepo commission simulate")


def _asks_for_others(version: PlanVersion) -> Iterator[str]:
    if any(measure.of != OWN for measure in version.measures.values()):
        yield "it pays on the credit of others"
    if version.metrics or version.rankings or any(quota.amount.recorded for quota in version.quotas.values()):
        yield "it looks up what is recorded beside the deals"
    if version.fx != "refuse" or version.pay_in == "payee":
        yield "it converts currencies"
    for component in version.components:
        if component.by_window:
            yield f"{component.name} is paid when a window ends"
        if component.release != AT_ONCE or component.share_out is not None:
            yield f"not all that {component.name} pays is the payee's at once"


def _pay_part(given: Path, made: Path, terms: BulkTerms, part: Part, rows: int) -> Paid:
    reader, lines, passed = Reader(), 0, 0
    totals: Counter[tuple[str, str]] = Counter()
    with pq.ParquetWriter(made / f"lines-{part.number:04}.parquet", LINE_COLUMNS, compression="zstd") as writer:
        for batch in batches(given, part, rows):
            booked = _pay_batch(list(reader.credits(batch)), terms)
            writer.write_table(lines_table(booked.lines))
            lines, passed = lines + len(booked.lines), passed + len(booked.passed)
            for line in booked.lines:
                totals[line.payee, line.currency] += line.amount
    return Paid(lines=lines, totals=totals, passed=passed)


def _pay_batch(due: list[Credit], terms: BulkTerms) -> Booked:
    asked = {(credit.payee, day): None for credit in due for day in (credit.event.signed, credit.event.day)}
    plans = {key: (version,) for key in asked if (version := terms.version(*key)) is not None}
    collects = gc.isenabled()
    gc.disable()  # lines hold no circles, and a search for some through all of them costs a fifth of the time
    try:
        return pay(due, plans, {}, calendar=terms.calendar, payees=terms.payees)
    finally:
        if collects:
            gc.enable()


def _read_only(held: dict[object, object]) -> MappingProxyType[object, object]:
    return MappingProxyType(held)


def _reduced(held: MappingProxyType[object, object]) -> tuple[Callable[..., object], tuple[object, ...]]:
    return _read_only, (dict(held),)


ForkingPickler.register(MappingProxyType, _reduced)  # plan versions hold them, and processes are handed versions
