"""Which accounts does somebody lose who covers a territory no more, and which may somebody claim who begins to?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from salesrepo.domain.kinds.territory import Territory
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.territories.moves import OpenDeal, in_hand, shown
from salesrepo.flows.territories.now import Ground, accounts_of
from salesrepo.territory.coverage import is_overlay
from salesrepo.territory.holdover import kept_until
from salesrepo.territory.placing import place_all


@dataclass(frozen=True, slots=True)
class Passing:
    """An account in a territory that changes hands. `kept` is the last day on which the old holder keeps it."""

    account: str
    name: str
    layer: str
    territory: str
    claimed: bool
    deals: tuple[OpenDeal, ...]
    kept: date | None


def passing(ws: Workspace, ground: Ground, giver: str, affected: Sequence[Territory], day: date) -> tuple[Passing, ...]:
    """The accounts of territories in which the giver may claim: those that nobody holds, and those that they hold."""
    own = {
        one.territory
        for one in affected
        if any(cover.node == giver and not is_overlay(cover, policy=ground.policy) for cover in one.coverage)
    }
    accounts = accounts_of(ws) if own else {}
    found: list[Passing] = []
    for layer in sorted({one.layer for one in affected}):
        placed = place_all(ground.whole, accounts, layer=layer, day=day, named=ground.named)
        for key in sorted(accounts):
            if placed[key] not in own:
                continue
            claim, deals = in_hand(ws, key, layer)
            if claim is not None and claim.holder != giver:
                continue
            theirs = [deal for deal in deals if deal.node == giver]
            kept = kept_until(ground.policy.holdover, giver, theirs, layer=layer, changed=day) if claim else None
            name, territory = accounts[key].name, placed[key] or ""
            found.append(Passing(key, name, layer, territory, claim is not None, tuple(shown(theirs)), kept))
    return tuple(found)


def free_in(ws: Workspace, ground: Ground, one: Territory, day: date) -> int:
    """How many known accounts of a territory nobody holds."""
    accounts = accounts_of(ws)
    placed = place_all(ground.whole, accounts, layer=one.layer, day=day, named=ground.named)
    inside = (key for key, path in placed.items() if path == one.territory)
    return sum(in_hand(ws, key, one.layer)[0] is None for key in inside)
