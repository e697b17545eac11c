"""`salesrepo check`: what would the bots say, before anything is sent?"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from salesrepo.checks.engine import run_checks
from salesrepo.checks.registry import RULES
from salesrepo.checks.rule import CheckContext, Rule
from salesrepo.checks.selection import ALL, Selection
from salesrepo.domain.change import PathChange, blob_id
from salesrepo.domain.change_set import ChangeSet, RecordChange
from salesrepo.domain.finding import CheckReport, Verdict
from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.proposals.judge import (
    Case,
    Judgement,
    judge,
    judge_files,
    node_of,
    plan_faults,
    result_of,
    snapshot_at,
)
from salesrepo.store.ahead import Ahead
from salesrepo.store.changes import read_changes
from salesrepo.store.positions import places_in
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.store.trees import OverlayTree
from salesrepo.vcs.merge import merge_changes
from salesrepo.vcs.refs import resolve
from salesrepo.vcs.worktree import worktree_changes

AUDIT = Selection(tuple(rule for rule in RULES if rule.audit))
"""What an audit of the whole repository runs: the rules that judge how the records stand, not who changed them."""

_AT_A_TIME = 500  # files between two words about how far an audit is

Step = Callable[[str, int, int], None]
"""Told how far something is: what is done, how much of it, of how much."""


def check_outbox(ws: Workspace, *, actor: str = "", rules: Selection = ALL) -> Judgement:
    """The verdict on everything noted or edited and not sent, as if it went out together."""
    gone = {item.path for item in ws.outbox.items() if item.state == "sent" and item.proposal}
    noted = {path: data for path, data in ws.outbox.contents().items() if path not in gone}
    edited = {path: data for path, data in worktree_changes(ws.desk.root).items() if path not in gone}
    files = {**noted, **edited}
    return _judged(ws, files, _case(ws, actor, rules))


def check_files(ws: Workspace, paths: Sequence[Path], *, actor: str = "", rules: Selection = ALL) -> Judgement:
    """The verdict on some files of the folder as they are now. Raises UsageError for a path outside of it."""
    return _judged(ws, named_files(ws, paths), _case(ws, actor, rules))


def named_files(ws: Workspace, paths: Sequence[Path]) -> dict[str, bytes | None]:
    """The files of the folder at these paths and below them, None where main has one that the folder lacks.

    Raises UsageError for a path outside of the folder, and for one that is nowhere.
    """
    files: dict[str, bytes | None] = {}
    for path in paths:
        whole = path if path.is_absolute() else Path.cwd() / path
        try:
            inside = whole.resolve().relative_to(ws.desk.root.resolve()).as_posix()
        except ValueError:
            raise UsageError(f"{path} lies outside of this folder.", hint="Name files of this folder.") from None
        found = sorted(file for file in whole.rglob("*") if file.is_file()) if whole.is_dir() else [whole]
        for file in found:
            name = inside if file == whole else f"{inside}/{file.relative_to(whole).as_posix()}".removeprefix("./")
            files[name] = file.read_bytes() if file.exists() else None
        if not whole.exists() and ws.tip.blob(inside) is None:
            raise UsageError(f"There is no file {path}.", hint="Name it as seen from the folder that you are in.")
    return files


def check_range(ws: Workspace, base: str, head: str, *, actor: str = "", rules: Selection = ALL) -> Judgement:
    """The verdict on what `head` changes since it left `base`, judged by `base`. Raises ConflictError, RefusedError."""
    oids = []
    for name in (base, head):
        oid = resolve(ws.desk.git_dir, name)
        if oid is None:
            raise RefusedError(f"There is no revision {name} here.", hint="Fetch it first.")
        oids.append(oid)
    changes = merge_changes(ws.objects, oids[0], oids[1])
    tip = snapshot_at(ws.objects, oids[0])
    return judge(tip, changes, result_of(tip, ws.objects, changes), _case(ws, actor, rules, tip))


def check_all(ws: Workspace, *, rules: Selection = AUDIT, step: Step = lambda what, done, of: None) -> CheckReport:
    """An audit: every record of main, by the rules that judge how records stand. `step` hears how far it is."""
    files = ws.tip.tree.list("")
    changes = tuple(PathChange(path, None, blob) for path, blob in files)
    read = Ahead(ws.objects, (blob.oid for _, blob in files))
    whole = RecordSnapshot(OverlayTree(ws.tip.tree, dict(files), read), ws.main)  # knows every path by heart
    context = CheckContext(
        change=_read(changes, whole, step),
        tip=whole,
        result=whole,
        actor_id=ws.identity.forge_id,
        actor=ws.node(ws.me),
        today=ws.today,
        plan_faults=plan_faults,
    )
    return run_checks(context, _told(rules.rules, step), locate=places_in(whole), left_out=rules.left_out)


def _read(changes: Sequence[PathChange], whole: RecordSnapshot, step: Step) -> ChangeSet:
    """Every record; it stands before as it stands after."""
    found: list[RecordChange[Any]] = []
    for at in range(0, len(changes), _AT_A_TIME):
        step("files read", at, len(changes))
        found += read_changes(changes[at : at + _AT_A_TIME], whole, whole).changes
    return ChangeSet(tuple(found))


def _told(rules: Sequence[Rule], step: Step) -> Iterator[Rule]:
    for number, rule in enumerate(rules):
        step("rules run", number, len(rules))
        yield rule


def _judged(ws: Workspace, files: Mapping[str, bytes | None], case: Case) -> Judgement:
    """The verdict on these files; where they are as main has them there is nothing to judge."""
    if all(_oid(data) == ws.base_of(path) for path, data in files.items()):
        return Judgement(CheckReport(left_out=case.rules.left_out), Verdict.AUTO, ChangeSet(()))
    return judge_files(ws.tip, files, case)


def _oid(data: bytes | None) -> str | None:
    return None if data is None else blob_id(data)


def _case(ws: Workspace, actor: str, rules: Selection, tip: RecordSnapshot | None = None) -> Case:
    if actor:
        node = ws.node(actor)
        if node is None:
            raise UsageError(f"There is no node {actor}.", hint="See who there is: salesrepo node list")
        return Case(actor_id=node.forge_id or "", actor=node, today=ws.today, rules=rules)
    found = node_of(tip or ws.tip, ws.identity.forge_id)
    return Case(actor_id=ws.identity.forge_id, actor=found, today=ws.today, rules=rules)
