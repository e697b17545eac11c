"""Where am I, who am I, and what time is it? Cheap enough for `sr log`: no Git, no record is read."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from salesrepo.domain.period import day_in
from salesrepo.errors import RefusedError, UsageError
from salesrepo.files import only_one, replace_file

CLOCK = "SALESREPO_CLOCK"
OWN = "salesrepo"
_FAR = timedelta(days=182)  # half a year: a season without a record is no reason to ask


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose working copy this is: the node, the forge's number for it, and the forge (its kind and where it is)."""

    node: str
    forge_id: str
    forge: str
    place: str


@dataclass(frozen=True)
class Desk:
    """A working copy on disk: its folder, its Git folder, and the moment at which the command runs (UTC)."""

    root: Path
    git_dir: Path
    now: datetime

    @property
    def folder(self) -> Path:
        """Where salesrepo keeps its own files."""
        return self.git_dir / OWN

    def identity(self) -> Identity:
        """Raises RefusedError where nobody has joined with this copy, or the file is damaged."""
        try:
            return Identity(**json.loads((self.folder / "config.json").read_bytes()))
        except FileNotFoundError:
            raise RefusedError(
                "Nobody has joined with this copy, so it is not known who you are.",
                hint="Run: sr join PLACE --as NODE",
            ) from None
        except (ValueError, TypeError):
            raise RefusedError(
                f"{self.folder / 'config.json'} is damaged.", hint="Join again in a new folder: sr join PLACE --as NODE"
            ) from None

    def remember(self, identity: Identity) -> None:
        """Keep whose copy this is."""
        replace_file(self.folder / "config.json", json.dumps(asdict(identity)).encode())

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Let one command at a time change the outbox."""
        with only_one(self.folder / "lock"):
            yield

    def today(self, time_zone: str) -> str:
        """The ISO day in the company's time zone."""
        return day_in(time_zone, self.now).isoformat()


def clock() -> datetime:
    """Now, to the second, in UTC; or what SALESREPO_CLOCK says (2018-01-02T09:00:00Z), for demonstrations and tests."""
    told = os.environ.get(CLOCK, "")
    if not told:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        moment = datetime.fromisoformat(told.replace("Z", "+00:00"))
    except ValueError:
        moment = datetime.min
    if moment.tzinfo is None or not (datetime(2000, 1, 1, tzinfo=UTC) <= moment < datetime(2100, 1, 1, tzinfo=UTC)):
        raise UsageError(f"{CLOCK} is not a time.", hint=f"Write it as 2018-01-02T09:00:00Z, or unset {CLOCK}.")
    return moment.astimezone(UTC)


def check_not_far_ahead(now: datetime, last: int) -> None:
    """Raises RefusedError where it is months later here than the company's last record (seconds since 1970).

    One machine whose date is a year ahead would stop all others: no merge takes a date before the last one. Where
    nothing was accepted for so long, a person says that the date is right, by SALESREPO_CLOCK.
    """
    if os.environ.get(CLOCK) or now.timestamp() <= last + _FAR.total_seconds():
        return
    raise RefusedError(
        f"It is {now:%Y-%m-%d} on this machine, and the company's last record is of "
        f"{datetime.fromtimestamp(last, UTC):%Y-%m-%d}: is the date right?",
        hint=f"Set the clock; or if it is right, say so on this machine: {CLOCK}={now:%Y-%m-%dT%H:%M:%SZ}",
    )


def find_desk(start: Path | None = None) -> Desk:
    """The working copy around a folder (the current one). Raises RefusedError outside of one."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        inside = folder / ".git"
        git_dir = inside if (inside / "HEAD").is_file() else _linked(inside) if inside.is_file() else None
        if git_dir is not None:
            if not (git_dir / OWN).is_dir():
                break  # somebody's repository, but nobody joined a company with it
            return Desk(root=folder, git_dir=git_dir, now=clock())
        if (folder / "HEAD").is_file() and (folder / "objects").is_dir():
            raise RefusedError(f"{folder} has no working copy.", hint="Join from it instead: sr join PLACE --as NODE")
    raise RefusedError(
        f"{here} is not inside a salesrepo folder.",
        hint="Go to yours, or join a company: sr join PLACE --as NODE",
    )


def _linked(file: Path) -> Path:
    told = file.read_text(encoding="utf-8", errors="replace").strip().removeprefix("gitdir:").strip()
    target = (file.parent / told).resolve()
    if not (target / "HEAD").is_file():
        raise RefusedError(f"{file} points to {told}, which is not there.", hint="Join again in a new folder.")
    return target
