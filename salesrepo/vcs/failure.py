"""What is behind a failed Git command, found by looking at the world: Git's own words are shown, never judged."""

import errno
import os
import shutil
import tempfile
from pathlib import Path

from salesrepo.errors import RefusedError, SalesRepoError

_ROOM = 8 << 20  # bytes: with less than this left, a failed write is blamed on the disk
_PROBE = 1 << 16


def failure(repo: Path, command: str, code: int, words: bytes, *, writes: bool) -> SalesRepoError:
    """The error to raise: no repository, full disk, read-only folder, a left lock, or else a damaged repository."""
    if not is_repository(repo):
        return RefusedError(
            f"{repo} is not a whole Git repository.", hint="Check the path, or fetch the repository anew."
        )
    cause = write_trouble(repo) if writes else None
    if cause is not None:
        return cause
    said = " ".join(words.decode("utf-8", "replace").split())[:300]
    return RefusedError(
        f"Git could not finish `{command}` in {repo} (exit code {code}).",
        hint=f"Run `git --git-dir {repo} fsck` to look for damage." + (f" Git said: {said}" if said else ""),
    )


def is_repository(repo: Path) -> bool:
    """Whether `repo` looks like a git directory: HEAD, objects and refs are there."""
    return os.path.lexists(repo / "HEAD") and (repo / "objects").is_dir() and (repo / "refs").is_dir()


def write_trouble(repo: Path) -> SalesRepoError | None:
    """Why nothing can be written into `repo`, found by trying; None where writing works."""
    try:
        if shutil.disk_usage(repo).free < _ROOM:
            return _full(repo)
        inner = repo / "objects"
        with tempfile.TemporaryFile(dir=inner if inner.is_dir() else repo) as probe:
            probe.write(b"\0" * _PROBE)
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return _full(repo)
        return RefusedError(
            f"Nothing can be written in {repo}.", hint=f"Ask for write access to that folder ({error.strerror})."
        )
    return None


def _full(repo: Path) -> SalesRepoError:
    return RefusedError(f"The disk that holds {repo} is full.", hint="Free some space, then run the command again.")
