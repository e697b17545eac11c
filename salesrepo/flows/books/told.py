"""Up to which booking was somebody told of their pay? Kept in the working copy, by payee."""

import json

from salesrepo.files import replace_file
from salesrepo.flows.here.place import Desk

_FILE = "pay_told.json"


def last_told(desk: Desk, node: str) -> int | None:
    """The number of the payee's last file in the ledger that was told of; None where nothing was."""
    seq = _read(desk).get(node)
    return seq if isinstance(seq, int) else None


def now_told(desk: Desk, node: str, seq: int) -> None:
    """Remember that everything up to a file was told."""
    with desk.busy():
        known = _read(desk)
        if known.get(node) != seq:
            replace_file(desk.folder / _FILE, json.dumps({**known, node: seq}).encode())


def _read(desk: Desk) -> dict[str, object]:
    try:
        known = json.loads((desk.folder / _FILE).read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}
