"""How a forge on another machine is asked over ssh: a checked address, fixed arguments, a time limit."""

import re
import shlex
import subprocess
from dataclasses import dataclass

from salesrepo.errors import RefusedError, UnavailableError, UsageError
from salesrepo.vcs.run import Reply, Settings, environment, find_program

_LIMIT = 900.0
_PLACE = re.compile(
    r"ssh://(?:(?P<user>[A-Za-z0-9_][A-Za-z0-9._-]{0,63})@)?(?P<host>[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}))"
    r"(?::(?P<port>[1-9][0-9]{0,4}))?(?P<path>(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)+)/?",
    re.ASCII,
)
_COMMAND = re.compile(r"[a-z][a-z-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class SshPlace:
    """A folder on another machine; `user` and `port` are empty where ssh's own settings decide."""

    user: str
    host: str
    port: str
    path: str

    @property
    def target(self) -> str:
        """Whom ssh connects to."""
        return f"{self.user}@{self.host}" if self.user else self.host

    @property
    def url(self) -> str:
        """The whole address, as Git takes it."""
        return f"ssh://{self.target}{f':{self.port}' if self.port else ''}{self.path}"


def is_ssh_path(path: str) -> bool:
    """Whether an ssh address can name this absolute path."""
    return _PLACE.fullmatch(f"ssh://host{path}") is not None


def read_place(text: str) -> SshPlace:
    """The place that an address such as `ssh://git@host:2222/srv/acme` names. Raises UsageError for anything else."""
    found = _PLACE.fullmatch(text)
    if found is None:
        raise UsageError(
            f"{text[:200]!r} is not an ssh address.",
            hint="Write it as ssh://user@host/srv/acme, with plain letters, digits, dots and dashes.",
        )
    parts = found.groupdict(default="")
    return SshPlace(parts["user"], parts["host"], parts["port"], parts["path"])


def ask(place: SshPlace, command: str, request: bytes, *, limit: float = _LIMIT) -> Reply:
    """Run one command there with `request` as its input; how it ended, whatever that was.

    Nobody is asked for a password or passphrase. Raises UnavailableError where ssh is absent or takes longer than
    `limit` seconds; ssh itself ends with 255 where the machine cannot be reached.
    """
    if not _COMMAND.fullmatch(command):
        raise RefusedError(f"{command[:80]!r} is no command of a forge.", hint="This is a fault in salesrepo.")
    surroundings = environment(settings=Settings.USER)
    port = ("-p", place.port) if place.port else ()
    program = _program(surroundings.get("GIT_SSH_COMMAND", ""))
    argv = [*program, "-o", "BatchMode=yes", *port, "--", place.target, command]
    try:
        done = subprocess.run(argv, input=request, capture_output=True, env=surroundings, timeout=limit, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise UnavailableError(
            f"{place.host} did not answer within {limit:.0f} seconds.", hint="Try again; what was noted is kept."
        ) from error
    except OSError as error:
        raise UnavailableError("ssh cannot be started.", hint=f"Try `ssh {place.target}` yourself: {error}.") from error
    return Reply(done.returncode, done.stdout, done.stderr)


def _program(told: str) -> list[str]:
    """ssh, or what GIT_SSH_COMMAND says instead: words as a shell splits them, and no shell."""
    try:
        words = shlex.split(told)
    except ValueError as error:
        raise UsageError("GIT_SSH_COMMAND cannot be read.", hint=f"Unset it, or mend its quotes: {error}.") from error
    found = words or [program for program in (find_program("ssh"),) if program]
    if not found:
        raise UnavailableError("ssh is not installed.", hint="Install OpenSSH, then try again.")
    return found
