"""`salesrepo payment import FILE`: what does a report of the billing system say of our deals?"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from salesrepo.domain.finding import Finding, Severity
from salesrepo.domain.kinds.payment import PAYMENT
from salesrepo.errors import UsageError
from salesrepo.flows.finance.deals import Deals
from salesrepo.flows.finance.parcels import parts_of, refuse_strangers, send_all, unfit
from salesrepo.flows.here.outside import read_report
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.proposals.judge import Case, judge_files, node_of
from salesrepo.flows.sending.deliver import Sent
from salesrepo.importers.billing import BillingRead, KnownBilling, Placed, read_billing
from salesrepo.importers.billing_mapping import BILLING_MAPPING, BillingMapping
from salesrepo.importers.registry import BILLING
from salesrepo.importers.report import Report, ReportedRow
from salesrepo.resources import resource
from salesrepo.store.records import file_of
from salesrepo.store.snapshot import parse
from salesrepo.store.trees import overlay_bytes


@dataclass(frozen=True)
class BillingImport:
    """What became of every row, and of what was sent."""

    report: Report
    sent: tuple[Sent, ...]


def import_payments(
    ws: Workspace, file: Path, *, form: str = "csv", mapping: Path | None = None, dry_run: bool = False
) -> BillingImport:
    """Read a report, and send what is new in it; rows that are no record are reported with their line and reason.

    Raises UsageError for an unknown format, RefusedError where the sender does not write billing records, a file
    or column is missing or a file too large, RecordError for a mapping that cannot be read.
    """
    if form not in BILLING:
        raise UsageError(f"Nothing here reads {form}.", hint=f"Choose one of: {', '.join(BILLING)}.")
    refuse_strangers(ws, "billing records")
    words = read_mapping(mapping or resource("templates") / "importers" / BILLING[form])
    read = read_billing(file.name, read_report(file), words, _known(ws))
    files = _passing(ws, read)
    sent = send_all(ws, f"Billing from {words.system}: {file.name[:60]}", files.items(), dry_run=dry_run)
    return BillingImport(read.tally.finish(), sent)


def read_mapping(path: Path) -> BillingMapping:
    """A mapping file. Raises RefusedError where there is none, RecordError with line and column for a faulty one."""
    return parse(BILLING_MAPPING, read_report(path), path=path.name)[0]


def _known(ws: Workspace) -> KnownBilling:
    deals = Deals(ws.tip)
    return KnownBilling(
        deals=deals.meant,
        invoiced=deals.invoiced,
        recorded=deals.recorded,
        record=deals.record,
        unfit=unfit,
        today=ws.today,
        zone=ws.settings.time_zone,
    )


def _by_day(placed: Iterable[Placed]) -> list[Placed]:
    """Money comes before it goes back, so that every part of a long import can stand without the next."""
    return sorted(placed, key=lambda one: (one.payment.day, one.payment.kind == "refunded", one.line))


def _passing(ws: Workspace, read: BillingRead) -> dict[str, bytes]:
    """The records that the rules let pass, taken together; each other row is reported with what they say of it.

    Asked again as long as rows fall out: what they would have brought may have carried others.
    """
    case = Case(actor_id=ws.identity.forge_id, actor=node_of(ws.tip, ws.identity.forge_id), today=ws.today)
    kept: dict[str, bytes] = {}
    for part in parts_of(ws, _by_day(read.placed)):
        placed = {PAYMENT.path_of(one.payment): one for one in part}
        tip = ws.tip.over(overlay_bytes(ws.tip.tree, dict(kept)))
        while placed:
            files = dict(file_of(PAYMENT, one.payment) for one in placed.values())
            found = judge_files(tip, dict(files), case).report.of(Severity.ERROR)
            refused = {finding.at.path: finding for finding in reversed(found) if finding.at.path in placed}
            for path, finding in refused.items():
                _refuse(read, placed.pop(path), finding)
            if not refused:
                kept |= files
                break
    return kept


def _refuse(read: BillingRead, one: Placed, finding: Finding) -> None:
    read.tally.done[read.name] -= 1
    sentence = f"{finding.message} {finding.hint}".strip()
    read.tally.rows.append(ReportedRow(read.name, one.line, one.payment.payment, "refused", sentence))
