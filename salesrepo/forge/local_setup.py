"""How the embedded forge's folder is made: master.git with its guard, and a fork for each node."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from salesrepo.domain.record import is_device_name
from salesrepo.errors import RefusedError
from salesrepo.files import only_one, replace_file
from salesrepo.forge.local_state import STATE, Counters, counters_change
from salesrepo.vcs.commit import write_commit
from salesrepo.vcs.refs import resolve
from salesrepo.vcs.run import git
from salesrepo.vcs.transfer import init_bare

MASTER = "master.git"
FINANCE = "finance"  # the folder, inside everybody's, of finance's own forge where pay is private
LOCK = "lock"

# Everything reaches master.git through salesrepo, which checks it first and holds the lock; a push would do neither.
_GUARD = b"""#!/bin/sh
echo "salesrepo: nothing is pushed to $1 directly. Send a proposal: sr submit" >&2
exit 1
"""


def make_forge(folder: Path, *, clock: Callable[[], int]) -> None:
    """Make an embedded forge without a main yet; where one is, or a crash left half of one, it is made whole.

    Raises RefusedError when the folder cannot be written.
    """
    master = folder / MASTER
    with disk_trouble(folder), only_one(folder / LOCK) as fd:
        with suppress(PermissionError):  # another user's, who has done this
            (folder / LOCK).chmod(0o664)  # several people's commands take turns at it
        init_bare(master)
        _guard(master)
        if resolve(master, STATE) is None:
            begin = counters_change(Counters(seq=0, proposals=0, users=0, main=""))
            write_commit(master, ref=STATE, parent=None, changes=begin, message="begin\n", when=clock(), fds=(fd,))


@contextmanager
def disk_trouble(folder: Path) -> Iterator[None]:
    """Turn what the disk refuses below `folder` into a RefusedError that says why."""
    try:
        yield
    except OSError as error:
        raise RefusedError(
            f"{folder} cannot be written: {error.strerror}.", hint="Ask for write access to it, or free some space."
        ) from error


def make_fork(folder: Path, node: str) -> Path:
    """The node's fork, made if absent or half made; it reads master's objects, so it starts empty and small."""
    fork = fork_path(folder, node)
    init_bare(fork, borrow=folder / MASTER)
    return fork


def fork_path(folder: Path, node: str) -> Path:
    """Where the fork of a node lies. Raises RefusedError for a name that is no plain file name."""
    safe = node.replace("-", "")
    if not (safe.isascii() and safe.isalnum() and node == node.lower() and 0 < len(node) <= 50) or is_device_name(node):
        raise RefusedError(f"{node[:60]!r} cannot be a node's name.", hint="Use a-z, 0-9 and -, such as ana-lima.")
    return folder / "forks" / f"{node}.git"


def _guard(master: Path) -> None:
    hook = master / "hooks" / "update"
    replace_file(hook, _GUARD)
    hook.chmod(0o755)
    # Named in the repository's own settings, else a user's global core.hooksPath would switch it off.
    git(master, "config", "core.hooksPath", "hooks", writes=True)
