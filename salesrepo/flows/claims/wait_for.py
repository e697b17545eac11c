"""`sr claim --queue`: wait for a lead that somebody else holds, in the order in which people asked."""

from salesrepo.checks.queues import places
from salesrepo.domain.kinds.claim import DEFAULT_LAYER
from salesrepo.domain.kinds.place_in_queue import PLACE_IN_QUEUE, PlaceInQueue
from salesrepo.domain.kinds.wait import WAIT, Wait
from salesrepo.errors import ConflictError
from salesrepo.flows.claims.lead import find_account, territory_of
from salesrepo.flows.claims.queue import Waiting, waits_of
from salesrepo.flows.here.workspace import Workspace, open_workspace
from salesrepo.flows.sending.deliver import Sent
from salesrepo.flows.sending.submit import send_files
from salesrepo.flows.sending.sync import look_around
from salesrepo.store.records import file_of

_TRIES = 5


def wait_for(
    ws: Workspace, lead: str, *, layer: str = DEFAULT_LAYER, dry_run: bool = False
) -> tuple[Sent, Waiting | None]:
    """Take the last place in the queue for a lead; None where that did not become real.

    Who waits already keeps their place: then nothing is sent. Who is quicker gets the place before. Raises
    UnavailableError where the company cannot be reached: a place is given out there and nowhere else.
    """
    for _ in range(_TRIES):
        look_around(ws)
        if (known := _waits_already(ws, lead, layer)) is not None:
            return Sent(f"Wait for {known.account}", "accepted", ()), known
        sent = _asked(ws, lead, layer, dry_run=dry_run)
        if not any(finding.at.route == ("place",) for finding in sent.findings) and sent.fate != "conflict":
            return sent, _place(ws, sent.paths) if sent.fate == "accepted" else None
    raise ConflictError("Others join this queue faster than you can.", hint="Try again in a moment.")


def _waits_already(ws: Workspace, lead: str, layer: str) -> Waiting | None:
    here = open_workspace(ws.desk)
    try:
        key = find_account(here, lead).account
        return next((one for one in waits_of(here) if (one.account, one.layer) == (key, layer)), None)
    finally:
        here.close()


def _asked(ws: Workspace, lead: str, layer: str, *, dry_run: bool) -> Sent:
    here = open_workspace(ws.desk)
    try:
        account = find_account(here, lead)
        waiting = places(here.tip, account.account, layer)
        place = PlaceInQueue(
            account=account.account,
            layer=layer,
            node=here.me,
            place=max((other.place for other in waiting), default=0) + 1,
            asked=here.today,
            territory=territory_of(here, account, layer),
        )
        pointer = file_of(WAIT, Wait(node=here.me, account=account.account, layer=layer))
        files: dict[str, bytes | None] = dict([file_of(PLACE_IN_QUEUE, place), pointer])
        return send_files(here, f"Wait for {account.account}", files, dry_run=dry_run)
    finally:
        here.close()


def _place(ws: Workspace, paths: tuple[str, ...]) -> Waiting | None:
    here = open_workspace(ws.desk)
    try:
        return next((one for one in waits_of(here) if any(f"/{one.account}/" in path for path in paths)), None)
    finally:
        here.close()
