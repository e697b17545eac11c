"""`salesrepo territory list|explain|gaps`: who has what, why an account lies where it lies, and what nobody has."""

from dataclasses import dataclass
from datetime import date

from salesrepo.domain.kinds.account import Account
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.territory import Coverage, Territory, groups_of
from salesrepo.flows.claims.lead import find_account
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.territories.now import ground_of, layers_of, snapshot_now
from salesrepo.territory.coverage import holders, is_overlay, on_day
from salesrepo.territory.gaps import Gap, gaps
from salesrepo.territory.reason import Explanation, explain


@dataclass(frozen=True, slots=True)
class Holder:
    """Who covers a territory: the node, their name, the role, since and until (that day not included)."""

    node: str
    name: str
    role: str
    starts: date
    ends: date | None
    overlay: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A territory with its depth in the tree and its holders on the day that was asked for."""

    territory: str
    name: str
    kind: str
    layer: str
    depth: int
    starts: date
    ends: date | None
    in_force: bool
    holders: tuple[Holder, ...]


@dataclass(frozen=True)
class Explained:
    """Why an account lies where it lies in one layer, and who covers it there."""

    account: Account
    layer: str
    why: Explanation
    territory: Territory | None
    holders: tuple[Holder, ...]
    claim: Claim | None
    confirmed_by: str
    claimed_by: str


@dataclass(frozen=True)
class Gaps:
    """Parts of groups that no territory covers, and territories that nobody covers from `day` on."""

    day: date
    gaps: tuple[Gap, ...]
    uncovered: tuple[Listed, ...]


def list_territories(ws: Workspace, *, day: date) -> tuple[Listed, ...]:
    """Every territory in the order of the tree, each group before what lies in it."""
    ground = ground_of(snapshot_now(ws))
    found = (area.territory for area in ground.whole.by_path.values())
    return tuple(_listed(ws, one, day) for one in sorted(found, key=_place_in_tree))


def explain_account(ws: Workspace, text: str, *, day: date, layer: str = "") -> tuple[Explained, ...]:
    """Why an account lies where it lies, for one layer or all. Raises RefusedError where it is not known."""
    account = find_account(ws, text)
    snapshot = snapshot_now(ws)
    ground = ground_of(snapshot)
    found = []
    for one in layers_of(ground, layer):
        why = explain(ground.whole, account, key=account.account, layer=one, day=day, named=ground.named)
        held = ground.whole.by_path[why.territory].territory if why.territory else None
        known = ws.view.get(CLAIM, account=account.account, layer=one)
        claim = known if known and known.status == "held" else None
        who = tuple(_holder(ws, c) for c in holders(held, day, policy=ground.policy)) if held else ()
        vouched = ws.who(account.confirmed.by) if account.confirmed else ""
        holds = ws.who(claim.holder) if claim else ""
        found.append(Explained(account, one, why, held, who, claim, vouched, holds))
    return tuple(found)


def find_gaps(ws: Workspace, *, day: date, most: int) -> Gaps:
    """What nobody has from `day` on; at most `most` gaps for each group and layer."""
    ground = ground_of(snapshot_now(ws))
    open_ = tuple(gaps(ground.whole, layers=ground.policy.layers, since=day, most=most))
    bare = []
    for area in ground.whole.by_path.values():
        it = area.territory
        first = max(day, it.starts)
        if it.kind != "group" and it.effective(first) and not holders(it, first, policy=ground.policy):
            bare.append(_listed(ws, it, first))
    return Gaps(day, open_, tuple(sorted(bare, key=lambda one: one.territory)))


def _place_in_tree(one: Territory) -> tuple[str, ...]:
    return (*groups_of(one.territory), one.territory)


def _listed(ws: Workspace, one: Territory, day: date) -> Listed:
    return Listed(
        territory=one.territory,
        name=one.name,
        kind=one.kind,
        layer=one.layer,
        depth=len(groups_of(one.territory)),
        starts=one.starts,
        ends=one.ends,
        in_force=one.effective(day),
        holders=tuple(_holder(ws, cover) for cover in one.coverage if on_day(cover, day)),
    )


def _holder(ws: Workspace, cover: Coverage) -> Holder:
    overlay = is_overlay(cover)
    return Holder(cover.node, ws.who(cover.node), cover.role, cover.starts, cover.ends, overlay)
