"""Where refs point, and how one moves only if it still stands where the mover last saw it."""

import re
from pathlib import Path

from salesrepo.errors import ConflictError, RefusedError
from salesrepo.vcs.failure import failure, is_repository
from salesrepo.vcs.objects import OID
from salesrepo.vcs.run import call, git

_NAME = re.compile(r"refs(?:/(?!\.)[A-Za-z0-9._-]+(?<!\.lock)(?<!\.))+", re.ASCII)


def check_ref(ref: str) -> str:
    """`ref` itself, when it is a plain full ref name such as refs/heads/main; else RefusedError."""
    if not _NAME.fullmatch(ref) or ".." in ref:
        raise RefusedError(f"{ref[:80]!r} is not a plain ref name.", hint="Use a name such as refs/heads/main.")
    return ref


def resolve(repo: Path, rev: str) -> str | None:
    """The commit that a revision (`main`, `HEAD`, `v1~2`, an id) names, or None. Never taken for an option."""
    out = git(repo, "rev-parse", "-q", "--verify", "--end-of-options", f"{rev}^{{commit}}", ok=(0, 1, 128))
    found = out.decode("ascii", "replace").strip()
    if OID.fullmatch(found):
        return found
    if not is_repository(repo):
        raise failure(repo, "rev-parse", 128, b"", writes=False)
    return None


def move_ref(repo: Path, ref: str, new: str, old: str | None, *, fds: tuple[int, ...] = ()) -> None:
    """Let `ref` name `new` if it names `old` now (None: if there is no such ref).

    Raises ConflictError, and changes nothing, when it does not.
    """
    move_refs(repo, {ref: (new, old)}, fds=fds)


def move_refs(repo: Path, moves: dict[str, tuple[str | None, str | None]], *, fds: tuple[int, ...] = ()) -> None:
    """Move several refs, each `{name: (new, old)}` as in `move_ref` (new None: remove it), or none of them.

    A process killed in the middle can leave some moved and others not (DESIGN rule 7): one must be derivable.
    """
    script = "".join(_line(check_ref(ref), *move) for ref, move in moves.items())
    reply = call(
        repo, "update-ref", "--no-deref", "--stdin", input=f"start\n{script}prepare\ncommit\n".encode("ascii"), fds=fds
    )
    if reply.code == 0:
        return
    for ref, (_, old) in moves.items():
        if resolve(repo, ref) != old:
            raise ConflictError(f"{ref} was moved by someone else in the meantime.", hint="Look again, then retry.")
    raise failure(repo, "update-ref", reply.code, reply.words, writes=True)


def _line(ref: str, new: str | None, old: str | None) -> str:
    for oid in (new, old):
        if oid is not None and not OID.fullmatch(oid):
            raise RefusedError(f"{oid[:80]!r} is not a whole object id.", hint="Name a commit by its full id.")
    if new is None:
        return f"delete {ref} {old}\n"
    return f"create {ref} {new}\n" if old is None else f"update {ref} {new} {old}\n"
