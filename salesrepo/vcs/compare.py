"""Which paths differ between two commits, seen from their trees, through a process that runs already?

To start Git once more costs as much as all the rest of a small check. What is found here is what Git itself finds
(`history.changed_paths`, by which every merge is read back).
"""

from collections.abc import Iterator, Mapping

from salesrepo.domain.change import Blob, PathChange
from salesrepo.errors import RecordError
from salesrepo.vcs.objects import Objects
from salesrepo.vcs.trees import TREE_MODE, Entry, blob_of

_DEEPEST = 64
_Tree = Mapping[bytes, Entry]
_Pair = tuple[bytes, Entry | None, Entry | None]  # a path, what stands there before and after
_NOTHING: _Tree = {}


def differing(objects: Objects, old: str, new: str, *, most: int = 50_000) -> tuple[PathChange, ...]:
    """Every path that differs between two commits, in Git's order; folders are not listed, renames are not sought.

    Costs what the difference costs. Raises RecordError beyond `most` paths or 64 folders of depth: a small hostile
    tree can name 10^10 paths.
    """
    found: list[_Pair] = []
    level: list[_Pair] = [(b"", _root(objects, old), _root(objects, new))]
    for _ in range(_DEEPEST):
        pairs = [(path, _tree(before), _tree(after)) for path, before, after in level]
        folders = [pair for pair in pairs if pair[1] != pair[2]]
        if not folders:
            changes = (PathChange(_text(path), _file(before), _file(after)) for path, before, after in sorted(found))
            return tuple(change for change in changes if change.before != change.after)
        trees = objects.trees(oid for _, *sides in folders for oid in sides if oid)
        level = []
        for path, before, after in folders:
            level += _inside(path, trees[before] if before else _NOTHING, trees[after] if after else _NOTHING)
            if len(found) + len(level) > most:
                raise _too_many()
        found += level
    raise _too_many()


def _inside(folder: bytes, before: _Tree, after: _Tree) -> Iterator[_Pair]:
    above = folder + b"/" if folder else b""
    for name in {name for name, _ in before.items() ^ after.items()}:
        yield above + name, before.get(name), after.get(name)


def _root(objects: Objects, commit: str) -> Entry:
    return TREE_MODE, bytes.fromhex(objects.tree(commit))


def _tree(entry: Entry | None) -> str | None:
    return entry[1].hex() if entry and entry[0] == TREE_MODE else None


def _file(entry: Entry | None) -> Blob | None:
    return blob_of(entry) if entry and entry[0] != TREE_MODE else None


def _text(path: bytes) -> str:
    return path.decode("utf-8", "surrogateescape")


def _too_many() -> RecordError:
    return RecordError("The proposal changes too many files or folders.", hint="Send fewer files.")
