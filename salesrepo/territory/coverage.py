"""Who holds a territory on a day, and in a role that may claim in it?"""

from datetime import date

from salesrepo.domain.kinds.policy_territory import TerritoryPolicy
from salesrepo.domain.kinds.territory import Coverage, Territory


def is_overlay(cover: Coverage, *, policy: TerritoryPolicy | None = None) -> bool:
    """Whether this holder only helps: said so itself, or its role is an overlay role."""
    role = policy.roles.get(cover.role) if policy else None
    return cover.overlay or (role is not None and role.overlay)


def on_day(cover: Coverage, day: date) -> bool:
    """Whether the holder is one on that day; on a hand-over day only the successor is."""
    return cover.starts <= day and (cover.ends is None or day < cover.ends)


def holders(territory: Territory, day: date, *, policy: TerritoryPolicy | None = None) -> tuple[Coverage, ...]:
    """Everyone who holds the territory on that day, overlays left out."""
    return tuple(c for c in territory.coverage if on_day(c, day) and not is_overlay(c, policy=policy))


def holds(territory: Territory, node: str, *, day: date, policy: TerritoryPolicy | None = None) -> bool:
    """Whether the node may claim in the territory on that day."""
    return any(cover.node == node for cover in holders(territory, day, policy=policy))
