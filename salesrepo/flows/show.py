"""`sr show` and `sr status`: one account from all sides, and everything of one's own at a glance."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from salesrepo.checks.handles import accounts_of, handle_in
from salesrepo.domain.finding import Severity
from salesrepo.domain.holding import DealEntry, Holding, handle_of, lead_among
from salesrepo.domain.kinds.account import Account
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.deal import CLOSED, DEAL, Deal
from salesrepo.domain.kinds.product import PRODUCT, Product
from salesrepo.domain.lease_words import kept_words
from salesrepo.domain.paths import place_of
from salesrepo.flows.books.pay_questions import PayWaits, pay_waits
from salesrepo.flows.claims.lead import find_account
from salesrepo.flows.claims.news import News, news_of
from salesrepo.flows.claims.notices import Around, Notices, around, notices_of
from salesrepo.flows.claims.own_claim import pending_words
from salesrepo.flows.claims.why import held_since
from salesrepo.flows.deals.hygiene import OpenDeal, open_deals
from salesrepo.flows.deals.log_deal import amount_of
from salesrepo.flows.here.admission import outsider
from salesrepo.flows.here.ground import last_day
from salesrepo.flows.here.holdings import holdings_of, lease_of
from salesrepo.flows.here.own_log import Short, recent
from salesrepo.flows.here.seen import name, saw
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.people.tray import Tray, tray
from salesrepo.flows.sending.deliver import judged
from salesrepo.flows.sending.parcels import Parcel, parcels_of
from salesrepo.flows.sending.streams import called, is_stream
from salesrepo.store.outbox import Item

_LOGGED = 5  # activities that are shown with an account
_LOOKED_AT = 8  # proposals on their way


@dataclass(frozen=True)
class DealShown:
    """A deal with its handle and value."""

    deal: Deal
    handle: str
    amount: str


@dataclass(frozen=True)
class Shown:
    """One account: what is known of it, who holds which layer, its deals (newest first).

    `own` are the open ones of whoever asks, with what they need; `pending` says of their own claims, by layer, that
    they are not accepted (yet). `since` and `until` are the days, by layer, on which the claims came to their
    holders and end for them, `logged` the last activities of whoever asks.
    """

    account: Account
    claims: tuple[Claim, ...]
    deals: tuple[DealShown, ...]
    holders: dict[str, str]
    own: tuple[OpenDeal, ...] = ()
    kept: dict[str, str] = field(default_factory=dict)
    around: tuple[Around, ...] = ()
    pending: dict[str, str] = field(default_factory=dict)
    until: dict[str, date] = field(default_factory=dict)
    since: dict[str, date] = field(default_factory=dict)
    logged: tuple[Short, ...] = ()


@dataclass(frozen=True, slots=True)
class Pending:
    """Something noted and not accepted: what it is, its paths, the proposal it is in (0: none), why it came back.

    `named` is the account's key or the deal's handle by which one means it; empty where it is about neither. Of what
    is on its way, `refused` says why the rules would refuse it as things stand here.
    """

    title: str
    paths: tuple[str, ...]
    proposal: int = 0
    reason: str = ""
    named: str = ""
    refused: str = ""


@dataclass(frozen=True)
class Status:
    """What the seller holds, works on, has noted, sent, and got back.

    `outside` says why they are no part of the company (yet, or any more), and the next step; empty where they are.
    `tray` is what waits for them where they decide for others, `news` what changed since they last looked, `pay` the
    questions about pay that concern them.
    """

    node: str
    name: str
    today: str
    claims: tuple[Holding, ...]
    deals: tuple[DealEntry, ...]
    noted: tuple[Pending, ...]
    sent: tuple[Pending, ...]
    returned: tuple[Pending, ...]
    open: tuple[OpenDeal, ...] = ()
    notices: Notices = field(default_factory=Notices)
    outside: tuple[str, str] = ("", "")
    tray: Tray | None = None
    news: tuple[News, ...] = ()
    pay: PayWaits = field(default_factory=PayWaits)


def show(ws: Workspace, text: str) -> Shown:
    """Everything on one account, by key, domain, alias or name. Raises RefusedError where it is not known."""
    account = find_account(ws, text)
    view = ws.view
    folder = _folder(CLAIM.path.fill(account=account.account, layer="x"))
    noted = tuple(claim for _, claim in view.all(CLAIM, folder))
    layers = {claim.layer for claim in noted} | set(_asked(ws, account.account))
    pending = {layer: words for layer in sorted(layers) if (words := pending_words(ws, account.account, layer))}
    accepted = (ws.tip.get(CLAIM, account=account.account, layer=layer) for layer in pending)
    claims = (*(c for c in noted if c.layer not in pending), *(claim for claim in accepted if claim))
    found = [deal for _, deal in view.all(DEAL, _folder(DEAL.path.fill(account=account.account, deal="x")))]
    newest = sorted(found, key=lambda d: (d.signed or d.closed or d.opened, d.deal), reverse=True)
    deals = tuple(DealShown(deal, handle_in(view, deal), amount_of(deal)) for deal in newest)
    holders = {claim.holder: ws.who(claim.holder) for claim in claims}
    mine = any(deal.is_open and deal.node == ws.me for deal in found)
    own = tuple(one for one in open_deals(ws) if one.deal.account == account.account) if mine else ()
    held = [claim for claim in claims if claim.status == "held"]
    until = {claim.layer: last_day(ws, claim) for claim in held}
    since = {claim.layer: held_since(ws, claim) for claim in held}
    logged = recent(ws, account.account, most=_LOGGED)
    kept = _kept(ws, claims)
    return Shown(account, claims, deals, holders, own, kept, around(ws, claims), pending, until, since, logged)


def _asked(ws: Workspace, account: str) -> list[str]:
    """The layers of an account of which a change of the claim is in the outbox."""
    places = [place for item in ws.outbox.items() if (place := place_of(item.path))]
    return [p.ids["layer"] for p in places if p.kind.name == CLAIM.name and p.ids["account"] == account]


def _kept(ws: Workspace, claims: tuple[Claim, ...]) -> dict[str, str]:
    mine = [claim for claim in claims if claim.status == "held" and claim.holder == ws.me]
    today = ws.today.isoformat()
    own = accounts_of(ws.view, ws.me)
    return {c.layer: kept_words(lease_of(ws, c), name=lead_among(c.account, own), today=today) for c in mine}


def products(ws: Workspace) -> tuple[Product, ...]:
    """The price list."""
    return tuple(product for _, product in ws.tip.all(PRODUCT, "products"))


def status(ws: Workspace) -> Status:
    """Everything of one's own: read from the outbox and the pointers of the own folder; asks nobody.

    Of who decides for others it asks the forge what waits for them (flows/people/tray.py).
    """
    known = holdings_of(ws)
    groups: dict[str, list[Pending]] = {"noted": [], "sent": [], "refused": []}
    for parcel in parcels_of(ws.outbox.contents(), ws.tip):
        for unit, paths in parcel.units.items():
            items = [item for path in paths if (item := ws.outbox.item(path))]
            state = _state(items)
            alone = called(ws.outbox.read(unit)) if state == "refused" and is_stream(unit) else ""
            groups[state].append(_pending(alone or parcel.titles.get(unit, parcel.title), items))
    return Status(
        node=ws.me,
        name=known.name,
        today=ws.today.isoformat(),
        claims=tuple(sorted(known.claims, key=lambda claim: (claim.until, claim.account))),
        deals=tuple(deal for deal in known.deals if deal.stage not in CLOSED),
        noted=tuple(groups["noted"]),
        sent=_judged_now(ws, groups["sent"]),
        returned=tuple(groups["refused"]),
        open=open_deals(ws),
        notices=notices_of(ws, known.claims),
        outside=outsider(ws),
        tray=tray(ws),
        news=news_of(ws, known.claims),
        pay=pay_waits(ws),
    )


def seen(ws: Workspace, shown: Status) -> None:
    """Remember that the seller has seen this, so that the next look tells only what is new by then."""
    held = (name(claim.account, claim.layer) for claim in shown.claims if claim.state == "held")
    saw(ws, held, {path: one.title for one in shown.sent for path in one.paths})


def _state(items: list[Item]) -> str:
    """What a seller should know of records that belong together: first that it came back, then that it is noted."""
    states = {"noted" if item.state == "sent" and not item.proposal else item.state for item in items}
    return next((state for state in ("refused", "noted") if state in states), "sent")


def _pending(title: str, items: list[Item]) -> Pending:
    reasons = [item.reason for item in items if item.state == "refused" and item.reason]
    return Pending(
        title,
        tuple(item.path for item in items),
        max((item.proposal for item in items), default=0),
        reasons[0] if reasons else "",
        _named(item.path for item in items),
    )


def _judged_now(ws: Workspace, sent: list[Pending]) -> tuple[Pending, ...]:
    """What is on its way, and why it would be refused by now; of many the first few proposals are looked at."""
    faults: dict[int, str] = {0: ""}
    for number in [one for one in dict.fromkeys(one.proposal for one in sent) if one][:_LOOKED_AT]:
        files = {item.path: ws.outbox.read(item.path) for item in ws.outbox.items() if item.proposal == number}
        errors = judged(ws, Parcel("files", "", files)).report.of(Severity.ERROR)
        faults[number] = errors[0].message if errors else ""
    return tuple(replace(one, refused=faults.get(one.proposal, "")) for one in sent)


def _named(paths: Iterable[str]) -> str:
    ids = [place.ids for path in paths if (place := place_of(path))]
    deal = next((_deal_named(one["deal"], one.get("account")) for one in ids if "deal" in one), "")
    return deal or next((one["account"] for one in ids if "account" in one), "")


def _deal_named(deal: str, account: str | None) -> str:
    """A deal's handle; its id alone where neither path nor id tells the account, as of billing from elsewhere."""
    key = account or deal.rpartition("-")[0]
    return handle_of(key, deal) if key else deal


def _folder(path: str) -> str:
    return path.rsplit("/", 1)[0]
