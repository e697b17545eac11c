"""What did the whole repository hold at one commit? Asked path by path, never loaded whole."""

from collections.abc import Iterator
from typing import Protocol, TypeVar

from salesrepo.domain.change import Blob
from salesrepo.domain.record import Kind

V = TypeVar("V")


class Snapshot(Protocol):
    """All records at one commit, read on demand. Reading the same record twice costs nothing more."""

    @property
    def commit(self) -> str:
        """The commit that is read."""

    def get(self, kind: Kind[V], **ids: str) -> V | None:
        """The record of this kind and these ids, None where there is none. Raises RecordError where it is broken."""

    def read(self, kind: Kind[V], path: str) -> V | None:
        """The record at a path."""

    def stream(self, kind: Kind[V], path: str) -> tuple[V, ...]:
        """The records of a stream, oldest first; empty where there is none."""

    def blob(self, path: str) -> Blob | None:
        """Mode and object id of a path; a folder has mode 040000."""

    def paths(self, folder: str) -> tuple[str, ...]:
        """Every path below a folder, sorted."""

    def all(self, kind: Kind[V], folder: str) -> Iterator[tuple[str, V]]:
        """Path and value of every record of this kind below a folder."""
