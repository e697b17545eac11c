"""How objects travel between repositories: a new bare one, objects fetched by id, one ref pushed."""

import os
import re
from enum import Enum
from pathlib import Path

from salesrepo.errors import RefusedError, UnavailableError
from salesrepo.files import replace_file
from salesrepo.vcs.failure import failure, is_repository, write_trouble
from salesrepo.vcs.objects import OID
from salesrepo.vcs.run import Settings, call

_LIMIT = 900.0
_HOSTED = "https:ssh"
_URL = re.compile(
    r"(?:https|ssh|file)://[^\0-\x1f\x7f]+|[A-Za-z0-9_][A-Za-z0-9._-]*@[A-Za-z0-9.-]+:[^\0-\x1f\x7f]+", re.ASCII
)
_REFSPEC = re.compile(
    r"(?:\+?(?:HEAD|[0-9a-f]{40}|[0-9a-f]{64}|refs/[A-Za-z0-9._/-]+))?:refs/[A-Za-z0-9._/-]+", re.ASCII
)


# --shared alone would forbid a node to replace what it pushed to its own fork.
_BARE_SETTINGS = b"""[gc]
	auto = 0
[receive]
	autogc = false
	fsckObjects = true
	denyNonFastForwards = false
"""


class PushOutcome(Enum):
    """What became of a push."""

    DONE = "done"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"  # the other side holds something else, or does not let this one in


def init_bare(folder: Path, *, borrow: Path | None = None) -> None:
    """Make a bare repository with the branch main; harmless where it exists. `borrow`: whose objects it also reads.

    The folder's group may write (several people share an embedded forge), and nothing is ever collected on its own.
    """
    config = folder / "config"
    if not (config.is_file() and config.read_bytes().endswith(_BARE_SETTINGS)):
        folder.mkdir(parents=True, exist_ok=True)
        reply = call(folder, "init", "-q", "--bare", "--shared=group", "--initial-branch=main", "--template=")
        if reply.code != 0:
            raise write_trouble(folder) or failure(folder, "init", reply.code, reply.words, writes=False)
        _replace_shared(config, config.read_bytes() + _BARE_SETTINGS)
    if borrow is not None:
        # Relative, so that the folder above both can be moved or mounted elsewhere.
        there = Path(os.path.relpath(borrow / "objects", folder / "objects"))
        _replace_shared(folder / "objects" / "info" / "alternates", there.as_posix().encode() + b"\n")


def _replace_shared(path: Path, data: bytes) -> None:
    replace_file(path, data)
    path.chmod(0o664)  # as Git does in a shared repository, whatever this user's umask


def fetch_objects(repo: Path, source: Path | str, *oids: str, fds: tuple[int, ...] = ()) -> None:
    """Bring commits and all they need into `repo`, checked for malformed objects; no ref is written.

    Raises UnavailableError when the source cannot be reached or lacks it, RefusedError when an object is malformed or
    `repo` cannot be written.
    """
    for oid in oids:
        if not OID.fullmatch(oid):
            raise RefusedError(f"{oid[:80]!r} is not a whole object id.", hint="Name a commit by its full id.")
    there, protocols, settings = _end(source)
    program = [f"--upload-pack={pack_program('upload-pack')}"] if isinstance(source, Path) else []
    quiet = ["--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--no-auto-maintenance"]
    argv = ["fetch", *quiet, "--no-filter", *program, "--stdin", "--end-of-options", there]
    wants = "".join(f"{oid}\n" for oid in oids).encode("ascii")
    reply = call(repo, *argv, input=wants, fds=fds, protocols=protocols, settings=settings, limit=_LIMIT)
    if reply.code != 0:
        raise _unreachable(repo, source, reply.words, "fetch")


def push(repo: Path, target: Path | str, refspec: str) -> PushOutcome:
    """Push one refspec such as `<id>:refs/heads/x` (`+` in front: also backwards; nothing before `:`: remove it).

    A Path is a fork of the embedded forge: no hook of it runs. Raises UnavailableError when it cannot be reached.
    """
    if not _REFSPEC.fullmatch(refspec):
        raise RefusedError(f"{refspec[:80]!r} is not a plain refspec.", hint="Use <commit>:refs/heads/<name>.")
    there, protocols, settings = _end(target)
    program = [f"--receive-pack={pack_program('receive-pack')}"] if isinstance(target, Path) else []
    argv = ["push", "--porcelain", "--no-verify", *program, "--end-of-options", there, refspec]
    reply = call(repo, *argv, protocols=protocols, settings=settings, limit=_LIMIT)
    flags = [line[:1] for line in reply.out.decode("utf-8", "replace").splitlines() if line[1:2] == "\t"]
    if flags == ["!"]:
        return PushOutcome.REJECTED
    if reply.code != 0 or len(flags) != 1:
        raise _unreachable(repo, target, reply.words, "push")
    return PushOutcome.UNCHANGED if flags == ["="] else PushOutcome.DONE


def _end(place: Path | str) -> tuple[str, str, Settings]:
    """Where, by which transports, under whose settings."""
    there = address(place)
    if isinstance(place, Path):
        return there, "file", Settings.SEALED
    return there, "file" if there.startswith("file:") else _HOSTED, Settings.USER


def address(place: Path | str) -> str:
    """A place as Git may be given it. Raises RefusedError for text that is no https, ssh, file or scp-like address."""
    if isinstance(place, Path):
        return str(place.resolve())
    if not _URL.fullmatch(place):
        raise RefusedError(f"{place[:200]!r} is not an address to fetch from.", hint="Use https://… or git@host:path.")
    return place


def show_place(place: Path | str) -> str:
    """A place for messages: an address may carry a password, which is left out."""
    return re.sub(r"//[^/@]*@", "//", str(place))


def pack_program(name: str) -> str:
    """The command for the far end (`upload-pack`, `receive-pack`) of a transfer inside a shared folder.

    A fork there belongs to its node's own system user: Git would refuse to read it, and would run its hooks.
    """
    return f"git -c 'safe.directory=*' -c core.hooksPath={os.devnull} {name}"


def _unreachable(repo: Path, place: Path | str, words: bytes, command: str) -> Exception:
    trouble = write_trouble(repo) if is_repository(repo) else failure(repo, command, 128, words, writes=False)
    if trouble is not None:
        return trouble
    said = " ".join(words.decode("utf-8", "replace").split())[:300]
    doing = "fetched from" if command == "fetch" else "sent to"
    return UnavailableError(
        f"Nothing could be {doing} {show_place(place)}.", hint=f"Check that it exists and lets you in. Git said: {said}"
    )
