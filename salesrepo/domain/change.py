"""What a proposal changes: paths with the blob that each held before and holds after."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

FILE_MODE = "100644"


@dataclass(frozen=True, slots=True)
class Blob:
    """One entry of a tree: its mode (six digits, as Git prints it) and its object id."""

    mode: str
    oid: str


@dataclass(frozen=True, slots=True)
class PathChange:
    """One changed path; `before` or `after` is None where the path is absent. Renames are a removal and an addition.

    A name that is not UTF-8 arrives with surrogate escapes; no pattern of a record kind matches one.
    """

    path: str
    before: Blob | None
    after: Blob | None


def digest_of(changes: Iterable[PathChange]) -> str:
    """What an approval is bound to: SHA-256 in hex over each path with its mode and id before and after, by path.

    The same content sent again over a newer main has the same digest, as long as main left those paths alone.
    """
    digest = hashlib.sha256()
    for change in sorted(changes, key=lambda one: one.path):
        sides = (f"{side.mode} {side.oid}" if side else "absent" for side in (change.before, change.after))
        digest.update(change.path.encode("utf-8", "surrogateescape") + b"\0")  # no path holds a zero byte
        digest.update("\0".join((*sides, "")).encode("ascii"))
    return digest.hexdigest()


def blob_id(data: bytes, *, like: str = "") -> str:
    """The object id that Git gives these bytes: SHA-1, or SHA-256 where `like` is an id of that length."""
    digest = hashlib.sha256 if len(like) == 64 else hashlib.sha1
    return digest(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
