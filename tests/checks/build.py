"""How do tests of the rules set a company up and propose a change to it? From the plain YAML of cases."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from salesrepo.checks.engine import run_checks
from salesrepo.checks.registry import RULES
from salesrepo.checks.rule import CheckContext, Rival, Rule
from salesrepo.domain.change import Blob, PathChange
from salesrepo.domain.finding import CheckReport
from salesrepo.domain.kinds.registry import KINDS
from salesrepo.domain.paths import place_of
from salesrepo.domain.record import TABLE_CAP
from salesrepo.errors import RecordError
from salesrepo.flows.proposals.judge import node_of, plan_faults
from salesrepo.resources import resource
from salesrepo.store.changes import read_changes
from salesrepo.store.emit import emit, emit_document
from salesrepo.store.gate import read_documents
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.store.trees import OverlayTree, overlay_bytes

HERE = Path(__file__).parent
TODAY = date(2026, 11, 20)
ACTORS = {"ana": "11", "ben": "12", "mia": "13", "dana": "14", "fin": "15", "zoe": "16", "cleo": "99"}
_KINDS = {kind.name: kind for kind in KINDS}
_VALUES = {"@NAME@": "Acme Sales", "@CURRENCY@": "USD", "@TIME_ZONE@": "UTC"}

Written = str | Mapping[str, Any] | Sequence[Mapping[str, Any]] | None


class Nothing:
    """A repository before its first commit."""

    def at(self, path: str) -> Blob | None:
        return None

    def list(self, folder: str) -> tuple[tuple[str, Blob], ...]:
        return ()

    def read(self, oid: str, cap: int) -> bytes:
        raise RecordError("there is nothing")

    def weigh(self, oids: Iterable[str]) -> int:
        return 0


@dataclass(frozen=True)
class Proposal:
    """A change laid over a company: as the rules get to see it."""

    ctx: CheckContext
    changed: tuple[str, ...] = field(default=())

    def judged_by(self, *rules: Rule) -> CheckReport:
        return run_checks(self.ctx, rules or RULES)


def path_of(written: str) -> str:
    """`claim d-acme.com core` as a path; anything that does not begin with a kind's name is a path already."""
    name, *ids = written.split(" ")
    kind = _KINDS.get(name)
    if kind is None or "/" in written:
        return written
    return kind.path.fill(**dict(zip(kind.path.slots, ids, strict=True)))


def bytes_at(path: str, written: Written, *, before: bytes | None = None) -> bytes | None:
    """The file of what a case writes: text as it is, fields, a stream of them, or `amend:` fields of what stands.

    `@` and a number stands for as many bytes.

    Nothing is a deletion, save of a pointer that is not there yet.
    """
    place = place_of(path)
    if written is None:
        return b"" if place and place.kind.pointer and before is None else None
    if isinstance(written, str):
        size = written.removeprefix("@")
        return b"x" * int(size) if size != written and size.isdigit() else written.encode()
    if not isinstance(written, Mapping):
        return b"".join(emit_document(document) for document in written)
    if "amend" in written:
        (stands,) = read_documents(before or b"", path=path, cap=TABLE_CAP)
        return emit({**stands, **written["amend"]})
    return emit(written)


def laid(over: Mapping[str, bytes], written: Mapping[str, Written]) -> dict[str, bytes | None]:
    """Paths and bytes of what a case writes over a company's files."""
    paths = {path_of(key): value for key, value in written.items()}
    return {path: bytes_at(path, value, before=over.get(path)) for path, value in paths.items()}


@cache
def base() -> dict[str, bytes]:
    """The files of the company in base.yml."""
    top = resource("templates") / "repo"
    files = {}
    for file in sorted(top.rglob("*")):
        if file.is_file():
            text = file.read_text(encoding="utf-8")
            for mark, value in _VALUES.items():
                text = text.replace(mark, value)
            files[file.relative_to(top).as_posix()] = text.encode()
    (company,) = read_documents((HERE / "base.yml").read_bytes(), path="base.yml", cap=TABLE_CAP)
    return files | {path: data for path, data in laid({}, company["records"]).items() if data is not None}


def company(given: Mapping[str, Written] | None = None) -> dict[str, bytes]:
    """The files of the base company with a case's own laid over."""
    files = laid(base(), given or {})
    return {path: data for path, data in (base() | files).items() if data is not None}


def propose(
    change: Mapping[str, Written],
    *,
    actor: str,
    given: Mapping[str, Written] | None = None,
    today: date = TODAY,
    rivals: tuple[Rival, ...] = (),
    given_on: date | None = None,
    let_go: Mapping[str, date] | None = None,
) -> Proposal:
    """A change of the base company by somebody: a name of ACTORS, or a forge user's number.

    `given_on` is when main's claims were merged, `let_go` when nodes let them go before, as history tells.
    """
    stands = company(given)
    files = laid(stands, change)
    tip = RecordSnapshot(overlay_bytes(Nothing(), stands), "0" * 40)
    return _proposal(
        tip,
        overlay_bytes(tip.tree, files),
        tuple(files),
        actor=actor,
        today=today,
        rivals=rivals,
        given_on=given_on,
        let_go=let_go or {},
    )


def propose_blobs(over: Mapping[str, Blob | None], *, actor: str, today: date = TODAY) -> Proposal:
    """A change of modes and ids that no file could show: links, programs, folders, names that are not text."""
    stands = company()
    tip = RecordSnapshot(overlay_bytes(Nothing(), stands), "0" * 40)
    tree = OverlayTree(tip.tree, over, tip.tree.read)
    return _proposal(tip, tree, tuple(over), actor=actor, today=today)


def _proposal(
    tip: RecordSnapshot,
    tree: OverlayTree,
    paths: tuple[str, ...],
    *,
    actor: str,
    today: date,
    rivals: tuple[Rival, ...] = (),
    given_on: date | None = None,
    let_go: Mapping[str, date] | None = None,
) -> Proposal:
    moved = tuple(PathChange(path, tip.blob(path), tree.at(path)) for path in sorted(paths))
    changes = tuple(change for change in moved if change.before != change.after)
    after = RecordSnapshot(tree, tip.commit)
    forge_id = ACTORS.get(actor, actor)
    ctx = CheckContext(
        change=read_changes(changes, tip, after),
        tip=tip,
        result=after,
        actor_id=forge_id,
        actor=node_of(tip, forge_id),
        today=today,
        rivals=rivals,
        size=after.tree.weigh(change.after.oid for change in changes if change.after),
        plan_faults=plan_faults,
        asked_on=(lambda claim: (claim.since, given_on)) if given_on else None,
        let_go=(lambda claim, node, since: let_go.get(node)) if let_go is not None else None,
    )
    return Proposal(ctx, tuple(change.path for change in changes))


def show(report: CheckReport) -> list[str]:
    """A report as lines that a failing test can print."""
    found = [f"{f.severity} {f.at.path} {f.at.route} {f.message} | {f.hint}" for f in report.findings]
    return [*found, *(f"skipped {s.code}: {s.reason}" for s in report.skipped)]
