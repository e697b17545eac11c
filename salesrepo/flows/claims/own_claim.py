"""Which claim of the seller's own does a text mean, and which open deals lie on it?"""

from dataclasses import dataclass

from salesrepo.domain.holding import begun, named
from salesrepo.domain.kinds.account import Account
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.kinds.deal_hold import DEAL_HOLD
from salesrepo.domain.snapshot import Snapshot
from salesrepo.errors import RefusedError
from salesrepo.flows.claims.lead import find_account, known_exactly
from salesrepo.flows.here.holdings import holdings_of
from salesrepo.flows.here.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Own:
    """An account and the claim on one layer of it, as main holds it."""

    account: Account
    claim: Claim


def own_claim(ws: Workspace, text: str, *, layer: str = "") -> Own:
    """The seller's claim that a text means. Raises RefusedError where they hold none, or several layers of one."""
    account = own_account(ws, text)
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


def own_account(ws: Workspace, text: str) -> Account:
    """The account that a text means among the seller's own, else of the company: a whole key or name goes first.

    Raises RefusedError where it means none, or several of their own.
    """
    claims = holdings_of(ws).claims
    bare = _bare(text)
    own = named(bare, claims)
    if not own and not _is_known(ws, text):
        own = begun(bare, claims) if bare else ()
    keys = sorted({claim.account for claim in own})
    if len(keys) > 1:
        raise RefusedError(f"{text} could be several of your accounts: {', '.join(keys)}.", hint="Type a little more.")
    return find_account(ws, keys[0] if keys else text)


def _is_known(ws: Workspace, text: str) -> bool:
    try:
        return known_exactly(ws, text) is not None
    except RefusedError:
        return True  # several companies are called so: whoever looks for one says which


def _bare(text: str) -> str:
    host = text.split("://", 1)[-1].split("/", 1)[0].rsplit("@", 1)[-1]
    return host.strip().removeprefix("www.")


def pending_words(ws: Workspace, account: str, layer: str) -> str:
    """What became of the seller's own claim, where it is not accepted (yet): `Noted, not yours yet`; else empty."""
    item = ws.outbox.item(CLAIM.path.fill(account=account, layer=layer))
    held = ws.tip.get(CLAIM, account=account, layer=layer)
    mine = held is not None and held.holder == ws.me and held.status == "held"
    if item is None or mine:
        return ""
    if item.state == "refused":
        return f"Your claim came back: {item.reason or 'it was not accepted.'}"
    return "Sent, not yours yet." if item.state == "sent" and item.proposal else "Noted, not yours yet."


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


def refuse_pending(ws: Workspace, claim: Claim) -> None:
    """Raises RefusedError where a change of the claim itself is noted and not accepted: it would collide."""
    item = ws.outbox.item(CLAIM.path.fill(account=claim.account, layer=claim.layer))
    if item is not None:
        hints = {"noted": "Send it first: sr submit", "sent": "See when it is decided: sr status"}
        hint = hints.get(item.state, f"Take it back: sr undo {claim.account}")
        raise RefusedError(f"A change of your claim of {claim.account} is not accepted yet.", hint=hint)


def refuse_unsent(ws: Workspace, account: str) -> None:
    """Raises RefusedError where something of the account is noted and not accepted: it would collide."""
    rooms = ("claims/", "deals/")
    if any(item.path.startswith(rooms) and f"/{account}/" in item.path for item in ws.outbox.items()):
        raise RefusedError(f"Something of {account} is not accepted yet.", hint="Send it first: sr submit")
