"""`salesrepo fx import` and `fx show`: what was one currency worth in another?"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from salesrepo.checks.rules.sr105_size import MOST_PATHS
from salesrepo.commission.fx import OLDEST
from salesrepo.domain.kinds.fx import FX_RATES
from salesrepo.domain.money import decimals_of
from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.books.rates import RecordedRate, recorded_rate
from salesrepo.flows.finance.parcels import refuse_strangers, send_all, unfit
from salesrepo.flows.here.outside import read_report
from salesrepo.flows.here.spoken import line_told
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.sending.deliver import Sent
from salesrepo.importers.rates import RatesWanted, read_rates
from salesrepo.importers.report import Report
from salesrepo.store.records import file_of


@dataclass(frozen=True)
class RatesImport:
    """What became of every rate, and of what was sent."""

    report: Report
    sent: tuple[Sent, ...]


def import_rates(ws: Workspace, file: Path, *, wanted: RatesWanted, dry_run: bool = False) -> RatesImport:
    """Read a file of rates, and send what is new in it; what is no rate is reported with its line and reason.

    Raises RefusedError where the sender does not write rates, the file is missing, too large or no such table, or it
    brings more months than one proposal takes; UsageError for a reason that no record may hold.
    """
    refuse_strangers(ws, "exchange rates")
    for code in sorted(wanted.currencies):
        decimals_of(code)
    line_told(wanted.reason)
    read = read_rates(
        file.name,
        read_report(file),
        wanted=wanted,
        known=lambda pair, month: ws.tip.get(FX_RATES, pair=pair, month=month),
        unfit=unfit,
    )
    if len(read.months) > MOST_PATHS:
        raise RefusedError(
            f"{file.name} brings {len(read.months):,} months of rates; {MOST_PATHS} are the most at once.",
            hint="Take over what you need: --currency USD --from 2027-01-01",
        )
    files = [file_of(FX_RATES, month) for month in read.months]
    return RatesImport(read.report, send_all(ws, f"Exchange rates: {file.name[:60]}", files, dry_run=dry_run))


def show_rate(ws: Workspace, source: str, target: str, day: date) -> RecordedRate:
    """The rate of a day, as pay would be computed with it.

    Raises UsageError for one currency twice, RefusedError for none, and where no rate is recorded.
    """
    for code in (source, target):
        decimals_of(code)
    if source == target:
        raise UsageError(f"One {source} is one {source}.", hint="Name two currencies.")
    found = recorded_rate(ws.tip, source, target, day)
    if found is None:
        raise RefusedError(
            f"No rate between {source} and {target} is recorded for {day} or the {OLDEST} days before.",
            hint="Finance brings it in: salesrepo fx import FILE",
        )
    return found
