"""What was a deal before it was noted as won or lost? So that `sr undo` takes back the end, and no more than that."""

from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.errors import RecordError
from salesrepo.files import replace_file
from salesrepo.flows.here.workspace import Workspace
from salesrepo.store.snapshot import parse

_FOLDER = "before-the-end"


def keep_open_form(ws: Workspace, path: str) -> None:
    """Remember a deal as it is noted, where it is open and about to end. The caller holds the workspace's lock."""
    item, data = ws.outbox.item(path), ws.outbox.read(path)
    if data is None or item is None or item.state == "sent":
        forget_open_form(ws, path)  # what is accepted, or on its way, is found there
    elif _open_deal(path, data):
        replace_file(ws.desk.folder / _FOLDER / path, data)


def open_form(ws: Workspace, path: str) -> bytes | None:
    """A deal that is noted as won or lost as it was noted before; None for any other."""
    data = ws.outbox.read(path)
    kept = ws.desk.folder / _FOLDER / path
    if data is None or not kept.is_file() or _open_deal(path, data):
        return None
    return kept.read_bytes()


def forget_open_form(ws: Workspace, path: str) -> None:
    """Remember nothing more of a deal. The caller holds the workspace's lock."""
    (ws.desk.folder / _FOLDER / path).unlink(missing_ok=True)


def _open_deal(path: str, data: bytes) -> bool:
    try:
        deals: list[Deal] = list(parse(DEAL, data, path=path))
    except RecordError:
        return False
    return bool(deals) and deals[0].is_open
