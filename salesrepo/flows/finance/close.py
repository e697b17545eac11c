"""`salesrepo commission close`: what does a month come to, what is open of it, and the record that closes it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from salesrepo.checks.pay_closes import closed_months, closes_from, next_month
from salesrepo.checks.pay_disputes import PayDispute, open_until, pay_policy
from salesrepo.domain.kinds.close import CLOSE, Close
from salesrepo.domain.period import Calendar, Span
from salesrepo.domain.statement import LineItem
from salesrepo.domain.verification import Difference, Fault, VerifyReport
from salesrepo.errors import RefusedError
from salesrepo.flows.books.closed import CloseFigures
from salesrepo.flows.books.estimate import place_of_copy
from salesrepo.flows.books.foreseen import Place, foresee_figures
from salesrepo.flows.books.pay import verify_copy
from salesrepo.flows.finance.parcels import refuse_strangers
from salesrepo.flows.here.spoken import spoken
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.proposals.review import Looked
from salesrepo.flows.sending.deliver import Sent
from salesrepo.flows.sending.submit import send_files
from salesrepo.store.records import file_of
from salesrepo.vcs.history import first_parents, touching

_LEDGER = (Fault.AMOUNT, Fault.LINE, Fault.MISSING, Fault.FORGED, Fault.REWRITTEN, Fault.REWOUND, Fault.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Quarantined:
    """Something that is not paid, or not without a word: which deal, or which merge, and why."""

    deal: str
    commit: str
    because: str


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What closing a month would book, and what is open of it."""

    month: str
    figures: CloseFigures
    quarantined: tuple[Quarantined, ...]
    disputes: tuple[PayDispute, ...]

    @property
    def pending(self) -> tuple[LineItem, ...]:
        """The lines of the month, or of earlier ones, that wait for something."""
        return self.figures.pending

    @property
    def is_open(self) -> bool:
        """Whether something that the month may owe is not paid by this close."""
        return bool(self.pending or self.quarantined)


@dataclass(frozen=True)
class Closing:
    """The record of a close, and what became of it."""

    draft: Draft
    record: Close
    sent: Sent


def prepare(ws: Workspace, month: str = "") -> Draft:
    """What closing a month comes to on the books as this copy has them; the next month in order if none is named.

    Raises RefusedError where the sender is not finance, where it is another month's turn or too early, and where the
    ledger is not what main says.
    """
    refuse_strangers(ws, "closes")
    calendar = Calendar(ws.settings.fiscal_year_starts)
    month = _turn(ws, month, calendar)
    report = verify_copy(ws)
    broken = [found for found in report.differences if found.fault in _LEDGER]
    if broken:
        message = f"The books are not what the records give: {broken[0].sentence}"
        raise RefusedError(message, hint="Nothing is closed on such books. See: salesrepo commission verify")
    figures = foresee_figures(place_of_copy(ws), month, when=int(ws.desk.now.timestamp()))[1]
    return Draft(
        month=month,
        figures=figures,
        quarantined=tuple(_open(ws, report)),
        disputes=open_until(ws.tip, calendar, month),
    )


def close(ws: Workspace, draft: Draft, *, with_open: str = "", reason: str = "", dry_run: bool = False) -> Closing:
    """Send the close of a month. Raises RefusedError where something is open and nothing says why it closes anyway."""
    if draft.is_open and not with_open:
        waits, kept = len(draft.pending), len(draft.quarantined)
        message = f"Something of {draft.month} is open: lines that wait: {waits}; in quarantine: {kept}."
        raise RefusedError(message, hint="Settle them first; or say why it is closed anyway: --with-open REASON")
    record = Close(
        period=draft.month,
        prepared_by=ws.me,
        through=ws.main,
        digest=draft.figures.digest,
        paid=draft.figures.paid,
        closing=draft.figures.closing,
        reason=spoken(reason) if reason else None,
        open_because=spoken(with_open) if with_open and draft.is_open else None,
    )
    path, data = file_of(CLOSE, record)
    return Closing(draft, record, send_files(ws, f"Close {draft.month}", {path: data}, dry_run=dry_run))


def quarantine(ws: Workspace) -> tuple[Quarantined, ...]:
    """All that is kept out of pay, or that the rules of its day did not allow. Recomputes everything."""
    report = verify_copy(ws)
    return (*_unpaid(report), *_not_allowed(report))


def agreed_figures(ws: Workspace, looked: Looked) -> tuple[Close, CloseFigures] | None:
    """The close that a proposal brings, and the figures of that month worked out anew from main as it is now.

    None where it brings none. Raises RefusedError where the ledger does not build on main.
    """
    closes = [now for change in looked.judgement.changes.of(CLOSE) if (now := change.after) is not None]
    if not closes:
        return None
    main, ledger = ws.forge.main(), ws.forge.ledger()
    at = Place(ws.forge.repository(*(oid for oid in (main, ledger) if oid)), main, ledger)
    return closes[0], foresee_figures(at, closes[0].period, when=int(ws.desk.now.timestamp()))[1]


def _turn(ws: Workspace, month: str, calendar: Calendar) -> str:
    """The month that is closed next, if it is the one that is asked for, and may be closed today.

    The first close may be of any month.
    """
    months = closed_months(ws.tip)
    due = next_month(months) or month or _last_month(ws)
    calendar.named(due)
    if month and month != due:
        if months and month <= months[-1]:
            raise RefusedError(f"{month} is closed.", hint=f"Next is {due}.")
        raise RefusedError(f"{due} is closed next, not {month}.", hint=f"Run: salesrepo commission close {due}")
    first = closes_from(pay_policy(ws.tip), calendar.named(due))
    if ws.today < first:
        hint = "Until then it is an estimate: salesrepo commission statement NODE"
        raise RefusedError(f"{due} is closed on {first} at the earliest.", hint=hint)
    return due


def _last_month(ws: Workspace) -> str:
    """The month before this one: the first close takes in all that came before it."""
    return Calendar().window_id(Span.MONTH, ws.today.replace(day=1) - timedelta(days=1))


def _open(ws: Workspace, report: VerifyReport) -> Iterator[Quarantined]:
    """What keeps a month from being closed without a word: unpaid deals, and merges since the last close."""
    yield from _unpaid(report)
    months = closed_months(ws.tip)
    since = None
    if months:
        merges = touching(ws.desk.git_dir, ws.main, CLOSE.path.fill(period=months[-1]), since=0)
        since = merges[0].oid if merges else None
    recent = {commit.oid for commit in first_parents(ws.desk.git_dir, ws.main, since)} | {since or ""}
    yield from (one for one in _not_allowed(report) if one.commit in recent)


def _unpaid(report: VerifyReport) -> Iterator[Quarantined]:
    return (Quarantined(one.deal, one.commit, one.because) for one in report.unpaid)


def _not_allowed(report: VerifyReport) -> Iterator[Quarantined]:
    return (Quarantined("", found.commit, found.sentence) for found in _merges(report.differences))


def _merges(differences: Iterable[Difference]) -> Iterator[Difference]:
    return (found for found in differences if found.fault in (Fault.AUTHORITY, Fault.RECEIPT, Fault.REPLAYED))
