"""What one tree object says: names with mode and object id, read straight from its bytes."""

from collections.abc import Mapping

from salesrepo.domain.change import Blob
from salesrepo.errors import RecordError

FOLDER = "040000"


# A tree's entry before it becomes a Blob: mode as stored, id as raw bytes. A plain tuple: the collector lets it be.
Entry = tuple[bytes, bytes]

TREE_MODE = b"40000"
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
    entries: dict[bytes, Entry] = {}
    at, count, end = 0, 0, len(raw)
    try:
        while at < end:
            blank = raw.index(b" ", at, at + 8)
            zero = raw.index(b"\0", blank)
            after = zero + 1 + oid_bytes
            mode = raw[at:blank].lstrip(b"0")  # old writers padded it; to Git it is the same
            if after > end or (mode not in _MODES and not mode.isdigit()):
                raise ValueError
            int(mode, 8)
            entries[raw[blank + 1 : zero]] = (mode, raw[zero + 1 : after])
            at = after
            count += 1
    except ValueError:
        raise _damaged() from None
    if len(entries) != count:
        raise _damaged()
    return entries


def _damaged() -> RecordError:
    return RecordError("A folder's listing is damaged.", hint="Send the files again from a fresh copy.")
