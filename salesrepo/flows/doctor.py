"""`salesrepo doctor`: is everything that salesrepo stands on in order here, and what to do where it is not?"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from salesrepo import __version__
from salesrepo.domain.private_pay import is_finances
from salesrepo.errors import RefusedError, SalesRepoError
from salesrepo.flows.here.place import check_not_far_ahead, find_desk
from salesrepo.flows.here.workspace import Workspace, forge_at, open_workspace
from salesrepo.flows.proposals.judge import node_of
from salesrepo.flows.proposals.mirror import check_reader
from salesrepo.forge.base import Member
from salesrepo.forge.local import LocalForge
from salesrepo.forge.local_setup import FINANCE, MASTER
from salesrepo.store.index import read_index
from salesrepo.vcs.history import read_commit
from salesrepo.vcs.run import git_version

Health = Literal["good", "advice", "bad"]


@dataclass(frozen=True, slots=True)
class Examined:
    """One thing looked at: its name, how it is, a sentence, and the next step where one is needed."""

    what: str
    health: Health
    sentence: str
    hint: str = ""


def examine() -> tuple[Examined, ...]:
    """Look at everything; a thing that cannot be looked at is bad, and the rest is looked at all the same."""
    found = [_try("salesrepo", lambda: Examined("salesrepo", "good", f"Version {__version__}."))]
    found.append(_try("git", lambda: Examined("git", "good", f"Version {'.'.join(map(str, git_version()))}.")))
    try:
        ws = open_workspace(find_desk())
    except SalesRepoError as problem:
        return (*found, Examined("folder", "bad", problem.message, problem.hint))
    try:
        looks: tuple[tuple[str, Callable[[Workspace], Examined]], ...] = (
            ("folder", _folder),
            ("identity", _identity),
            ("forge", _forge),
            *([("pay", _pay)] if ws.settings.pay == "private" else []),
            ("records", _records),
            ("clock", _clock),
            ("outbox", _outbox),
            ("index", _index),
        )
        return (*found, *(_try(name, lambda look=look: look(ws)) for name, look in looks))  # type: ignore[misc]
    finally:
        ws.close()


def _try(what: str, look: Callable[[], Examined]) -> Examined:
    try:
        return look()
    except SalesRepoError as problem:
        return Examined(what, "bad", problem.message, problem.hint)
    except OSError as trouble:
        return Examined(what, "bad", f"{trouble.strerror or trouble}.", "Check who owns the folder and its files.")


def _folder(ws: Workspace) -> Examined:
    probe = ws.desk.folder / "probe"
    probe.parent.mkdir(parents=True, exist_ok=True)
    probe.write_bytes(b"")
    probe.unlink()
    return Examined("folder", "good", f"{ws.desk.root} can be written to.")


def _identity(ws: Workspace) -> Examined:
    identity = ws.identity
    node = node_of(ws.tip, identity.forge_id)
    if node is None:
        hint = "Wait until sales operations admit you, then: sr sync"
        return Examined("identity", "advice", f"You asked to join as {identity.node}.", hint)
    if node.node != identity.node:
        hint = "Join again under your own name, in a new folder."
        return Examined("identity", "bad", f"This copy says {identity.node}, the company says {node.node}.", hint)
    roles = ", ".join(node.roles_on(ws.today)) or "no role"
    return Examined("identity", "good", f"{node.name} ({node.node}): {roles}.")


def _forge(ws: Workspace) -> Examined:
    where = ws.identity.place
    forge = forge_at(ws.identity.forge, where, ws.desk.now)  # its own words say where it should be
    forge.main()
    if not forge.authenticated:
        hint = "Share the folder only among people who trust each other, or reach it over ssh with fixed names."
        return Examined("forge", "advice", f"{where} is a shared folder: nobody proves who they are.", hint)
    if forge.whoami is not None:
        return _known_there(ws, forge.whoami())
    return Examined("forge", "good", f"{where} answers.")


def _pay(ws: Workspace) -> Examined:
    """Where pay is private, and the company is a shared folder: its permissions are all that keeps it so."""
    if ws.identity.forge != "local":
        return Examined("pay", "good", "Pay is private: the server lets in whom policy/roles.yml names.")
    around = Path(ws.identity.place)
    inside = around if is_finances(ws.tip) else around / FINANCE
    try:
        check_reader(LocalForge(inside, lambda: int(ws.desk.now.timestamp())), ws.me, ws.desk.now)
        mine = True
    except RefusedError:
        mine = False
    hint = f"Let its owner close it to all but finance: chmod -R o-rwx {inside}"
    if not mine and os.access(inside / MASTER, os.R_OK):
        return Examined("pay", "bad", f"Pay is private, and {inside} can be read from here.", hint)
    if os.name == "posix" and inside.exists() and inside.stat().st_mode & 0o007:
        return Examined("pay", "bad", f"Pay is private, and everybody on this machine may look into {inside}.", hint)
    return Examined("pay", "good", f"Pay is private: {inside} is closed to all whom its permissions do not name.")


def _known_there(ws: Workspace, me: Member) -> Examined:
    where, expected = ws.identity.place, ws.identity
    if (me.id, me.name) != (expected.forge_id, expected.node):
        hint = "Use the key that was given to this copy's person, or join again in a new folder."
        return Examined("forge", "bad", f"{where} knows you as {me.name}, this copy is {expected.node}'s.", hint)
    return Examined("forge", "good", f"{where} answers over ssh: the server knows who you are.")


def _records(ws: Workspace) -> Examined:
    if ws.forge.main() != ws.main:
        return Examined("records", "advice", "The company has newer records than this copy.", "Run: sr sync")
    return Examined("records", "good", f"Up to date: {ws.main[:12]}.")


def _clock(ws: Workspace) -> Examined:
    committed = read_commit(ws.objects, ws.main).committed
    last = datetime.fromtimestamp(committed, UTC)
    if ws.desk.now < last:
        hint = "Set this machine's clock; what is merged now would be refused."
        return Examined("clock", "bad", f"It is {ws.desk.now:%Y-%m-%d %H:%M} here, before the last merge.", hint)
    try:
        check_not_far_ahead(ws.desk.now, committed)
    except RefusedError as ahead:
        return Examined("clock", "bad", ahead.message, ahead.hint)
    return Examined("clock", "good", f"{ws.desk.now:%Y-%m-%d %H:%M} UTC; {ws.settings.time_zone}: {ws.today}.")


def _outbox(ws: Workspace) -> Examined:
    try:
        items = ws.outbox.items()
    except RefusedError as damage:
        hint = "Remove that file, then sync: what it was about counts as new then, and nothing accepted is overwritten."
        return Examined("outbox", "bad", damage.message, hint)
    cut_short = [item for item in items if item.state == "sent" and not item.proposal]
    if cut_short:
        return Examined("outbox", "advice", f"{len(cut_short)} records were being sent when it stopped.", "sr submit")
    return Examined("outbox", "good", f"{len(items)} records noted and not accepted yet.")


def _index(ws: Workspace) -> Examined:
    known = read_index(ws.desk.folder)
    return Examined("index", "good", f"{len(known.claims)} claims, {len(known.deals)} open deals.")
