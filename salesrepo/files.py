"""How a local file is replaced whole or not at all, and how one process at a time is let in."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from salesrepo.errors import UnavailableError

if sys.platform == "win32":
    import msvcrt

    def _try_lock(fd: int) -> bool:
        with suppress(OSError):
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
            return True
        return False
else:
    import fcntl

    def _try_lock(fd: int) -> bool:
        with suppress(BlockingIOError):
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        return False


def replace_file(path: Path, data: bytes) -> None:
    """Write `data` to `path` so that a reader, or a crash, sees the old bytes or the new ones and nothing between."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with fresh.open("wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        fresh.replace(path)
    finally:
        with suppress(FileNotFoundError):
            fresh.unlink()


@contextmanager
def only_one(path: Path, *, wait: float = 30.0) -> Iterator[int]:
    """Hold the lock file `path`; yields its descriptor, which a child process may inherit to keep the lock.

    The operating system gives the lock back when its last holder ends, so a killed process never leaves one behind.
    Raises UnavailableError when another process holds it for longer than `wait` seconds.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        limit = time.monotonic() + wait
        while not _try_lock(fd):
            if time.monotonic() > limit:
                raise UnavailableError(
                    f"Another salesrepo command has been busy here for {wait:.0f} seconds.",
                    hint="Wait for it to end, or stop it, then try again.",
                )
            time.sleep(0.01)
        yield fd
    finally:
        os.close(fd)
