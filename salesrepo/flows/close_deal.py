"""`sr win` and `sr lose`: how a deal ended."""

from dataclasses import replace
from datetime import date

from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.log_activity import find_deal
from salesrepo.flows.log_deal import DealNoted, note_deal
from salesrepo.flows.spoken import LINE, spoken
from salesrepo.flows.workspace import Workspace
from salesrepo.store.index import read_index


def win(ws: Workspace, handle: str, *, order: str, signed: str = "", dry_run: bool = False) -> DealNoted:
    """Note that the customer signed (today where no day is told), under their order reference.

    Raises RefusedError for a deal that is not the seller's own open one, UsageError for a day that has not come.
    """
    deal = _open_deal(ws, handle)
    day = _day(signed, ws.today)
    if not spoken(order, most=LINE).strip():
        raise UsageError("A won deal names the customer's order.", hint="Add --order REFERENCE.")
    return note_deal(ws, replace(deal, stage="won", signed=day, order=" ".join(order.split())), dry_run=dry_run)


def lose(ws: Workspace, handle: str, *, reason: str, day: str = "", dry_run: bool = False) -> DealNoted:
    """Note that the deal is lost, and why."""
    deal = _open_deal(ws, handle)
    if not spoken(reason, most=LINE).strip():
        raise UsageError("A lost deal says why.", hint="Add --reason TEXT.")
    lost = replace(deal, stage="lost", closed=_day(day, ws.today), reason=" ".join(reason.split()))
    return note_deal(ws, lost, dry_run=dry_run)


def _open_deal(ws: Workspace, handle: str) -> Deal:
    entry = find_deal(handle, read_index(ws.desk.folder))
    deal = ws.view.get(DEAL, account=entry.account, deal=entry.deal)
    if deal is None:
        raise RefusedError(f"{handle} is not there any more.", hint="Run: sr sync")
    return deal


def _day(text: str, today: date) -> date:
    day = date.fromisoformat(text) if text else today
    if day > today:
        raise UsageError(f"{day} has not come yet.", hint="Write the day on which it happened.")
    return day
