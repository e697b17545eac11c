"""What would closing this deal pay, to whom and why; and whose pay would a change of records change?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from salesrepo.commission.shown.ahead import Ahead
from salesrepo.commission.values import PassedOver
from salesrepo.domain.change import FILE_MODE
from salesrepo.domain.change_set import ChangeSet
from salesrepo.domain.kinds.adjustment import ADJUSTMENT
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.payment import PAYMENT
from salesrepo.domain.kinds.plan import PLAN
from salesrepo.domain.pay_change import PayChange, WouldPay
from salesrepo.domain.private_pay import knows_pay
from salesrepo.domain.statement import LineItem
from salesrepo.errors import RefusedError, SalesRepoError
from salesrepo.flows.books.foreseen import AtClose, Foreseen, Place, foresee, foresee_close
from salesrepo.flows.books.pay import check_knows_pay
from salesrepo.flows.here.workspace import SEEN_LEDGER, Workspace
from salesrepo.flows.proposals.judge import snapshot_at
from salesrepo.forge.base import Forge, Proposal
from salesrepo.store.records import file_of
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.vcs.objects import Objects

MOST = 2_000  # merges that are booked on the way, where nobody asked for more than a short word on pay
_PAID_BY = (DEAL.name, PAYMENT.name, PLAN.name, ADJUSTMENT.name)
_UNKNOWN = "What it pays cannot be told from this copy. See what is new first: sr sync"


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """What a deal would pay if it were won as `deal` says.

    `lines` are what would be booked, true-ups of earlier deals among them; `passed` the credits that a plan pays
    nothing for; `ahead` how far it is then to the next row of each table; `changes` whose pay changes by how much;
    `at_close` what windows that are paid as a whole come to, with the deal and without, as if they closed now.
    """

    deal: Deal
    lines: tuple[LineItem, ...]
    passed: tuple[PassedOver, ...] = ()
    ahead: tuple[Ahead, ...] = ()
    changes: tuple[PayChange, ...] = ()
    at_close: tuple[AtClose, ...] = ()

    def of(self, payee: str) -> "Estimate":
        """As far as it is one payee's own."""
        return replace(
            self,
            lines=tuple(line for line in self.lines if line.payee == payee),
            passed=tuple(one for one in self.passed if one.credit.payee == payee),
            ahead=tuple(one for one in self.ahead if one.payee == payee),
            changes=tuple(change for change in self.changes if change.payee == payee),
            at_close=tuple(one for one in self.at_close if one.payee == payee),
        )

    @property
    def planless(self) -> tuple[str, ...]:
        """Who would be credited, and has no plan on that day."""
        return tuple(dict.fromkeys(line.payee for line in self.lines if line.needs and line.plan is None))


def estimate(at: Place, deal: Deal, *, now: datetime) -> Estimate:
    """What a won deal would pay on the books as they stand, if it were accepted now, or on its day if that is later.

    Raises RefusedError where it cannot be paid as it is: its shares do not sum up, its id is another deal's.
    """
    path, data = file_of(DEAL, deal)
    files, when = {path: (FILE_MODE, data)}, max(int(now.timestamp()), _noon(deal.signed))
    found = foresee(at, files, when=when)
    if found.unrated:
        raise RefusedError(found.unrated[0].because, hint="Change the deal, then ask again.")
    return Estimate(
        deal=deal,
        lines=found.lines,
        passed=found.passed,
        ahead=found.ahead,
        changes=found.changes,
        at_close=foresee_close(at, files, found.months, when=when) if found.months else (),
    )


def would_change(ws: Workspace, files: Mapping[str, bytes | None]) -> WouldPay:
    """Whose pay files that are noted here would change, once they are accepted; says so where that is not known."""
    if not knows_pay(ws.tip):
        return WouldPay(unknown=("Pay is private here: what it pays is for finance to tell.",))
    entries = {path: None if data is None else (FILE_MODE, data) for path, data in files.items()}
    try:
        return _told(foresee(place_of_copy(ws), entries, when=int(ws.desk.now.timestamp()), most=MOST), ws.tip)
    except SalesRepoError:
        return WouldPay(unknown=(_UNKNOWN,))


def would_pay(forge: Forge, proposal: Proposal, changes: ChangeSet, *, now: datetime) -> WouldPay | None:
    """Whose pay a proposal would change if it were merged now; None where it touches nothing that pay rests on.

    None as well of everybody's records where pay is private: they do not say.

    It rests on main, the ledger, the proposal and the moment alone; says why where it cannot be told.
    """
    if not any(change.kind in _PAID_BY for change in changes.changes):
        return None
    paths = [change.change for change in changes.changes]
    entries = {path.path: (path.after.mode, path.after.oid) if path.after else None for path in paths}
    try:
        main, ledger = forge.main(), forge.ledger()
        repo = forge.repository(*(oid for oid in (main, proposal.head, ledger) if oid))
        with Objects(repo) as objects:
            tip = snapshot_at(objects, main)
            if not knows_pay(tip):
                return None
            return _told(foresee(Place(repo, main, ledger), entries, when=int(now.timestamp()), most=MOST), tip)
    except SalesRepoError as trouble:
        return WouldPay(unknown=(f"What it pays cannot be told: {trouble.message}",))


def place_of_copy(ws: Workspace) -> Place:
    """Main and the ledger as this copy saw them last.

    Raises RefusedError where pay is private and this copy is not finance's.
    """
    check_knows_pay(ws)
    return Place(ws.desk.git_dir, ws.main, ws.objects.tip(SEEN_LEDGER))


def _told(found: Foreseen, tip: RecordSnapshot) -> WouldPay:
    known = ((change.payee, tip.get(NODE, node=change.payee)) for change in found.changes)
    return WouldPay(
        changes=found.changes,
        unknown=tuple(dict.fromkeys((*(one.because for one in found.unrated), *map(_later, found.months)))),
        names={payee: node.name for payee, node in known if node},
    )


def _later(month: str) -> str:
    return f"It counts towards what is paid when {month} closes."


def _noon(day: date | None) -> int:
    return int(datetime.combine(day, time(12), UTC).timestamp()) if day else 0
