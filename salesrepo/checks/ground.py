"""Does a change move the ground on which its sender sells?

Nobody compares areas here, which would cost too much: whatever borders on a territory that the sender covers counts.
"""

from typing import Any

from salesrepo.checks.rule import CheckContext
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.kinds.named_account import NamedAccount
from salesrepo.domain.kinds.policy_territory import TerritoryPolicy
from salesrepo.domain.kinds.territory import TERRITORY, Territory


def moves_own_ground(ctx: CheckContext, change: RecordChange[Any]) -> bool:
    """Whether the sender covers what changes, or what borders on it: it reads every territory where that may be."""
    value = change.value
    if isinstance(value, Territory):
        return _coverage(ctx, change.before) != _coverage(ctx, change.after) or (
            _extent(change.before) != _extent(change.after) and any(_borders(value, own) for own in _own(ctx))
        )
    if isinstance(value, NamedAccount):
        return _is_named(ctx, change)
    if isinstance(value, TerritoryPolicy):
        return _codes(change.before) != _codes(change.after) and bool(_own(ctx))
    return False


def _own(ctx: CheckContext) -> tuple[Territory, ...]:
    """The territories that the sender covers now or later, on main or by the change."""
    known = ctx.memo.get("own ground")
    if not isinstance(known, tuple):
        stand = [territory for _, territory in ctx.tip.all(TERRITORY, "territories")]
        come = [territory for _, territory in ctx.change.readable(TERRITORY)]
        known = ctx.memo["own ground"] = tuple(territory for territory in (*stand, *come) if _covers(ctx, territory))
    return known


def _covers(ctx: CheckContext, territory: Territory) -> bool:
    return any(row.node == ctx.me and (row.ends is None or ctx.today < row.ends) for row in territory.coverage)


def _coverage(ctx: CheckContext, territory: Territory | None) -> tuple[object, ...]:
    return tuple(row for row in territory.coverage if row.node == ctx.me) if territory else ()


def _extent(territory: Territory | None) -> tuple[object, ...]:
    t = territory
    return (t.rules, t.exclude, t.missing, t.kind, t.layer, t.starts, t.ends) if t else ()


def _borders(changed: Territory, own: Territory) -> bool:
    """Whether a territory lies in the same folder as the sender's, or is a group above it or beside it."""
    if changed.folder == own.folder:
        return True
    above, _, _ = changed.folder.rpartition("/")
    return changed.kind == "group" and (own.folder.startswith(f"{changed.folder}/") or own.folder == above)


def _is_named(ctx: CheckContext, change: RecordChange[NamedAccount]) -> bool:
    """Whether an account is named to the sender's territory, or set free where the sender sells the same layer."""
    before, after = change.before, change.after
    named = {lock.territory for lock in (before, after) if lock is not None}
    freed = before is not None and before != after
    return any(own.territory in named or (freed and own.layer == change.ids["layer"]) for own in _own(ctx))


def _codes(policy: TerritoryPolicy | None) -> tuple[object, ...]:
    return (policy.regions, policy.postal_places, policy.industry_scheme) if policy else ()
