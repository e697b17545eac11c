"""`salesrepo check --fix`: mend what needs no decision, in the folder and in the outbox."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Literal

from salesrepo.files import replace_file
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.proposals.check import named_files
from salesrepo.store.mend import mended
from salesrepo.vcs.worktree import worktree_changes


@dataclass(frozen=True, kw_only=True)
class Fix:
    """One file that was mended: where it stood and stands now, its bytes before and after."""

    path: str
    now: str
    before: bytes
    after: bytes
    where: Literal["folder", "outbox"]

    def diff(self) -> str:
        """What changed, as lines of a unified diff; empty where only the place did."""
        old, new = (data.decode("utf-8", "replace").splitlines() for data in (self.before, self.after))
        return "".join(f"{line}\n" for line in unified_diff(old, new, self.path, self.now, lineterm=""))


def fix(ws: Workspace, paths: Sequence[Path] = (), *, dry_run: bool = False) -> tuple[Fix, ...]:
    """Mend files of the folder: those at `paths`, else all that were edited, and then what is noted as well.

    A file is moved only where it is new and its place is free. With `dry_run` nothing is written. Raises UsageError for
    a path outside of the folder.
    """
    files = named_files(ws, paths) if paths else worktree_changes(ws.desk.root)
    found = [*_fixes(ws, files, "folder")]
    if not paths:
        waiting = {item.path: ws.outbox.read(item.path) for item in ws.outbox.items() if item.state != "sent"}
        found += _fixes(ws, waiting, "outbox")
    if found and not dry_run:
        with ws.desk.busy():
            for one in found:
                _write(ws, one)
    return tuple(found)


def _fixes(ws: Workspace, files: Mapping[str, bytes | None], where: Literal["folder", "outbox"]) -> list[Fix]:
    found = []
    for path, data in files.items():
        if data is None:
            continue
        now, after = mended(path, data)
        if now != path and not _may_move(ws, path, now, files):
            continue
        if (now, after) != (path, data):
            found.append(Fix(path=path, now=now, before=data, after=after, where=where))
    return found


def _may_move(ws: Workspace, path: str, now: str, files: Mapping[str, bytes | None]) -> bool:
    taken = (ws.tip.blob(now), ws.outbox.item(now), files.get(now))
    return ws.tip.blob(path) is None and all(one is None for one in taken) and not (ws.desk.root / now).exists()


def _write(ws: Workspace, one: Fix) -> None:
    if one.where == "outbox":
        ws.outbox.put(one.now, one.after, base=ws.base_of(one.now))
        if one.now != one.path:
            ws.outbox.drop(one.path)
        return
    replace_file(ws.desk.root / one.now, one.after)
    if one.now != one.path:
        (ws.desk.root / one.path).unlink()
