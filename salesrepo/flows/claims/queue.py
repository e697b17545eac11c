"""For which leads does the seller wait, behind whom, and what goes when they wait no more?"""

from dataclasses import dataclass
from datetime import date

from salesrepo.checks.queues import places
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.kinds.place_in_queue import PLACE_IN_QUEUE
from salesrepo.domain.kinds.wait import WAIT
from salesrepo.domain.paths import place_of
from salesrepo.domain.record import shard
from salesrepo.flows.here.ground import last_day, looked_at
from salesrepo.flows.here.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A lead for which the seller waits: whose it is until when, and how many wait before them."""

    account: str
    name: str
    layer: str
    holder: str
    until: date | None
    before: int

    @property
    def turn(self) -> bool:
        """Whether the lead is free for them."""
        return self.until is None and not self.before


def leaving(ws: Workspace, account: str, layer: str) -> dict[str, bytes | None]:
    """What takes the seller out of a queue; nothing where they do not wait in it."""
    path = PLACE_IN_QUEUE.path.fill(account=account, layer=layer, node=ws.me)
    if ws.tip.blob(path) is None:
        return {}
    return {path: None, WAIT.path.fill(node=ws.me, account=account, layer=layer): None}


def waits_of(ws: Workspace) -> tuple[Waiting, ...]:
    """The leads for which the seller waits, by main as last seen."""
    found, ctx = [], looked_at(ws)
    for path in ws.tip.paths(f"waits/{shard(ws.me)}/{ws.me}"):
        place = place_of(path)
        if place is None or place.kind.name != WAIT.name:
            continue
        key, layer = place.ids["account"], place.ids["layer"]
        account, claim = ws.tip.get(ACCOUNT, account=key), ws.tip.get(CLAIM, account=key, layer=layer)
        held = claim if claim and claim.status == "held" and claim.until >= ws.today else None
        names = [waiting.node for waiting in places(ws.tip, key, layer)]
        found.append(
            Waiting(
                account=key,
                name=account.name if account else key,
                layer=layer,
                holder=ws.who(held.holder) if held else "",
                until=last_day(ws, held, ctx=ctx) if held else None,
                before=names.index(ws.me) if ws.me in names else 0,
            )
        )
    return tuple(found)
