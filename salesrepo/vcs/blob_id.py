"""Which object id Git gives to a file's bytes, computed without Git."""

import hashlib


def blob_id(content: bytes, *, like: str) -> str:
    """The blob id of `content`, in the hash of the repository that the id `like` comes from (SHA-1 or SHA-256)."""
    name = "sha256" if len(like) == 64 else "sha1"
    return hashlib.new(name, b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
