"""Which claim of the seller's own does a text mean, and which open deals lie on it?"""

from dataclasses import dataclass

from salesrepo.domain.kinds.account import Account
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.kinds.deal_hold import DEAL_HOLD
from salesrepo.domain.snapshot import Snapshot
from salesrepo.errors import RefusedError
from salesrepo.flows.claim import find_account
from salesrepo.flows.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Own:
    """An account and the claim on one layer of it, as main holds it."""

    account: Account
    claim: Claim


def own_claim(ws: Workspace, text: str, *, layer: str = "") -> Own:
    """The seller's claim that a text means. Raises RefusedError where they hold none, or several layers of one."""
    account = find_account(ws, text)
    mine = [claim for claim in claims_on(ws.tip, account.account, layer) if claim.holder == ws.me]
    if len(mine) == 1:
        return Own(account, mine[0])
    if mine:
        layers = ", ".join(claim.layer for claim in mine)
        raise RefusedError(f"You hold several layers of {account.name}: {layers}.", hint="Name one: --layer LAYER")
    noted = [claim for claim in claims_on(ws.view, account.account, layer) if claim.holder == ws.me]
    if noted:
        raise RefusedError(f"{account.name} is not yours yet.", hint=f"Take your claim back: sr undo {account.account}")
    raise RefusedError(f"You do not hold {account.name}.", hint="See what is yours: sr status")


def claims_on(snapshot: Snapshot, account: str, layer: str = "") -> tuple[Claim, ...]:
    """The held claims on an account (one layer of it)."""
    folder = CLAIM.path.fill(account=account, layer="x").rsplit("/", 1)[0]
    found = (claim for _, claim in snapshot.all(CLAIM, folder))
    return tuple(claim for claim in found if claim.status == "held" and layer in ("", claim.layer))


def open_deals(snapshot: Snapshot, claim: Claim) -> tuple[Deal, ...]:
    """The open deals of a claim's holder on its account and layer."""
    folder = DEAL_HOLD.path.fill(node=claim.holder, account=claim.account, deal="x").rsplit("/", 1)[0]
    found = (snapshot.get(DEAL, account=claim.account, deal=path.rsplit("/", 1)[1]) for path in snapshot.paths(folder))
    return tuple(deal for deal in found if deal is not None and deal.is_open and deal.layer == claim.layer)


def refuse_unsent(ws: Workspace, account: str) -> None:
    """Raises RefusedError where something of the account is noted and not accepted: it would collide."""
    rooms = ("claims/", "deals/")
    if any(item.path.startswith(rooms) and f"/{account}/" in item.path for item in ws.outbox.items()):
        raise RefusedError(f"Something of {account} is not accepted yet.", hint="Send it first: sr submit")
