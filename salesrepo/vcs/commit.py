"""How a commit is written: {path: mode, content} over a parent, with no index, checkout or branch switch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from salesrepo.errors import RefusedError
from salesrepo.vcs.failure import failure
from salesrepo.vcs.objects import OID, split_path
from salesrepo.vcs.refs import check_ref, move_ref
from salesrepo.vcs.run import BOT, call

Entry = tuple[str, str | bytes]  # (mode, object id or content)
_MODES = frozenset({"100644", "100755", "120000", "160000"})
# A branch in Git's memory only: it is reset before the end, so no ref is ever written under this name.
_DRAFT = "refs/salesrepo/draft"


@dataclass(frozen=True, slots=True)
class Draft:
    """A commit to be written: paths with (mode, object id or content), None to remove a path.

    `when` is in seconds since 1970; `also_parents` follow the first parent. Writing a file where a folder stands, or
    below a file, replaces what stood there: who does not want that looks first (vcs/merge.py does).
    """

    changes: Mapping[str, Entry | None]
    message: str
    when: int
    author: tuple[str, str] = BOT
    also_parents: tuple[str, ...] = ()


def write_commits(
    repo: Path, drafts: Sequence[Draft], *, parent: str | None, fds: tuple[int, ...] = ()
) -> tuple[str, ...]:
    """Write commits, each on the one before, the first on `parent` (None: a root); returns their ids, moves no ref.

    Raises RefusedError for a path that Git must not hold, or when the repository cannot be written.
    """
    if not drafts:
        return ()
    stream = b"".join(_commit(draft, mark, parent) for mark, draft in enumerate(drafts, start=1))
    marks = "".join(f"get-mark :{mark}\n" for mark in range(1, len(drafts) + 1))
    reply = call(
        repo,
        *("fast-import", "--quiet", "--done", "--date-format=raw"),
        input=stream + f"reset {_DRAFT}\n\n{marks}done\n".encode("ascii"),
        fds=fds,
    )
    oids = tuple(reply.out.decode("ascii", "replace").split())
    if reply.code != 0 or len(oids) != len(drafts):
        for report in repo.glob("fast_import_crash_*"):
            report.unlink(missing_ok=True)
        raise failure(repo, "fast-import", reply.code, reply.words, writes=True)
    return oids


def write_commit(  # noqa: PLR0913
    repo: Path,
    *,
    ref: str,
    parent: str | None,
    changes: Mapping[str, Entry | None],
    message: str,
    when: int,
    author: tuple[str, str] = BOT,
    also_parents: tuple[str, ...] = (),
    fds: tuple[int, ...] = (),
) -> str:
    """Write one commit on `parent` and let `ref` name it, if `ref` still names `parent`; returns its id.

    Raises ConflictError, with `ref` untouched, when someone else moved it.
    """
    check_ref(ref)
    draft = Draft(changes, message, when, author, also_parents)
    (oid,) = write_commits(repo, [draft], parent=parent, fds=fds)
    move_ref(repo, ref, oid, parent, fds=fds)
    return oid


def _commit(draft: Draft, mark: int, parent: str | None) -> bytes:
    text = draft.message.encode("utf-8", "replace")
    if b"\0" in text:
        raise RefusedError("A message cannot hold a NUL character.", hint="Remove it.")
    lines = [
        f"commit {_DRAFT}\nmark :{mark}\n".encode("ascii"),
        _person("author", draft.author, draft.when),
        _person("committer", BOT, draft.when),
        b"data %d\n%b\n" % (len(text), text),
    ]
    if mark > 1:
        lines.append(b"from :%d\n" % (mark - 1))
    elif parent is not None:
        lines.append(f"from {_oid(parent)}\n".encode("ascii"))
    lines += [f"merge {_oid(other)}\n".encode("ascii") for other in draft.also_parents]
    # Removals first: a path that goes may be a folder on the way of one that comes.
    changes = sorted(draft.changes.items(), key=lambda item: (item[1] is not None, item[0]))
    return b"".join(lines) + b"".join(_change(path, entry) for path, entry in changes)


def _person(role: str, who: tuple[str, str], when: int) -> bytes:
    name, mail = (" ".join("".join(c for c in part if c not in "<>\0").split()) for part in who)
    return f"{role} {name} <{mail}> {when:d} +0000\n".encode("utf-8", "replace")


def _change(path: str, entry: Entry | None) -> bytes:
    name = quote_path(path)
    if entry is None:
        return b"D %b\n" % name
    mode, content = entry
    if mode not in _MODES:
        raise RefusedError(f"A file cannot have the mode {mode[:20]!r}.", hint="Use 100644.")
    if isinstance(content, bytes):
        return b"M %b inline %b\ndata %d\n%b\n" % (mode.encode("ascii"), name, len(content), content)
    return b"M %b %b %b\n" % (mode.encode("ascii"), _oid(content).encode("ascii"), name)


def quote_path(path: str) -> bytes:
    """A path as fast-import reads it: always in quotes, every byte beyond plain ASCII as an octal escape.

    Raises RefusedError for a path that no tree may hold: empty, `.`, `..` or `.git` as a segment, or a NUL.
    """
    parts = split_path(path)
    if any(part.lower() in (b"", b".", b"..", b".git") or b"\0" in part for part in parts):
        raise RefusedError(f"{path[:200]!r} is not a path that Git can hold.", hint="Rename the file.")
    plain = (chr(b) if 0x20 <= b < 0x7F and b not in b'"\\' else f"\\{b:03o}" for b in b"/".join(parts))
    return f'"{"".join(plain)}"'.encode("ascii")


def _oid(text: str) -> str:
    if not OID.fullmatch(text):
        raise RefusedError(f"{text[:80]!r} is not a whole object id.", hint="Resolve a name first.")
    return text
