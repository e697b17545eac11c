"""`salesrepo territory reassign`: one node takes over from another, in every territory that the other covers."""

from dataclasses import dataclass
from datetime import date

from salesrepo.domain.finding import Finding, Severity
from salesrepo.domain.kinds.territory import TERRITORY, Coverage, Territory, territory_file
from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.sending.deliver import judged
from salesrepo.flows.sending.edits import forget_restored
from salesrepo.flows.sending.parcels import Parcel
from salesrepo.flows.territories.now import ground_of, is_border, snapshot_now
from salesrepo.flows.territories.passing import Passing, passing
from salesrepo.store.edit import Change, edit
from salesrepo.store.plain import to_plain
from salesrepo.territory.takeover import takeover
from salesrepo.vcs.worktree import worktree_changes


@dataclass(frozen=True)
class Reassignment:
    """Who takes over from whom on which day: files to be written, and what passes with them.

    `findings` are what the rules refuse; `quotas` the old holder's files, None where the company has no quotas.
    """

    giver: str
    taker: str
    day: date
    territories: tuple[str, ...]
    accounts: tuple[Passing, ...]
    files: dict[str, bytes]
    findings: tuple[Finding, ...]
    quotas: tuple[str, ...] | None


def plan_reassignment(ws: Workspace, giver: str, taker: str, *, day: date) -> Reassignment:
    """What would be written and what would pass. Writes nothing.

    Raises UsageError for nodes that cannot be, RefusedError for a day that has passed, where the giver covers nothing
    from then on, or where one of the files is edited or on its way already.
    """
    _check(ws, giver, taker, day)
    ground = ground_of(snapshot_now(ws))
    found = [area.territory for area in ground.whole.by_path.values()]
    affected = sorted((one for one in found if takeover(one, giver, taker, day)), key=lambda one: one.territory)
    if not affected:
        raise RefusedError(
            f"{ws.who(giver)} covers no territory on {day} or later.",
            hint="See who covers what: salesrepo territory list",
        )
    _refuse_unsent(ws, [territory_file(one.territory) for one in affected])
    files = {territory_file(one.territory): _written(ws, one, giver, taker, day) for one in affected}
    parcel = Parcel("files", "Reassign", dict(files), {"reassign": tuple(files)})
    return Reassignment(
        giver=giver,
        taker=taker,
        day=day,
        territories=tuple(one.territory for one in affected),
        accounts=passing(ws, ground, giver, affected, day),
        files=files,
        findings=judged(ws, parcel).report.of(Severity.ERROR),
        quotas=_quotas(ws, giver),
    )


def note_reassignment(ws: Workspace, plan: Reassignment) -> None:
    """Put the files into the outbox; `submit` sends them."""
    with ws.desk.busy():
        forget_restored(ws)  # else what was edited by hand before would be taken for put back, and dropped
        for path, data in plan.files.items():
            ws.note(path, data)


def _check(ws: Workspace, giver: str, taker: str, day: date) -> None:
    if giver == taker:
        raise UsageError("Both are the same node.", hint="Name another one with --to.")
    for node in (giver, taker):
        if ws.node(node) is None:
            raise UsageError(f"There is no node {node}.", hint="See who there is: salesrepo node list")
    if day < ws.today:
        raise RefusedError(
            f"{day} has passed.", hint="Who covered what until today stays on record: name today or later."
        )


def _refuse_unsent(ws: Workspace, paths: list[str]) -> None:
    edited = worktree_changes(ws.desk.root, wanted=is_border)
    for path in paths:
        item = ws.outbox.item(path)
        if path in edited:
            raise RefusedError(f"You are editing {path}.", hint="Send that first: sr submit")
        if item is not None:
            raise RefusedError(
                f"{path} is noted or on its way already.", hint="Send it first, or take it back: sr undo"
            )


def _written(ws: Workspace, one: Territory, giver: str, taker: str, day: date) -> bytes:
    path = territory_file(one.territory)
    blob = ws.tip.blob(path)
    if blob is None:
        raise RefusedError(f"{path} is not accepted yet.", hint="Run: sr sync")
    changes: dict[tuple[str | int, ...], Change] = {}
    for route, value in takeover(one, giver, taker, day).items():
        plain = to_plain(value) if isinstance(value, Coverage) else value
        changes["coverage", *route] = plain
    return edit(ws.tip.tree.read(blob.oid, TERRITORY.cap), changes, path=path)


def _quotas(ws: Workspace, node: str) -> tuple[str, ...] | None:
    paths = ws.tip.paths("quotas")
    return tuple(path for path in paths if node in path.removesuffix(".yml").split("/")) if paths else None
