"""How is a record at a commit read, once, and only when asked for?"""

from collections.abc import Iterator
from typing import Any, TypeVar

from salesrepo.domain.change import FILE_MODE, Blob
from salesrepo.domain.paths import place_of
from salesrepo.domain.record import Kind
from salesrepo.errors import RecordError
from salesrepo.store.gate import read_documents
from salesrepo.store.model import validate
from salesrepo.store.raw_text import text_of
from salesrepo.store.trees import Tree

V = TypeVar("V")


class RecordSnapshot:
    """Implements `domain.snapshot.Snapshot` over any tree. Values are kept by kind and object id.

    Of kinds whose path says a part of the value, by path as well.
    """

    def __init__(self, tree: Tree, commit: str, *, cache: dict[tuple[str, str], Any] | None = None) -> None:
        self.tree = tree
        self.commit = commit
        self._values: dict[tuple[str, str], Any] = {} if cache is None else cache

    def over(self, tree: Tree) -> "RecordSnapshot":
        """The same with another tree over it. What one of the two has read the other knows: an id stands for bytes."""
        return RecordSnapshot(tree, self.commit, cache=self._values)

    def get(self, kind: Kind[V], **ids: str) -> V | None:
        """See Snapshot."""
        return self.read(kind, kind.path.fill(**ids))

    def read(self, kind: Kind[V], path: str) -> V | None:
        """See Snapshot."""
        found = self._values_at(kind, path)
        return found[0] if found else None

    def stream(self, kind: Kind[V], path: str) -> tuple[V, ...]:
        """See Snapshot."""
        return self._values_at(kind, path)

    def blob(self, path: str) -> Blob | None:
        """See Snapshot."""
        return self.tree.at(path)

    def paths(self, folder: str) -> tuple[str, ...]:
        """See Snapshot."""
        return tuple(path for path, _ in self.tree.list(folder))

    def all(self, kind: Kind[V], folder: str) -> Iterator[tuple[str, V]]:
        """See Snapshot."""
        for path, blob in self.tree.list(folder):
            place = place_of(path)
            if place and place.kind.name == kind.name:
                for value in self._parsed(kind, path, blob):
                    yield path, value

    def _values_at(self, kind: Kind[V], path: str) -> tuple[V, ...]:
        blob = self.tree.at(path)
        return () if blob is None else self._parsed(kind, path, blob)

    def _parsed(self, kind: Kind[V], path: str, blob: Blob) -> tuple[V, ...]:
        if blob.mode != FILE_MODE:
            raise RecordError("this is not a plain file", path=path)
        key = (kind.name, f"{blob.oid} {path}" if kind.pointer or kind.opaque or kind.words else blob.oid)
        if key not in self._values:
            self._values[key] = parse(kind, self.tree.read(blob.oid, kind.cap), path=path)
        found: tuple[V, ...] = self._values[key]
        return found


def parse(kind: Kind[V], data: bytes, *, path: str) -> tuple[V, ...]:
    """The values of a file of this kind: one, or for a stream as many as there are. Raises RecordError."""
    if kind.pointer:
        place = place_of(path)
        if data or place is None:
            raise RecordError("a pointer is an empty file", path=path)
        return (validate(kind, dict(place.ids), path=path),)
    if kind.opaque:
        if len(data) > kind.cap:
            raise RecordError(f"this file has {len(data)} bytes; {kind.cap} are the most", path=path)
        place = place_of(path)
        return (validate(kind, dict(place.ids), path=path),) if place else ()
    if kind.words:
        place = place_of(path)
        ids = place.ids if place else {}
        return (validate(kind, {**ids, "text": text_of(data, path=path, cap=kind.cap)}, path=path),)
    documents = read_documents(data, path=path, cap=kind.cap, stream=kind.stream)
    return tuple(validate(kind, plain, path=path) for plain in documents)
