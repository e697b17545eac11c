"""`sr pay` and `salesrepo commission`: what was booked, why, and whether it is right; read from this copy alone."""

from datetime import UTC, date, datetime

from salesrepo.domain.period import day_in
from salesrepo.domain.statement import LineItem, Statement
from salesrepo.domain.verification import VerifyReport
from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.books.statement import find_lines, statement
from salesrepo.flows.books.verify import verify
from salesrepo.flows.here.workspace import SEEN_LEDGER, Workspace
from salesrepo.flows.proposals.replay import was_allowed
from salesrepo.forge.base import Forge
from salesrepo.store.ledger import Ledger
from salesrepo.vcs.history import read_commit


def pay_of(ws: Workspace, node: str, period: str = "") -> Statement:
    """A payee's statement of a period, the last one booked where none is told."""
    if node != ws.me and ws.node(node) is None:
        raise UsageError(f"There is no node {node}.", hint="Name a node of the company.")
    return statement(_ledger(ws), node, period or None)


def lines_of(ws: Workspace, text: str, *, node: str = "") -> tuple[LineItem, ...]:
    """The lines that a line's key, a deal's id or a handle means."""
    return find_lines(_ledger(ws), text, node=node or None)


def verify_copy(ws: Workspace) -> VerifyReport:
    """Recompute everything that this copy holds of main and the ledger. Needs no network."""
    now = int(ws.desk.now.timestamp())
    return verify(ws.desk.git_dir, ws.main, ws.objects.tip(SEEN_LEDGER), judge=was_allowed, now=now)


def day_of_copy(ws: Workspace) -> date:
    """The day of the newest change that this copy has of main, in the company's time zone."""
    committed = read_commit(ws.objects, ws.main).committed
    return day_in(ws.settings.time_zone, datetime.fromtimestamp(committed, UTC))


def verify_forge(forge: Forge, *, now: datetime) -> VerifyReport:
    """Recompute everything that a forge holds itself."""
    return verify(forge.repository(), forge.main(), forge.ledger(), judge=was_allowed, now=int(now.timestamp()))


def _ledger(ws: Workspace) -> Ledger:
    tip = ws.objects.tip(SEEN_LEDGER)
    if tip is None:
        raise RefusedError("Nothing has been booked yet, as far as this copy knows.", hint="Run: sr sync")
    return Ledger(ws.objects, tip)
