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
    terms = (cover for cover in territory.coverage if cover.node == node)
    return any(on_day(term, day) and not is_overlay(term, policy=policy) for term in terms)


def left_on(territory: Territory, node: str, *, day: date, policy: TerritoryPolicy | None = None) -> date | None:
    """The first day on which the node sells in the territory no longer, past or to come; None where no record says.

    Terms that follow one another without a gap are one. Whoever never sold there has left on no day.
    """
    terms = sorted((c for c in territory.coverage if c.node == node and not is_overlay(c, policy=policy)), key=_begun)
    found: date | None = None
    for term in terms:
        if term.starts > day and (found is None or term.starts > found):
            break
        if term.ends is None:
            return territory.ends
        found = max(found, term.ends) if found else term.ends
    return min(found, territory.ends) if found and territory.ends else found


def _begun(cover: Coverage) -> date:
    return cover.starts
