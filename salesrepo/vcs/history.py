"""What happened between commits: merge bases, changed paths, and main's line of first parents."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from salesrepo.domain.change import Blob, PathChange
from salesrepo.errors import RecordError, RefusedError, UnavailableError
from salesrepo.vcs.objects import COMMIT_CAP, OID, Objects
from salesrepo.vcs.run import git

_COMMITTED = re.compile(rb"committer .*> ([0-9]{1,12}) [+-][0-9]{4}")
_EMPTY_TREE = {
    40: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    64: "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
}
_BATCH = 1024
_NEAR = 32  # merges that are followed back before Git is asked


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit: `committed` is its committer's time in seconds since 1970, `message` its text as UTF-8."""

    oid: str
    tree: str
    parents: tuple[str, ...]
    committed: int
    message: str


def merge_bases(repo: Path, a: str, b: str) -> tuple[str, ...]:
    """All best common ancestors of two commits, sorted; empty where there is none."""
    out = git(repo, "merge-base", "--all", "--end-of-options", _oid(a), _oid(b), ok=(0, 1))
    return tuple(sorted(out.decode("ascii").split()))


def builds_on(objects: Objects, old: str, new: str) -> bool:
    """Whether `old` is `new` or in its history; where main went on a little, no other process is started for it."""
    at = new
    for _ in range(_NEAR):
        if at == old:
            return True
        above = read_commit(objects, at).parents
        if not above:
            break
        at = above[0]
    return merge_bases(objects.repo, old, new) == (old,)


def changed_paths(repo: Path, old: str | None, new: str) -> tuple[PathChange, ...]:
    """Every path that differs between two commits or trees (old None: all of `new`), in Git's order.

    Costs what the difference costs. Renames are a removal and an addition; folders are not listed.
    """
    before = _oid(old) if old else _EMPTY_TREE[len(_oid(new))]
    argv = ("-r", "--raw", "-z", "--no-renames", "--no-abbrev", "--no-ext-diff", "--ignore-submodules=none")
    fields = git(repo, "diff-tree", *argv, "--end-of-options", before, new).split(b"\0")
    return tuple(_change(fields[at], fields[at + 1]) for at in range(0, len(fields) - 1, 2))


def commit(repo: Path, oid: str) -> Commit:
    """One commit by id. Raises UnavailableError when it is absent, RecordError when the id is no commit's."""
    with Objects(repo) as objects:
        return read_commit(objects, oid)


def read_commit(objects: Objects, oid: str) -> Commit:
    """As `commit`, through a process that runs already."""
    return _parsed(oid, objects.read(oid, COMMIT_CAP, kind="commit"))


def first_parents(repo: Path, until: str, since: str | None = None) -> Iterator[Commit]:
    """The commits on `until`'s line of first parents, oldest first, after `since` (None: from the root).

    Raises RefusedError when `since` is not on that line (history was rewritten), UnavailableError when the
    repository holds only the recent part of it.
    """
    span = (f"^{_oid(since)}",) if since else ()
    out = git(repo, "rev-list", "--first-parent", "--reverse", "--end-of-options", _oid(until), *span)
    oids = out.decode("ascii").split()
    if not oids and since != until:
        raise _rewritten(until, since)
    with Objects(repo) as objects:
        for at in range(0, len(oids), _BATCH):
            raw = objects.read_many(oids[at : at + _BATCH], COMMIT_CAP, kind="commit")
            commits = [_parsed(oid, content) for oid, content in raw.items()]
            if at == 0:
                _check_start(commits[0], until, since)
            yield from commits


def touching(repo: Path, until: str, path: str, *, since: int, most: int = 1000) -> tuple[Commit, ...]:
    """The commits on `until`'s line of first parents that change a path, the oldest first.

    Only those dated `since` (seconds since 1970) or later, and of many the last `most`: it costs what that part of
    the line costs, not all of history.
    """
    argv = ("--first-parent", f"--max-age={since}", f"--max-count={most}", "--end-of-options")
    oids = git(repo, "rev-list", *argv, _oid(until), "--", path).decode("ascii").split()
    with Objects(repo) as objects:
        raw = objects.read_many(oids, COMMIT_CAP, kind="commit")
    return tuple(_parsed(oid, raw[oid]) for oid in reversed(oids))


def _check_start(first: Commit, until: str, since: str | None) -> None:
    parent = first.parents[0] if first.parents else None
    if parent == since:
        return
    if since is None:
        raise UnavailableError(f"The history before {first.oid} is not here.", hint="Fetch it: git fetch --unshallow.")
    raise _rewritten(until, since)


def _rewritten(until: str, since: str | None) -> RefusedError:
    return RefusedError(
        f"{until} no longer builds on {since}: history was rewritten.",
        hint="Find out who moved the branch, and put it back where it was.",
    )


def _change(meta: bytes, path: bytes) -> PathChange:
    old_mode, new_mode, old, new, _ = meta.decode("ascii").lstrip(":").split(" ")
    return PathChange(path.decode("utf-8", "surrogateescape"), _side(old_mode, old), _side(new_mode, new))


def _side(mode: str, oid: str) -> Blob | None:
    return None if mode == "000000" else Blob(mode, oid)


def _parsed(oid: str, raw: bytes) -> Commit:
    head, _, text = raw.partition(b"\n\n")
    lines = head.split(b"\n")
    parents = tuple(line[7:].decode("ascii", "replace") for line in lines[1:] if line.startswith(b"parent "))
    times = [found for line in lines if (found := _COMMITTED.fullmatch(line))]
    if not lines[0].startswith(b"tree ") or len(times) != 1:
        raise RecordError(f"The commit {oid} is damaged.", hint="Send the files again from a fresh copy.")
    tree = lines[0][5:].decode("ascii", "replace")
    return Commit(oid, tree, parents, int(times[0][1]), text.decode("utf-8", "replace"))


def _oid(text: str) -> str:
    if not OID.fullmatch(text):
        raise RefusedError(f"{text[:80]!r} is not a whole object id.", hint="Resolve a name first.")
    return text
