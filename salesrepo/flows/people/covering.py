"""Who covers a territory from a day on, how is that written, and what does somebody lose or may claim by it?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from salesrepo.domain.kinds.policy_territory import TERRITORY_POLICY
from salesrepo.domain.kinds.territory import TERRITORY, Coverage, Territory, territory_file
from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.territories.now import ground_of
from salesrepo.flows.territories.passing import Passing, free_in, passing
from salesrepo.store.edit import edit
from salesrepo.store.plain import to_plain
from salesrepo.territory.coverage import holds

_USUAL = "open_seller"


class Cover(NamedTuple):
    """A territory by its path, and a role in it; without one the usual role, or every role where coverage ends."""

    territory: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A territory in which somebody may claim, and how many of the accounts known there nobody holds."""

    territory: str
    name: str
    free: int


@dataclass(frozen=True)
class Covering:
    """Files that change who covers what, what somebody loses and may claim by it, and what is left to care for."""

    files: dict[str, bytes]
    passing: tuple[Passing, ...] = ()
    opened: tuple[Opened, ...] = ()
    warnings: tuple[str, ...] = ()


def cover(ws: Workspace, node: str, *, begin: Iterable[Cover] = (), end: Iterable[Cover] = (), day: date) -> Covering:
    """Let a node cover territories from a day on, and others no more. Writes nothing.

    Raises RefusedError for a territory that is not there or that the node does not cover, UsageError for a role that
    territories do not know or one territory that is to begin and to end.
    """
    begin, end = tuple(begin), tuple(end)
    if both := {one.territory for one in begin} & {one.territory for one in end}:
        raise UsageError(f"{min(both)} is to begin and to end.", hint="Say one of them; the rest in a second change.")
    if not begin and not end:
        return Covering({})
    before = {one.territory: _known(ws, one.territory) for one in (*begin, *end)}
    after = dict(before)
    for one in begin:
        after[one.territory] = _begun(after[one.territory], node, _role(ws, one.role), day)
    for one in end:
        after[one.territory] = _ended(ws, after[one.territory], node, one.role, day)
    return _told(ws, node, before, after, day)


def _told(ws: Workspace, node: str, before: dict[str, Territory], after: dict[str, Territory], day: date) -> Covering:
    ground = ground_of(ws.tip)
    policy = ground.policy
    sold = {path for path, one in before.items() if holds(one, node, day=day, policy=policy)}
    sells = {path for path, one in after.items() if holds(one, node, day=day, policy=policy)}
    changed = {path: one for path, one in after.items() if one != before[path]}
    bare = (one for one in changed.values() if not any(row.ends is None or row.ends > day for row in one.coverage))
    return Covering(
        {territory_file(path): _written(ws, before[path], one) for path, one in changed.items()},
        passing(ws, ground, node, [before[path] for path in sorted(sold - sells)], day) if sold - sells else (),
        tuple(Opened(path, after[path].name, free_in(ws, ground, after[path], day)) for path in sorted(sells - sold)),
        tuple(f"Nobody covers {one.name} from {day} on." for one in bare),
    )


def covers_of(ws: Workspace, node: str) -> Iterator[tuple[Territory, Coverage]]:
    """Every term in which a node covers a territory, past ones too, by territory."""
    for _, one in ws.tip.all(TERRITORY, "territories"):
        yield from ((one, row) for row in one.coverage if row.node == node)


def _known(ws: Workspace, territory: str) -> Territory:
    found = ws.tip.read(TERRITORY, territory_file(territory))
    if found is None:
        raise RefusedError(f"There is no territory {territory}.", hint="See which there are: salesrepo territory list")
    if found.kind == "group":
        raise RefusedError(
            f"{territory} is a group, which nobody covers.", hint="Name one inside it: salesrepo territory list"
        )
    return found


def _role(ws: Workspace, role: str) -> str:
    known = ws.needed(TERRITORY_POLICY).roles
    if role in known:
        return role
    if role:
        raise UsageError(f"Nobody covers a territory as {role}.", hint=f"Choose among: {', '.join(sorted(known))}.")
    if _USUAL in known:
        return _USUAL
    raise UsageError("As what?", hint=f"Write TERRITORY:ROLE with one of: {', '.join(sorted(known))}.")


def _begun(one: Territory, node: str, role: str, day: date) -> Territory:
    """The territory with the node in that role from the day on; as it is where that is so already."""
    mine = [row for row in one.coverage if (row.node, row.role, row.overlay) == (node, role, False)]
    if any(row.starts <= day and row.ends is None for row in mine):
        return one
    later = [row for row in mine if row.starts > day or row.ends is None]
    kept = (replace(row, ends=day) if row in mine and _runs(row, day) else row for row in one.coverage)
    rows = (row for row in kept if row not in later)
    return replace(one, coverage=(*rows, Coverage(role=role, node=node, starts=day)))


def _ended(ws: Workspace, one: Territory, node: str, role: str, day: date) -> Territory:
    """The territory without the node from the day on. Raises RefusedError where it is not there from then on."""
    mine = [row for row in one.coverage if row.node == node and role in ("", row.role)]
    if not any(row.ends is None or row.ends > day for row in mine):
        what = f" as {role}" if role else ""
        raise RefusedError(
            f"{ws.who(node)} does not cover {one.territory}{what} on {day} or later.",
            hint=f"See what they cover: salesrepo node show {node}",
        )
    kept = (replace(row, ends=day) if row in mine and _runs(row, day) else row for row in one.coverage)
    return replace(one, coverage=tuple(row for row in kept if row not in mine or row.starts < day))


def _runs(row: Coverage, day: date) -> bool:
    return row.starts < day and (row.ends is None or row.ends > day)


def _written(ws: Workspace, before: Territory, after: Territory) -> bytes:
    path = territory_file(after.territory)
    blob = ws.tip.blob(path)
    data = ws.tip.tree.read(blob.oid, TERRITORY.cap) if blob else b""
    rows = to_plain(after).get("coverage", [])
    same = 0
    for old, new in zip(before.coverage, after.coverage, strict=False):
        if old != new:
            break
        same += 1
    if not before.coverage or len(after.coverage) < len(before.coverage) or same < len(before.coverage) - 1:
        return edit(data, {("coverage",): rows}, path=path)
    return edit(data, {("coverage", at): rows[at] for at in range(same, len(rows))}, path=path)
