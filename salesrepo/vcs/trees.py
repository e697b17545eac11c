"""What one tree object says: names with mode and object id, read straight from its bytes."""

import re
from collections.abc import Mapping

from salesrepo.domain.change import Blob
from salesrepo.errors import RecordError

FOLDER = "040000"


# A tree's entry before it becomes a Blob: mode as stored, id as raw bytes. A plain tuple: the collector lets it be.
Entry = tuple[bytes, bytes]

TREE_MODE = b"40000"
# Old writers padded modes with zeros; to Git they are the same.
_ENTRIES: Mapping[int, re.Pattern[bytes]] = {
    size: re.compile(rb"0{0,2}([1-7][0-7]{0,5}) ([^\0]*)\0(.{%d})" % size, re.DOTALL) for size in (20, 32)
}
_WHOLE: Mapping[int, re.Pattern[bytes]] = {
    size: re.compile(rb"(?:0{0,2}[1-7][0-7]{0,5} [^\0]*+\0.{%d})*+" % size, re.DOTALL) for size in (20, 32)
}
_MODES: Mapping[bytes, str] = {b"100644": "100644", TREE_MODE: FOLDER, b"100755": "100755", b"120000": "120000"}


def blob_of(entry: Entry) -> Blob:
    """The value handed out for an entry: mode in six digits as Git prints it, id in hex."""
    mode, oid = entry
    return Blob(_MODES.get(mode) or _canonical(mode), oid.hex())


def _canonical(mode: bytes) -> str:
    """The mode that Git's own diffs print for a stored one (cache.h: canon_mode)."""
    number = int(mode, 8)
    kind = number & 0o170000
    if kind == 0o100000:
        return "100755" if number & 0o100 else "100644"
    return {0o120000: "120000", 0o040000: FOLDER}.get(kind, "160000")


def parse_tree(raw: bytes, *, oid_bytes: int) -> dict[bytes, Entry]:
    """The entries of a tree object, in its order; `oid_bytes` is 20 (SHA-1) or 32 (SHA-256).

    Raises RecordError for bytes that are no tree, and for a name that occurs twice (readers would disagree).
    """
    found = _ENTRIES[oid_bytes].findall(raw)
    entries = {name: (mode, oid) for mode, name, oid in found}
    if len(entries) != len(found) or not _WHOLE[oid_bytes].fullmatch(raw):
        raise _damaged()
    return entries


def _damaged() -> RecordError:
    return RecordError("A folder's listing is damaged.", hint="Send the files again from a fresh copy.")
