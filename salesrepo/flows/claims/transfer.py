"""`sr transfer`: hand a claim and the open deals on it to a colleague, who agrees in person (as to a referral)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from salesrepo.checks.territories import facts_stand
from salesrepo.domain.handover import moved, passed
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.kinds.deal_hold import DEAL_HOLD, DealHold
from salesrepo.domain.kinds.hold import HOLD, Hold
from salesrepo.domain.kinds.place_in_queue import PLACE_IN_QUEUE
from salesrepo.domain.kinds.policy_claims import CLAIMS_POLICY
from salesrepo.domain.kinds.transfer import TRANSFER, Transfer
from salesrepo.domain.kinds.wait import WAIT
from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.claims.lead import find_account, territory_of
from salesrepo.flows.claims.own_claim import open_deals, own_claim, refuse_unsent
from salesrepo.flows.here.seen import told
from salesrepo.flows.here.spoken import LINE, spoken
from salesrepo.flows.here.workspace import Workspace, open_workspace
from salesrepo.flows.proposals.land import Landing, bring_in
from salesrepo.flows.proposals.offers import (
    Offer,
    What,
    forget_offer,
    offers,
    remember_offers,
    remembered_offers,
)
from salesrepo.flows.proposals.review import approve, reject
from salesrepo.flows.sending.deliver import Sent
from salesrepo.flows.sending.submit import send_files
from salesrepo.flows.sending.sync import sync
from salesrepo.store.records import file_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """To whom, and what the giver keeps: a share of deals won up to and on a day; why."""

    to: str
    share: str = ""
    until: date | None = None
    reason: str = ""
    layer: str = ""


@dataclass(frozen=True, slots=True)
class Handed:
    """What is handed over to whom, how many open deals go along, and what became of it."""

    account: str
    name: str
    to: str
    deals: int
    sent: Sent


def transfer(ws: Workspace, lead: str, terms: Terms, *, dry_run: bool = False) -> Handed:
    """Offer a claim of the seller's own to a colleague; it passes on when they agree.

    Raises RefusedError for a claim that is not the seller's, a colleague who is none, or records that are still noted.
    """
    sync(ws)
    here = open_workspace(ws.desk)
    try:
        own = own_claim(here, lead, layer=terms.layer)
        refuse_unsent(here, own.account.account)
        if here.node(terms.to) is None or terms.to == here.me:
            raise RefusedError(f"{terms.to} is no colleague of yours.", hint="Use their node, such as ana-lima.")
        _refuse_endless(terms, here.today, here.needed(CLAIMS_POLICY).share_days)
        _refuse_twice(here, own.claim)
        record = Transfer(
            transfer=f"{own.claim.layer}-{here.today}-{here.me}",
            account=own.claim.account,
            layer=own.claim.layer,
            giver=here.me,
            receiver=terms.to,
            day=here.today,
            giver_share=terms.share or None,
            until=terms.until,
            reason=spoken(terms.reason, most=LINE).strip() or None,
        )
        territory = territory_of(here, own.account, own.claim.layer)
        provisional = not facts_stand(own.account, terms.to)
        after = passed(
            own.claim, terms.to, day=here.today, how="transferred", territory=territory, provisional=provisional
        )
        files = {**dict([file_of(TRANSFER, record)]), **handing_over(here, own.claim, after)}
        sent = send_files(here, f"Transfer {own.claim.account} to {terms.to}", files, dry_run=dry_run)
        if not dry_run:
            remember_offers(here)
        deals = len(open_deals(here.tip, own.claim))
        return Handed(own.account.account, own.account.name, here.who(terms.to), deals, sent)
    finally:
        here.close()


def _refuse_endless(terms: Terms, today: date, most: int) -> None:
    """Raises UsageError for a share without a last day, for a day without a share, and for one past or too far off."""
    if terms.until is not None and (not terms.share or terms.until < today):
        raise UsageError(
            "Until when is only said of a share that you keep.", hint="Add --share 20%, and a day to come."
        )
    last = today + timedelta(days=most)
    if terms.share and (terms.until is None or terms.until > last):
        hint = f"Say the last day on which you keep it: --until {last} at the latest."
        raise UsageError("A share of what a colleague sells later ends one day.", hint=hint)


def _refuse_twice(ws: Workspace, claim: Claim) -> None:
    """Raises RefusedError where the seller offers it to somebody already: only one of two could have it."""
    for one in offers(ws):
        if (one.what, one.account, one.layer, one.sender) == ("transfer", claim.account, claim.layer, ws.me):
            raise RefusedError(
                f"You have offered {claim.account} to {ws.who(one.receiver)} already.",
                hint=f"They accept or decline it; to take it back: sr transfer {claim.account} --withdraw",
            )


def withdraw(ws: Workspace, lead: str, *, layer: str = "", dry_run: bool = False) -> Offer:
    """Take one's own offer back before it is accepted. Raises RefusedError where there is none, or several layers'."""
    sync(ws)
    here = open_workspace(ws.desk)
    try:
        mine = [one for one in offers(here) if (one.what, one.sender) == ("transfer", here.me)]
        mine = [one for one in mine if layer in ("", one.layer)]
        offer = offered_about(here, lead, mine)
        if offer is None:
            name = find_account(here, lead).name
            raise RefusedError(f"You offer {name} to nobody.", hint="See what waits for a word: sr transfer")
        layers = [one.layer for one in mine if one.account == offer.account]
        if len(layers) > 1:
            raise RefusedError(f"You offer several layers of it: {', '.join(layers)}.", hint="Name one: --layer LAYER")
        if not dry_run:
            reject(here, offer.number, reason="Taken back by its sender.")
            forget_offer(here, offer.number)
        return offer
    finally:
        here.close()


def handing_over(ws: Workspace, before: Claim, after: Claim) -> dict[str, bytes | None]:
    """The files that change when a claim passes on: itself, its pointers, and the open deals with theirs."""
    files: dict[str, bytes | None] = dict([file_of(CLAIM, after)])
    key, layer = before.account, before.layer
    files[HOLD.path.fill(node=before.holder, account=key, layer=layer)] = None
    files.update([file_of(HOLD, Hold(node=after.holder, account=key, layer=layer))])
    waits = PLACE_IN_QUEUE.path.fill(account=key, layer=layer, node=after.holder)
    if ws.tip.blob(waits) is not None:
        files |= {waits: None, WAIT.path.fill(node=after.holder, account=key, layer=layer): None}
    for deal in open_deals(ws.tip, before):
        files.update([file_of(DEAL, moved(deal, after.holder))])
        files[DEAL_HOLD.path.fill(node=before.holder, account=key, deal=deal.deal)] = None
        files.update([file_of(DEAL_HOLD, DealHold(node=after.holder, account=key, deal=deal.deal))])
    return files


def accept(ws: Workspace, lead: str, *, what: What = "transfer", dry_run: bool = False) -> tuple[Offer, Landing | None]:
    """Agree to what waits for the seller's word, and let it come about. Raises RefusedError for none."""
    offer = _offered(ws, lead, what)
    looked = approve(ws, offer.number, dry_run=dry_run)
    if dry_run:
        return offer, None
    landing = None if looked.proposal.merged else bring_in(ws.forge, offer.number, now=ws.desk.now)
    sync(ws)
    _say_so(ws, offer)
    return offer, landing or Landing(offer.number, "merged" if looked.proposal.merged else "review")


def _say_so(ws: Workspace, offer: Offer) -> None:
    """What becomes of an offer is said to whoever accepts it: it is no news to them."""
    here = open_workspace(ws.desk)
    try:
        told(here, {CLAIM.path.fill(account=offer.account, layer=offer.layer): f"Claim {offer.account}"})
    finally:
        here.close()


def decline(ws: Workspace, lead: str, *, reason: str, what: What = "transfer", dry_run: bool = False) -> Offer:
    """Say no to what waits for the seller's word: its sender keeps what they have."""
    offer = _offered(ws, lead, what)
    if not dry_run:
        reject(ws, offer.number, reason=reason)
    return offer


def asked_of_me(ws: Workspace, lead: str) -> Offer | None:
    """A transfer of a lead that waits for the seller's word, as it was when they last looked; asks nobody."""
    known = [one for one in remembered_offers(ws.desk.folder) if one.what == "transfer" and one.receiver == ws.me]
    try:
        return offered_about(ws, lead, [one for one in known if not one.answer])
    except RefusedError:
        return None


def colleague(ws: Workspace, text: str) -> str:
    """The node of a colleague. Raises RefusedError for nobody's, or one's own."""
    try:
        known = text != ws.me and ws.node(text) is not None
    except KeyError:  # no such name can be
        known = False
    if not known:
        raise RefusedError(f"{text} is no colleague's node.", hint="Type it as they joined, such as ana-lima.")
    return text


def offered_about(ws: Workspace, lead: str, found: Sequence[Offer]) -> Offer | None:
    """The offer that somebody means. A lead that is referred may be known nowhere else."""
    text = lead.strip().casefold()
    named = [one for one in found if text in (one.account, one.account.partition("-")[2], one.name.casefold())]
    if not named:
        key = find_account(ws, lead).account
        named = [one for one in found if one.account == key]
    return named[0] if named else None


def _offered(ws: Workspace, lead: str, what: What) -> Offer:
    sync(ws)
    here = open_workspace(ws.desk)
    try:
        found = [one for one in offers(here) if one.what == what and one.sender != here.me]
        offer = offered_about(here, lead, found)
        name = "" if offer else find_account(here, lead).name
    finally:
        here.close()
    if offer is None:
        if what == "referral":
            raise RefusedError(f"Nobody refers {name} to you.", hint="See what waits for you: sr status")
        raise RefusedError(f"Nobody offers you {name}.", hint="See what waits for you: sr transfer")
    return offer
