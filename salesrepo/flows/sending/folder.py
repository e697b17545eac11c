"""Which edits in the folder itself are nowhere else, and what of them would be lost if they were put back?"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import ndiff

from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.sending.edits import edits_of

_CAP = 1 << 20
_COMPARED = 2000  # lines of a file


@dataclass(frozen=True, slots=True)
class Lost:
    """A file that was edited by hand: `new`, `changed` or `removed`, and the lines that only the edit has."""

    path: str
    how: str
    lines: tuple[str, ...] = ()


def edited_files(ws: Workspace) -> dict[str, bytes | None]:
    """What was edited, added or removed (None) in the folder and is not noted: by path, as it is there."""
    found = {path: edit.data for path, edit in edits_of(ws).items()}
    noted = {path for path, data in found.items() if ws.outbox.item(path) and ws.outbox.read(path) == data}
    return {path: data for path, data in found.items() if path not in noted and _there(ws, path) == data}


def lost_with(ws: Workspace, edits: Mapping[str, bytes | None]) -> tuple[Lost, ...]:
    """What would be lost with these edits, by path."""
    head = ws.objects.tip("HEAD") or ws.main
    found = []
    for path, data in sorted(edits.items()):
        blob = ws.objects.at(head, path)
        before = ws.objects.read(blob.oid, _CAP).decode("utf-8", "replace").splitlines() if blob else []
        after = data.decode("utf-8", "replace").splitlines() if data is not None else []
        how = "removed" if data is None else "changed" if blob else "new"
        found.append(Lost(path, how, _only_in(before, after)))
    return tuple(found)


def _only_in(before: list[str], after: list[str]) -> tuple[str, ...]:
    if not before or max(len(before), len(after)) > _COMPARED:
        return tuple(line for line in after if line not in set(before))
    return tuple(line[2:] for line in ndiff(before, after) if line.startswith("+ "))


def _there(ws: Workspace, path: str) -> bytes | None:
    """The file itself: the pointers that go with an edit are no files that somebody edited."""
    place = ws.desk.root / path
    return place.read_bytes() if place.is_file() else None
