"""Where do the bytes of a snapshot come from: a commit, or a commit with changes laid over it?"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from salesrepo.domain.change import FILE_MODE, Blob, blob_id
from salesrepo.domain.record import RECORD_CAP
from salesrepo.vcs.objects import Objects
from salesrepo.vcs.trees import FOLDER


class Tree(Protocol):
    """Paths and bytes at one moment."""

    def at(self, path: str) -> Blob | None:
        """Mode and object id of a path; a folder has mode 040000."""

    def list(self, folder: str) -> tuple[tuple[str, Blob], ...]:
        """Every file below a folder with its blob, sorted by path."""

    def read(self, oid: str, cap: int) -> bytes:
        """The bytes of a blob. Raises RecordError above `cap` bytes, before they are read."""

    def weigh(self, oids: Iterable[str]) -> int:
        """How many bytes these objects hold together, found without reading one; what is absent weighs nothing."""


@dataclass(frozen=True)
class CommitTree:
    """The tree of one commit, read from Git's objects."""

    objects: Objects
    commit: str
    _held: dict[str, bytes] = field(default_factory=dict, init=False, repr=False, compare=False)

    def foresee(self, paths: Iterable[str]) -> None:
        """Read the records at these paths, as far as they are there, in a few questions; `read` then has them."""
        found = self.objects.at_many(self.commit, paths)
        sizes = self.objects.info_many(blob.oid for blob in found.values() if blob and blob.mode == FILE_MODE)
        fit = [oid for oid, told in sizes.items() if told and told[0] == "blob" and told[1] <= RECORD_CAP]
        self._held.update(self.objects.read_many(fit, RECORD_CAP))

    def at(self, path: str) -> Blob | None:
        """See Tree."""
        return self.objects.at(self.commit, path)

    def list(self, folder: str) -> tuple[tuple[str, Blob], ...]:
        """See Tree."""
        return self.objects.files(self.commit, folder)

    def read(self, oid: str, cap: int) -> bytes:
        """See Tree."""
        data = self._held.get(oid)
        return data if data is not None and len(data) <= cap else self.objects.read(oid, cap)

    def weigh(self, oids: Iterable[str]) -> int:
        """See Tree."""
        return sum(found[1] for found in self.objects.info_many(oids).values() if found)


@dataclass(frozen=True)
class OverlayTree:
    """A tree with some paths replaced (None: removed). `fetch` reads the replacing blobs.

    `sizes` are those of replacing blobs that are in memory; what it does not name is weighed below.

    Each question costs what its answer costs, however many paths are replaced: an import replaces thousands.
    """

    below: Tree
    over: Mapping[str, Blob | None]
    fetch: Callable[[str, int], bytes]
    sizes: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def _sorted(self) -> tuple[str, ...]:
        return tuple(sorted(self.over))

    def _below(self, folder: str) -> Iterator[str]:
        """The replaced paths below a folder, `""` being the root: in order they stand together."""
        paths = self._sorted
        first = bisect_left(paths, folder + "/") if folder else 0
        last = bisect_left(paths, folder + "0", lo=first) if folder else len(paths)  # 0 comes right after /
        return (paths[at] for at in range(first, last))

    @cached_property
    def _ours(self) -> frozenset[str]:
        return frozenset(blob.oid for blob in self.over.values() if blob is not None)

    def at(self, path: str) -> Blob | None:
        """See Tree."""
        if path in self.over:
            return self.over[path]
        found = self.below.at(path)
        if found is None and any(self.over[inside] for inside in self._below(path)):
            return Blob(FOLDER, "")
        return found

    def list(self, folder: str) -> tuple[tuple[str, Blob], ...]:
        """See Tree."""
        files = dict(self.below.list(folder))
        for path in self._below(folder):
            blob = self.over[path]
            if blob is None:
                files.pop(path, None)
            else:
                files[path] = blob
        return tuple(sorted(files.items()))

    def read(self, oid: str, cap: int) -> bytes:
        """See Tree."""
        return self.fetch(oid, cap) if oid in self._ours else self.below.read(oid, cap)

    def weigh(self, oids: Iterable[str]) -> int:
        """See Tree."""
        wanted = set(oids)
        elsewhere = wanted - self.sizes.keys()
        return sum(self.sizes[oid] for oid in wanted - elsewhere) + (self.below.weigh(elsewhere) if elsewhere else 0)


def overlay_bytes(below: Tree, files: Mapping[str, bytes | None]) -> OverlayTree:
    """A tree with these files laid over it, before anything of them is in Git."""
    blobs = {blob_id(data): data for data in files.values() if data is not None}
    over = {path: None if data is None else Blob(FILE_MODE, blob_id(data)) for path, data in files.items()}
    sizes = {oid: len(data) for oid, data in blobs.items()}
    return OverlayTree(below, over, lambda oid, _cap: blobs[oid], sizes)
