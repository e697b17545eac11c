"""How Git is called: fixed arguments, a sealed environment, a time limit; results judged by exit code alone."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import IO

from salesrepo.errors import UnavailableError
from salesrepo.vcs.failure import failure

OLDEST = (2, 38)
NO_PROTOCOL = "none"
BOT = ("salesrepo", "salesrepo@localhost")
_LIMIT = 120.0

# Given on the command line, where no file of a repository or of its user can outvote them.
_SETTINGS = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    f"core.attributesFile={os.devnull}",
    # Names that some system takes for .git never reach an index, and no submodule is ever looked into.
    "core.protectHFS=true",
    "core.protectNTFS=true",
    "submodule.recurse=false",
    "fetch.recurseSubmodules=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "core.fsync=committed,reference",
    "core.filesRefLockTimeout=5000",
    "core.packedRefsTimeout=5000",
    "transfer.fsckObjects=true",
    "fetch.fsckObjects=true",
    "receive.fsckObjects=true",
)
_FIXED = tuple(part for setting in _SETTINGS for part in ("-c", setting))


class Settings(Enum):
    """Whose Git settings count: nobody's, the user's own (to sign in at a forge), nobody's while serving a caller."""

    SEALED = "sealed"
    USER = "user"
    SERVED = "served"


_SEAL: Mapping[Settings, Mapping[str, str]] = {
    Settings.SEALED: {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull},
    Settings.USER: {},
    Settings.SERVED: {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull},
}

# Variables of the caller's Git that still count: how the user reaches ssh, and which protocol a served caller speaks.
_KEPT: Mapping[Settings, Mapping[str, re.Pattern[str]]] = {
    Settings.SEALED: {},
    Settings.USER: {"GIT_SSH_COMMAND": re.compile(r"[^\0\n]+"), "GIT_SSH_VARIANT": re.compile(r"[a-z]+")},
    Settings.SERVED: {"GIT_PROTOCOL": re.compile(r"version=[0-9]")},
}


@dataclass(frozen=True, slots=True)
class Reply:
    """How one call of Git ended: exit code, output, and its own words (to be shown, never to be judged)."""

    code: int
    out: bytes
    words: bytes


def environment(protocols: str = NO_PROTOCOL, *, settings: Settings = Settings.SEALED) -> dict[str, str]:
    """The environment that Git runs in: few variables of the caller's Git, and only these transports (`file:https`)."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("GIT_")}
    wanted = {name: os.environ.get(name, "") for name in _KEPT[settings]}
    return (
        kept
        | {name: value for name, value in wanted.items() if _KEPT[settings][name].fullmatch(value)}
        | dict(_SEAL[settings])
        | {
            "LC_ALL": "C",
            "GIT_ATTR_NOSYSTEM": "1",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_NO_REPLACE_OBJECTS": "1",
            "GIT_GRAFT_FILE": os.devnull,
            "GIT_LITERAL_PATHSPECS": "1",
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_DEFAULT_HASH": "sha1",
            "GIT_DEFAULT_REF_FORMAT": "files",
            # Overrides every protocol.* setting, a hostile repository's too; nothing is ever fetched silently.
            "GIT_ALLOW_PROTOCOL": protocols,
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_AUTHOR_NAME": BOT[0],
            "GIT_AUTHOR_EMAIL": BOT[1],
            "GIT_COMMITTER_NAME": BOT[0],
            "GIT_COMMITTER_EMAIL": BOT[1],
        }
    )


def executable() -> str:
    """The path of a Git that is new enough. Raises UnavailableError where there is none."""
    found = find_program("git")
    if found is None:
        raise UnavailableError("Git is not installed.", hint="Install Git 2.38 or newer from https://git-scm.com.")
    version = _version_of(found)
    if version < OLDEST:
        shown = ".".join(map(str, version)) or "unknown"
        raise UnavailableError(
            f"This is Git {shown}; salesrepo needs 2.38 or newer.",
            hint=f"Install a newer Git from https://git-scm.com (the one found is {found}).",
        )
    return found


def find_program(name: str) -> str | None:
    """The path of a program, or None."""
    found = shutil.which(name)
    if sys.platform == "win32" and found and Path(found).resolve().parent == Path.cwd():
        return None  # Windows looks in the current folder first, which may hold someone else's files.
    return found


def git_version() -> tuple[int, ...]:
    """The version of the Git in use, as numbers. Raises UnavailableError where there is none or an old one."""
    return _version_of(executable())


@cache  # a fact about one program file, asked once per process
def _version_of(program: str) -> tuple[int, ...]:
    try:
        done = subprocess.run(  # noqa: S603
            [program, "version"], stdin=subprocess.DEVNULL, capture_output=True, timeout=_LIMIT, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UnavailableError("Git cannot be started.", hint=f"Try `{program} version` yourself: {error}.") from error
    found = re.match(rb"git version ([0-9]+(?:\.[0-9]+)+)", done.stdout)
    return tuple(map(int, found[1].split(b"."))) if found else ()


def call(
    repo: Path,
    *argv: str,
    input: bytes = b"",
    fds: tuple[int, ...] = (),
    protocols: str = NO_PROTOCOL,
    settings: Settings = Settings.SEALED,
    limit: float = _LIMIT,
    worktree: Path | None = None,
) -> Reply:
    """Run one Git command on the git directory `repo` and report how it ended, whatever that was.

    `fds` are descriptors the child keeps open, so that a lock outlives a killed parent for as long as its child runs.
    Raises UnavailableError when Git is absent or too old, or takes longer than `limit` seconds.
    """
    tree = ("--work-tree", str(worktree)) if worktree else ()
    try:
        done = subprocess.run(  # noqa: S603
            [executable(), *_FIXED, "--git-dir", str(repo), *tree, *argv],
            input=input,
            capture_output=True,
            env=environment(protocols, settings=settings),
            cwd=worktree,
            pass_fds=() if sys.platform == "win32" else fds,
            timeout=limit,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnavailableError(
            f"Git took longer than {limit:.0f} seconds ({argv[0]}).",
            hint="Try again; if it happens again, look at the disk or the network behind it.",
        ) from error
    except NotADirectoryError as error:
        raise failure(repo, argv[0], 128, b"", writes=False) from error
    return Reply(done.returncode, done.stdout, done.stderr)


def git(
    repo: Path,
    *argv: str,
    input: bytes = b"",
    ok: tuple[int, ...] = (0,),
    writes: bool = False,
    fds: tuple[int, ...] = (),
    worktree: Path | None = None,
) -> bytes:
    """As `call`, but an exit code outside `ok` is raised as the error that `failure` finds behind it."""
    reply = call(repo, *argv, input=input, fds=fds, worktree=worktree)
    if reply.code not in ok:
        raise failure(repo, argv[0], reply.code, reply.words, writes=writes)
    return reply.out


def hand_over(*argv: str, limit: float) -> int:
    """Run one Git command that speaks with whoever is at this process's own input and output; returns its exit code.

    Raises UnavailableError when Git is absent or too old, or takes longer than `limit` seconds.
    """
    try:
        done = subprocess.run(  # noqa: S603
            [executable(), *_FIXED, *argv], env=environment(settings=Settings.SERVED), timeout=limit, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise UnavailableError(f"This took longer than {limit:.0f} seconds.", hint="Try again.") from error
    return done.returncode


@dataclass(frozen=True, slots=True)
class Conversation:
    """A running Git command that is asked on `asks` and replies on `replies`."""

    process: subprocess.Popen[bytes]
    asks: IO[bytes]
    replies: IO[bytes]

    def end(self) -> None:
        """Stop it and free its pipes; harmless when it has ended."""
        self.process.kill()
        with suppress(OSError), self.process:  # closes the pipes (a dead reader's complains) and waits for the end
            pass


def converse(repo: Path, *argv: str) -> Conversation:
    """Start a long-lived reading command. Raises UnavailableError when Git is absent or too old."""
    process = subprocess.Popen(  # noqa: S603
        [executable(), *_FIXED, "--git-dir", str(repo), *argv],
        bufsize=1 << 16,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
    )
    if process.stdin is None or process.stdout is None:  # pragma: no cover
        raise UnavailableError("Git cannot be reached.", hint="Try again.")
    return Conversation(process, process.stdin, process.stdout)
