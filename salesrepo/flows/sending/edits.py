"""What did a person edit in the folder itself? It is sent like what is noted, and what they put back is not."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.exclusion import EXCLUSION
from salesrepo.domain.paths import place_of
from salesrepo.errors import RecordError
from salesrepo.files import replace_file
from salesrepo.flows.here.headings import excluded_as, headings
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

    The pointers of an account that was renamed by hand count as edited with it, and so do those of an exclusion.
    """
    return _on_their_own(ws, _edited(ws))


def _on_their_own(ws: Workspace, edited: Mapping[str, bytes | None]) -> dict[str, Edit]:
    head = ws.objects.tip("HEAD") or ws.main
    found = {}
    for path, data in edited.items():
        blob, item = ws.objects.at(head, path), ws.outbox.item(path)
        if item is None or item.state == "noted" or ws.outbox.read(path) != data:
            found[path] = Edit(data, blob.oid if blob else None)
    return found


def take_edits(ws: Workspace) -> None:
    """Put edited files into the outbox, and take out those that are as they were again. The caller holds the lock."""
    edited = _edited(ws)
    for path, edit in _on_their_own(ws, edited).items():
        ws.outbox.put(path, edit.data, base=edit.base)
    _remember(ws, set(edited), _remembered(ws.desk.folder))


def forget_restored(ws: Workspace) -> None:
    """Take out of the outbox what is in the folder as it was before the edit. The caller holds the lock."""
    before = _remembered(ws.desk.folder)
    if before:
        _remember(ws, set(_edited(ws)), before)


def _edited(ws: Workspace) -> dict[str, bytes | None]:
    """The edited files and what goes with them."""
    files = worktree_changes(ws.desk.root)
    pointed = {path: data for path, data in files.items() if _kind_at(path) in (ACCOUNT.name, EXCLUSION.name)}
    if not pointed:
        return files
    head = RecordSnapshot(CommitTree(ws.objects, ws.objects.tip("HEAD") or ws.main), "HEAD")
    pointers: dict[str, bytes | None] = {}
    for path, data in pointed.items():
        try:
            pointers |= _pointers(head, path, data)
        except RecordError:
            continue  # the check names what is wrong with the file
    missing = {path: data for path, data in pointers.items() if (head.blob(path) is None) is (data is not None)}
    return missing | files


def _pointers(head: RecordSnapshot, path: str, data: bytes | None) -> dict[str, bytes | None]:
    """What goes with a file, as it is now, of an account or an exclusion. Raises RecordError where it is broken."""
    if _kind_at(path) == EXCLUSION.name:
        after = parse(EXCLUSION, data, path=path)[0] if data is not None else None
        return excluded_as(head.read(EXCLUSION, path), after)
    return headings(head.read(ACCOUNT, path), parse(ACCOUNT, data, path=path)[0]) if data is not None else {}


def _kind_at(path: str) -> str:
    place = place_of(path)
    return place.kind.name if place else ""


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
