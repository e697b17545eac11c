"""What Git's object store holds: blobs, and paths in a commit, all asked of one long-lived process by object id."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from salesrepo.domain.change import Blob
from salesrepo.errors import RecordError, RefusedError, SalesRepoError, UnavailableError
from salesrepo.vcs.failure import failure
from salesrepo.vcs.readers import is_shared, reader_of
from salesrepo.vcs.run import Conversation
from salesrepo.vcs.trees import FOLDER, TREE_MODE, Entry, blob_of, parse_tree

OID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}", re.ASCII)
_REF = re.compile(r"(?:HEAD|refs(?:/(?!\.)[A-Za-z0-9._-]+)+)", re.ASCII)
TREE_CAP = 32 << 20
COMMIT_CAP = 1 << 20
_MOST_ENTRIES = 1 << 19  # tree entries kept in memory; then the cache starts anew
_DEEPEST = 64
# A burst of questions must fit any system's pipe: then writing it cannot block while Git waits for us to read. Each
# burst costs two switches between processes, which is most of what a look-up costs.
_BURST = 40


def split_path(path: str) -> list[bytes]:
    """The segments of a path as Git stores them; a name that is not UTF-8 carries surrogate escapes."""
    try:
        return path.encode("utf-8", "surrogateescape").split(b"/")
    except UnicodeEncodeError:
        raise RefusedError(f"{path[:200]!r} is not a path that Git can hold.", hint="Rename the file.") from None


def parents(path: str) -> tuple[str, ...]:
    """The folders on the way to a path, outermost first: `a/b/c` -> `a`, `a/b`."""
    parts = path.split("/")
    return tuple("/".join(parts[:count]) for count in range(1, len(parts)))


class Objects:
    """The objects of one repository, read through one `git cat-file` that starts with the first question.

    Inside a command (vcs/readers.py) that is the one which other readers of the repository ask as well.
    Only object ids and plain ref names are ever sent to it: no path or name of a proposal can be taken for a command.
    Nothing is fetched on the way: asking a partial clone for what it left out raises UnavailableError.
    Not for use by two threads at once.
    """

    def __init__(self, repo: Path) -> None:
        self._repo = repo
        self._talk: Conversation | None = None
        self._trees: dict[str, dict[bytes, Entry]] = {}
        self._kept = 0
        self._roots: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process, unless others share it; a later question starts a new one."""
        if self._talk is not None and not is_shared(self._repo, self._talk):
            self._talk.end()
        self._talk = None

    def start(self) -> None:
        """Start the process now, so that it is ready by the first question."""
        if self._talk is None or self._talk.asks.closed:
            self._talk = reader_of(self._repo)

    @property
    def repo(self) -> Path:
        """The git directory that is read."""
        return self._repo

    # -- objects by id

    def info_many(self, oids: Iterable[str]) -> dict[str, tuple[str, int] | None]:
        """Type and size in bytes of each object, or None where it is absent; many at the price of a few."""
        wanted = list(dict.fromkeys(map(_checked, oids)))
        found: dict[str, tuple[str, int] | None] = {}
        for burst in _bursts(wanted):
            with self._asked(f"info {oid}\n" for oid in burst):
                for oid in burst:
                    header = self._header()
                    found[oid] = header and header[1:]
        return found

    def read(self, oid: str, cap: int, *, kind: str = "blob") -> bytes:
        """The content of one object of this kind, of at most `cap` bytes; its size is known before a byte is read.

        Raises RecordError when it is larger or of another kind, UnavailableError when it is absent.
        """
        return self.read_many([oid], cap, kind=kind)[oid]

    def read_many(self, oids: Iterable[str], cap: int, *, kind: str = "blob") -> dict[str, bytes]:
        """As `read`, for many at the price of a few; raises for the first that is wrong. `cap` is for each."""
        contents: dict[str, bytes] = {}
        for burst in _bursts(list(dict.fromkeys(map(_checked, oids)))):
            with self._asked(f"contents {oid}\n" for oid in burst):
                for oid in burst:
                    contents[oid] = self._fitting(oid, cap, kind)
        return contents

    def _fitting(self, oid: str, cap: int, kind: str) -> bytes:
        """The reply to `contents`: its first line tells kind and size, and where they do not fit, Git ends there."""
        header = self._header()
        _fit(oid, header and header[1:], cap, kind)
        return self._take(header[2] + 1)[:-1] if header else b""

    def tip(self, ref: str) -> str | None:
        """The commit that a full ref name (`refs/heads/main`, `HEAD`) stands for now, or None."""
        if not _REF.fullmatch(ref):
            raise RefusedError(f"{ref!r} is not a full ref name.", hint="Use a name such as refs/heads/main.")
        with self._asked([f"info {ref}^{{commit}}\n"]):
            header = self._header()
        return header[0] if header else None

    # -- paths in a commit

    def at(self, commit: str, path: str) -> Blob | None:
        """What stands at a path: a file, a folder (mode 040000), or None where nothing does."""
        entry: Entry | None = (TREE_MODE, bytes.fromhex(self.tree(commit)))
        for part in split_path(path):
            entry = self._entries(entry[1].hex()).get(part) if entry and entry[0] == TREE_MODE else None
        return blob_of(entry) if entry else None

    def at_many(self, commit: str, paths: Iterable[str]) -> dict[str, Blob | None]:
        """As `at`, for many paths; costs the distinct folders on their way."""
        root: Entry = (TREE_MODE, bytes.fromhex(self.tree(commit)))
        places: dict[str, Entry | None] = {path: root for path in paths}
        routes = {path: split_path(path) for path in places}
        for depth in range(max(map(len, routes.values()), default=0)):
            walking = {p: entry for p, entry in places.items() if entry is not None and depth < len(routes[p])}
            self._load(oid.hex() for mode, oid in walking.values() if mode == TREE_MODE)
            for path, (mode, oid) in walking.items():
                places[path] = self._entries(oid.hex()).get(routes[path][depth]) if mode == TREE_MODE else None
        return {path: blob_of(entry) if entry else None for path, entry in places.items()}

    def children(self, commit: str, folder: str) -> dict[str, Blob]:
        """What lies directly in a folder (`""`: the root), by name; empty where there is no such folder."""
        top = self._folder(commit, folder)
        return {_text(name): blob_of(entry) for name, entry in self._entries(top).items()} if top else {}

    def files(self, commit: str, folder: str = "", *, most: int = 5_000_000) -> tuple[tuple[str, Blob], ...]:
        """Every file below a folder (`""`: the root) with its full path, in Git's order.

        Raises RecordError beyond `most` files or 64 folders of depth: a small hostile tree can name 10^10 paths.
        """
        top = self._folder(commit, folder)
        found: list[tuple[bytes, Entry]] = []
        level = [(folder.encode("utf-8", "surrogateescape") + b"/" if folder else b"", top)] if top else []
        for _ in range(_DEEPEST):
            trees = self._parsed(oid for _, oid in level)
            below: list[tuple[bytes, str]] = []
            for prefix, oid in level:
                for name, entry in trees[oid].items():
                    if entry[0] == TREE_MODE:
                        below.append((prefix + name + b"/", entry[1].hex()))
                    else:
                        found.append((prefix + name, entry))
                if len(found) + len(below) > most:
                    raise _too_many(folder)
            level = below
            if not level:
                return tuple((_text(path), blob_of(entry)) for path, entry in sorted(found))
        raise _too_many(folder)

    def trees(self, oids: Iterable[str]) -> dict[str, Mapping[bytes, Entry]]:
        """What stands in trees, by their ids. Raises RecordError for an id that is no tree's, or a damaged one."""
        wanted = list(dict.fromkeys(oids))
        self._load(wanted)
        return {oid: self._entries(oid) for oid in wanted}

    def tree(self, commit: str) -> str:
        """The id of a commit's root tree. Raises RecordError when the id is no commit's."""
        if commit not in self._roots:
            first = self.read(commit, COMMIT_CAP, kind="commit").split(b"\n", 1)[0]
            self._roots[commit] = _checked(first.removeprefix(b"tree ").decode("ascii", "replace"))
        return self._roots[commit]

    # -- inside

    def _folder(self, commit: str, folder: str) -> str | None:
        if not folder:
            return self.tree(commit)
        found = self.at(commit, folder)
        return found.oid if found and found.mode == FOLDER else None

    def _load(self, oids: Iterable[str]) -> None:
        missing = [oid for oid in dict.fromkeys(oids) if oid not in self._trees]
        if not missing:
            return
        if self._kept > _MOST_ENTRIES:
            self._trees, self._kept = {}, 0
        for oid, entries in self._parsed(missing).items():
            self._trees[oid] = entries
            self._kept += len(entries)

    def _parsed(self, oids: Iterable[str]) -> dict[str, dict[bytes, Entry]]:
        contents = self.read_many(oids, TREE_CAP, kind="tree")
        return {oid: parse_tree(raw, oid_bytes=len(oid) // 2) for oid, raw in contents.items()}

    def _entries(self, oid: str) -> dict[bytes, Entry]:
        if oid not in self._trees:
            self._load([oid])
        return self._trees[oid]

    @contextmanager
    def _asked(self, questions: Iterable[str]) -> Iterator[None]:
        """Ask; the answers are read inside. Who stops before the last ends the process: the rest is for nobody."""
        self.start()
        try:
            try:
                if self._talk is not None:
                    self._talk.asks.write("".join(questions).encode("ascii"))
                    self._talk.asks.flush()
            except OSError:
                raise self._broken() from None
            yield
        except BaseException:
            self._stop()
            raise

    def _stop(self) -> None:
        if self._talk is not None:
            self._talk.end()
            self._talk = None

    def _header(self) -> tuple[str, str, int] | None:
        line = self._talk.replies.readline() if self._talk else b""
        if not line.endswith(b"\n"):
            raise self._broken()
        parts = line.split()
        if len(parts) == 3 and parts[2].isdigit():
            return parts[0].decode("ascii"), parts[1].decode("ascii"), int(parts[2])
        return None

    def _take(self, size: int) -> bytes:
        content = self._talk.replies.read(size) if self._talk else b""
        if len(content) != size:
            raise self._broken()
        return content

    def _broken(self) -> SalesRepoError:
        code = self._talk.process.wait() if self._talk else 128
        self._stop()
        if any((self._repo / "objects" / "pack").glob("*.promisor")):
            return _absent("a file's content")  # in a partial clone Git stops where a fetch is forbidden
        return failure(self._repo, "cat-file", code, b"", writes=False)


def _bursts(names: Sequence[str]) -> Iterator[Sequence[str]]:
    return (names[at : at + _BURST] for at in range(0, len(names), _BURST))


def _checked(oid: str) -> str:
    if not OID.fullmatch(oid):
        raise RefusedError(f"{oid[:80]!r} is not a whole object id.", hint="Name a commit by its full id.")
    return oid


def _fit(oid: str, found: tuple[str, int] | None, cap: int, kind: str) -> None:
    if found is None:
        raise _absent(f"the object {oid}")
    if found[0] != kind:
        raise RecordError(f"The object {oid} is a {found[0]}, not a {kind}.", hint="Send the files again.")
    if found[1] > cap:
        raise RecordError(
            f"It holds {found[1]:,} bytes; at most {cap:,} are read.", hint="Make it smaller, or split it in two."
        )


def _absent(what: str) -> UnavailableError:
    return UnavailableError(f"This copy of the repository lacks {what}.", hint="Make a new copy, without a filter.")


def _text(path: bytes) -> str:
    return path.decode("utf-8", "surrogateescape")


def _too_many(folder: str) -> RecordError:
    return RecordError(f"There are too many files or folders below {folder or 'the root'}.", hint="Send fewer files.")
