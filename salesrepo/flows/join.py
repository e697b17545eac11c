"""`sr join`: get a working copy, and ask to be taken in."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from salesrepo.domain.kinds.request import REQUEST, Request
from salesrepo.errors import ConflictError, RefusedError
from salesrepo.flows.holdings import refresh_index
from salesrepo.flows.place import Desk, Identity
from salesrepo.flows.submit import Submission, submit
from salesrepo.flows.workspace import Workspace, forge_at, open_workspace
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
    """Join the embedded forge in the folder `place` as `node`, with a working copy in `folder`.

    Writes nothing but the request (`requests/<forge id>.yml`), and that only where main does not know the node's forge
    user yet. Raises RefusedError where there is no forge or it takes nobody in, ConflictError where `folder` is used.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ConflictError(f"{folder} is not empty.", hint="Name another folder with --into.")
    folder, whole = folder.resolve(), str(Path(place).resolve())
    forge = forge_at("local", whole, now)
    if forge.join is None:
        raise RefusedError("This forge takes nobody in by itself.", hint="Ask its owner for an invitation.")
    forge_id = forge.join(node)
    clone(forge.repository(), folder)
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


def _ask(ws: Workspace, name: str) -> Submission:
    me = ws.identity
    path, data = file_of(REQUEST, Request(forge_id=me.forge_id, node=me.node, name=name or me.node, asked=ws.today))
    with ws.desk.busy():
        if ws.tip.blob(path) is None:
            ws.note(path, data)
        refresh_index(ws)
    return submit(ws)
