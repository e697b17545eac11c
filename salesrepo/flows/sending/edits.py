"""What did a person edit in the folder itself? It is sent like what is noted, and what they put back is not."""

import json
from dataclasses import dataclass
from pathlib import Path

from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.paths import place_of
from salesrepo.errors import RecordError
from salesrepo.files import replace_file
from salesrepo.flows.here.headings import headings
from salesrepo.flows.here.workspace import Workspace
from salesrepo.store.snapshot import RecordSnapshot, parse
from salesrepo.store.trees import CommitTree
from salesrepo.vcs.worktree import worktree_changes

_FILE = "edited.json"


@dataclass(frozen=True, slots=True)
class Edit:
    """The bytes of an edited file (None: removed), and the blob of HEAD that they were made from."""

    data: bytes | None
    base: str | None


def edits_of(ws: Workspace) -> dict[str, Edit]:
    """Every file of the folder that differs from what it was made from, but for those that are on their way as such.

    The pointers of an account that was renamed by hand count as edited with it.
    """
    head = ws.objects.tip("HEAD") or ws.main
    found = {}
    for path, data in _edited(ws).items():
        blob, item = ws.objects.at(head, path), ws.outbox.item(path)
        if item is None or item.state == "noted" or ws.outbox.read(path) != data:
            found[path] = Edit(data, blob.oid if blob else None)
    return found


def take_edits(ws: Workspace) -> None:
    """Put edited files into the outbox, and take out those that are as they were again. The caller holds the lock."""
    for path, edit in edits_of(ws).items():
        ws.outbox.put(path, edit.data, base=edit.base)
    _remember(ws, set(_edited(ws)), _remembered(ws.desk.folder))


def forget_restored(ws: Workspace) -> None:
    """Take out of the outbox what is in the folder as it was before the edit. The caller holds the lock."""
    before = _remembered(ws.desk.folder)
    if before:
        _remember(ws, set(_edited(ws)), before)


def _edited(ws: Workspace) -> dict[str, bytes | None]:
    """The edited files and what goes with them."""
    files = worktree_changes(ws.desk.root)
    accounts = {path: data for path, data in files.items() if _is_account(path) and data is not None}
    if not accounts:
        return files
    head = RecordSnapshot(CommitTree(ws.objects, ws.objects.tip("HEAD") or ws.main), "HEAD")
    pointers: dict[str, bytes | None] = {}
    for path, data in accounts.items():
        try:
            (after,) = parse(ACCOUNT, data, path=path)
            pointers |= headings(head.read(ACCOUNT, path), after)
        except RecordError:
            continue  # the check names what is wrong with the file
    missing = {path: data for path, data in pointers.items() if (head.blob(path) is None) is (data is not None)}
    return missing | files


def _is_account(path: str) -> bool:
    place = place_of(path)
    return place is not None and place.kind.name == ACCOUNT.name


def _remember(ws: Workspace, edited: set[str], before: set[str]) -> None:
    for path in before - edited:
        item = ws.outbox.item(path)
        if item and item.state != "sent":
            ws.outbox.drop(path)
    taken = {path for path in before | edited if ws.outbox.item(path)}
    if taken != before:
        replace_file(ws.desk.folder / _FILE, json.dumps(sorted(taken)).encode())


def _remembered(folder: Path) -> set[str]:
    try:
        known = json.loads((folder / _FILE).read_bytes())
    except (FileNotFoundError, ValueError):
        return set()
    return {path for path in known if isinstance(path, str)} if isinstance(known, list) else set()
