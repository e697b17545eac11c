"""`sr show` and `sr status`: one account from all sides, and everything of one's own at a glance."""

from dataclasses import dataclass

from salesrepo.domain.holding import DealEntry, Holding, handle_of
from salesrepo.domain.kinds.account import Account
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.kinds.product import PRODUCT, Product
from salesrepo.flows.claim import find_account
from salesrepo.flows.holdings import holdings_of
from salesrepo.flows.log_deal import amount_of
from salesrepo.flows.workspace import Workspace
from salesrepo.store.outbox import Item


@dataclass(frozen=True)
class DealShown:
    """A deal with its handle and value."""

    deal: Deal
    handle: str
    amount: str


@dataclass(frozen=True)
class Shown:
    """One account: what is known of it, who holds which layer, its deals (newest first)."""

    account: Account
    claims: tuple[Claim, ...]
    deals: tuple[DealShown, ...]
    holders: dict[str, str]


@dataclass(frozen=True)
class Status:
    """What the seller holds, works on, has noted, sent, and got back."""

    node: str
    name: str
    today: str
    claims: tuple[Holding, ...]
    deals: tuple[DealEntry, ...]
    noted: tuple[Item, ...]
    sent: tuple[Item, ...]
    returned: tuple[Item, ...]


def show(ws: Workspace, text: str) -> Shown:
    """Everything on one account, by key, domain, alias or name. Raises RefusedError where it is not known."""
    account = find_account(ws, text)
    view = ws.view
    claims = tuple(claim for _, claim in view.all(CLAIM, _folder(CLAIM.path.fill(account=account.account, layer="x"))))
    found = [deal for _, deal in view.all(DEAL, _folder(DEAL.path.fill(account=account.account, deal="x")))]
    newest = sorted(found, key=lambda d: (d.signed or d.closed or d.opened, d.deal), reverse=True)
    deals = tuple(DealShown(deal, handle_of(deal.account, deal.deal), amount_of(deal)) for deal in newest)
    return Shown(account, claims, deals, {claim.holder: ws.who(claim.holder) for claim in claims})


def products(ws: Workspace) -> tuple[Product, ...]:
    """The price list."""
    return tuple(product for _, product in ws.tip.all(PRODUCT, "products"))


def status(ws: Workspace) -> Status:
    """Everything of one's own: read from the outbox and the pointers of the own folder; asks nobody."""
    known = holdings_of(ws)
    items = ws.outbox.items()
    return Status(
        node=ws.me,
        name=known.name,
        today=ws.today.isoformat(),
        claims=tuple(sorted(known.claims, key=lambda claim: (claim.until, claim.account))),
        deals=known.deals,
        noted=tuple(item for item in items if item.state == "noted"),
        sent=tuple(item for item in items if item.state == "sent"),
        returned=tuple(item for item in items if item.state == "refused"),
    )


def _folder(path: str) -> str:
    return path.rsplit("/", 1)[0]
