"""Which accounts lie in another territory than before, with whose claims and deals?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from salesrepo.domain.holding import handle_of
from salesrepo.domain.kinds.account import Account
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.territories.now import Ground
from salesrepo.territory.coverage import holders
from salesrepo.territory.placing import place_all


@dataclass(frozen=True, slots=True)
class OpenDeal:
    """A deal that is neither won nor lost: its handle, whose it is, how far."""

    handle: str
    node: str
    stage: str


@dataclass(frozen=True, slots=True)
class Move:
    """An account in one layer whose territory differs: where it lay, where it lies, and what is in hand there."""

    account: str
    name: str
    layer: str
    before: str | None
    after: str | None
    holder: str
    until: date | None
    deals: tuple[OpenDeal, ...]


def moves(
    ws: Workspace, before: Ground, after: Ground, accounts: Mapping[str, Account], *, day: date
) -> Iterator[Move]:
    """The accounts that lie in another territory on a day, by layer and key."""
    for layer in dict.fromkeys((*before.policy.layers, *after.policy.layers)):
        was = place_all(before.whole, accounts, layer=layer, day=day, named=before.named)
        now = place_all(after.whole, accounts, layer=layer, day=day, named=after.named)
        for key in sorted(accounts):
            if was[key] != now[key]:
                claim, deals = in_hand(ws, key, layer)
                yield Move(
                    account=key,
                    name=accounts[key].name,
                    layer=layer,
                    before=was[key],
                    after=now[key],
                    holder=claim.holder if claim else "",
                    until=claim.until if claim else None,
                    deals=tuple(shown(deals)),
                )


def in_hand(ws: Workspace, key: str, layer: str) -> tuple[Claim | None, tuple[Deal, ...]]:
    """The claim that is held on one layer of an account, and the open deals there."""
    found = ws.tip.get(CLAIM, account=key, layer=layer)
    folder = DEAL.path.fill(account=key, deal="x").rsplit("/", 1)[0]
    deals = tuple(deal for _, deal in ws.tip.all(DEAL, folder) if deal.is_open and deal.layer == layer)
    return (found if found and found.status == "held" else None), deals


def shown(deals: Iterable[Deal]) -> Iterator[OpenDeal]:
    """Deals as they are listed."""
    return (OpenDeal(handle_of(deal.account, deal.deal), deal.node, deal.stage) for deal in deals)


def holders_of(ground: Ground, territory: str | None, day: date) -> tuple[str, ...]:
    """The nodes that cover a territory on a day, overlays left out."""
    area = ground.whole.by_path.get(territory) if territory else None
    found = holders(area.territory, day, policy=ground.policy) if area else ()
    return tuple(dict.fromkeys(cover.node for cover in found))
