"""`sr join`: get a working copy, and ask to be taken in."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from salesrepo.domain.kinds.request import REQUEST, Request
from salesrepo.errors import ConflictError, RefusedError
from salesrepo.flows.here.holdings import refresh_index
from salesrepo.flows.here.place import Desk, Identity
from salesrepo.flows.here.workspace import Workspace, forge_at, open_workspace
from salesrepo.flows.proposals.mirror import catch_up, check_reader
from salesrepo.flows.sending.submit import Submission, submit
from salesrepo.forge.base import Forge
from salesrepo.forge.local import LocalForge
from salesrepo.forge.local_setup import FINANCE
from salesrepo.store.records import file_of
from salesrepo.vcs.clone import clone, fetch
from salesrepo.vcs.worktree import git_dir


@dataclass(frozen=True)
class Joined:
    """A working copy for a node; `asked` is what became of the request, None where the node is known already."""

    folder: Path
    node: str
    forge_id: str
    asked: Submission | None = None


def join_as(place: str, node: str, folder: Path, *, name: str, now: datetime) -> Joined:
    """Join the embedded forge at `place` (its folder, or its ssh address) as `node`, with a working copy in `folder`.

    A copy of finance's records, where pay is private, can be read by its owner alone.

    Writes nothing but the request (`requests/<forge id>.yml`), and that only where main does not know the node's forge
    user yet. Raises RefusedError where there is no forge, it takes nobody in or knows the caller by another name,
    ConflictError where `folder` is used.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ConflictError(f"{folder} is not empty.", hint="Name another folder with --into.")
    kind, folder = kind_of(place), folder.resolve()
    whole = place if kind != "local" else str(Path(place).resolve())
    if kind == "local" and not Path(whole).is_dir():
        raise RefusedError(f"There is no company in {place}.", hint="Name the folder that salesrepo init made.")
    forge = forge_at(kind, whole, now)
    if isinstance(forge, LocalForge):
        check_reader(forge, node, now)
    forge_id = _taken_in(forge, node)
    catch_up(forge)
    with _readable(folder, alone=Path(whole).name == FINANCE):
        clone(forge.source(), folder)
    if forge.ledger():
        fetch(folder, branches=("ledger",))
    desk = Desk(root=folder, git_dir=git_dir(folder), now=now)
    desk.remember(Identity(node=node, forge_id=forge_id, forge=forge.name, place=whole))
    ws = open_workspace(desk)
    try:
        known = ws.node(node)
        if known is not None and known.forge_id == forge_id:
            with desk.busy():
                refresh_index(ws)
            return Joined(folder, node, forge_id)
        return Joined(folder, node, forge_id, _ask(ws, name))
    finally:
        ws.close()


def kind_of(place: str) -> str:
    """By which forge of the registry a place is reached."""
    return "ssh" if place.startswith("ssh://") else "local"


@contextmanager
def _readable(folder: Path, *, alone: bool) -> Iterator[None]:
    """Make `folder` so that only its owner can look into it, if `alone`: from its first file on."""
    before = os.umask(0o077) if alone else None
    try:
        yield
    finally:
        if before is not None:
            os.umask(before)
    if alone:
        folder.chmod(0o700)


def _taken_in(forge: Forge, node: str) -> str:
    if forge.whoami is not None:
        me = forge.whoami()
        if me.name != node:
            raise RefusedError(f"The company knows you as {me.name}, not as {node}.", hint=f"Use --as {me.name}.")
        return me.id
    if forge.join is None:
        raise RefusedError("This forge takes nobody in by itself.", hint="Ask its owner for an invitation.")
    return forge.join(node)


def _ask(ws: Workspace, name: str) -> Submission:
    me = ws.identity
    path, data = file_of(REQUEST, Request(forge_id=me.forge_id, node=me.node, name=name or me.node, asked=ws.today))
    with ws.desk.busy():
        if ws.tip.blob(path) is None:
            ws.note(path, data)
        refresh_index(ws)
    return submit(ws)
