"""Which record stands at a path, and at which path does a record stand? The path is the index (DESIGN rule 1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from salesrepo.domain.kinds.registry import KINDS
from salesrepo.domain.record import Kind

MAX_PATH = 240  # what Windows, archives and forges take without special settings


def _by_room() -> Mapping[str, tuple[Kind[Any], ...]]:
    rooms: dict[str, tuple[Kind[Any], ...]] = {}
    for kind in KINDS:
        room = kind.path.text.split("/", 1)[0]
        rooms[room] = (*rooms.get(room, ()), kind)
    return rooms


_BY_ROOM = _by_room()


@dataclass(frozen=True, slots=True)
class Place:
    """A path that belongs to a kind, and the ids that it names."""

    path: str
    kind: Kind[Any]
    ids: dict[str, str]


def place_of(path: str) -> Place | None:
    """The kind and ids of a path; None where no record may stand there (wrong shard, unknown room, device name)."""
    if len(path) > MAX_PATH:
        return None
    for kind in _BY_ROOM.get(path.split("/", 1)[0], ()):
        ids = kind.path.match(path)
        if ids is not None:
            return Place(path=path, kind=kind, ids=ids)
    return None


def schema_reference(path: str, kind: Kind[Any]) -> str:
    """What stands after `$schema=` in a file at `path`: the way from its folder to the repository's `schemas/`."""
    return "../" * path.count("/") + f"schemas/{kind.name}.schema.json"
