"""What a proposal changes: paths with the blob that each held before and holds after."""

import hashlib
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


def blob_id(data: bytes, *, like: str = "") -> str:
    """The object id that Git gives these bytes: SHA-1, or SHA-256 where `like` is an id of that length."""
    digest = hashlib.sha256 if len(like) == 64 else hashlib.sha1
    return digest(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
