"""`sr refer`: bring a lead to a colleague, and be remembered for it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from salesrepo.checks.owed import referral_of
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.kinds.policy_claims import CLAIMS_POLICY
from salesrepo.domain.kinds.referral import REFERRED_LEAD, ReferredLead
from salesrepo.errors import RefusedError, UnavailableError
from salesrepo.flows.claims.lead import Lead, account_files, account_meant, find_account
from salesrepo.flows.claims.transfer import offered_about
from salesrepo.flows.here.spoken import LINE, spoken
from salesrepo.flows.here.workspace import Workspace, open_workspace
from salesrepo.flows.proposals.offers import Offer, offers, remember_offers
from salesrepo.flows.proposals.review import reject
from salesrepo.flows.sending.deliver import Sent
from salesrepo.flows.sending.submit import send_files, submit
from salesrepo.flows.sending.sync import sync
from salesrepo.store.records import file_of


@dataclass(frozen=True, kw_only=True)
class Referred:
    """What became of a referral: to whom, and which share in which role policy credits for it, up to which day.

    The three are empty where policy promises nothing.
    `sent` is None where it is only noted, `reason` then says why, and where they brought it to them `already`.
    """

    account: str
    name: str
    to: str
    share: str = ""
    role: str = ""
    until: date | None = None
    sent: Sent | None = None
    reason: str = ""
    already: bool = False


def refer(ws: Workspace, lead: Lead, *, to: str, dry_run: bool = False) -> Referred:
    """Refer a lead to a colleague, who is asked (offline: note it); a company that is not known yet goes along.

    Raises RefusedError for a colleague who is none, or who has the lead already.
    """
    offline = _freshen(ws)
    here = open_workspace(ws.desk)
    try:
        account = account_meant(here, lead)
        if here.node(to) is None:
            raise RefusedError(f"Nobody here is called {to}.", hint="Use the colleague's node, such as ana-lima.")
        claim = here.tip.get(CLAIM, account=account.account, layer=lead.layer)
        if claim and claim.status == "held" and claim.until >= here.today and claim.holder == to:
            raise RefusedError(f"{here.who(to)} has {account.name} already.", hint="Nothing is to be done.")
        if _brought_already(here, account.account, lead.layer, to):
            return Referred(account=account.account, name=account.name, to=here.who(to), already=True)
        record = ReferredLead(
            account=account.account,
            layer=lead.layer,
            by=here.me,
            to=to,
            day=here.today,
            note=spoken(lead.note, most=LINE) or None,
        )
        files = {**account_files(here, account), **dict([file_of(REFERRED_LEAD, record)])}
        terms = here.needed(CLAIMS_POLICY).referral
        told = Referred(
            account=account.account,
            name=account.name,
            to=here.who(to),
            share=terms.share if terms else "",
            role=terms.role if terms else "",
            until=here.today + timedelta(days=terms.days) if terms else None,
            reason=offline,
        )
        return _sent(here, told, files, dry_run=dry_run)
    finally:
        here.close()


def _brought_already(ws: Workspace, account: str, layer: str, to: str) -> bool:
    """Whether the seller's own referral of it to this colleague counts, or waits for their answer."""
    known = referral_of(ws.tip, ws.needed(CLAIMS_POLICY), account, layer)
    if known and (known.by, known.to) == (ws.me, to) and known.counts(ws.today):
        return True
    item = ws.outbox.item(REFERRED_LEAD.path.fill(account=account, layer=layer))
    noted = ws.view.get(REFERRED_LEAD, account=account, layer=layer)
    return bool(item and item.state == "sent" and item.proposal and noted and (noted.by, noted.to) == (ws.me, to))


def withdraw(ws: Workspace, lead: str, *, layer: str, dry_run: bool = False) -> Referred:
    """Take one's own referral back, before it is used. Raises RefusedError where there is none of one's own."""
    sync(ws)
    here = open_workspace(ws.desk)
    try:
        asked = [one for one in offers(here) if one.what == "referral" and one.sender == here.me and one.layer == layer]
        if asked and (offer := offered_about(here, lead, asked)):
            return _unasked(here, offer, dry_run=dry_run)
        account = find_account(here, lead)
        known = referral_of(here.tip, here.needed(CLAIMS_POLICY), account.account, layer)
        if known is None or known.by != here.me:
            raise RefusedError(f"You have not referred {account.name}.", hint="See: sr show LEAD")
        path = REFERRED_LEAD.path.fill(account=account.account, layer=layer)
        sent = send_files(here, f"Withdraw the referral of {account.account}", {path: None}, dry_run=dry_run)
        return Referred(account=account.account, name=account.name, to=here.who(known.to), sent=sent)
    finally:
        here.close()


def _unasked(ws: Workspace, offer: Offer, *, dry_run: bool) -> Referred:
    """A referral that its receiver has not answered yet is withdrawn by itself."""
    if not dry_run:
        reject(ws, offer.number, reason="Taken back by its sender.")
        remember_offers(ws)
    sent = Sent("Withdraw the referral", "accepted", (), offer.number)
    return Referred(account=offer.account, name=offer.name, to=offer.receiver_name, sent=sent)


def _freshen(ws: Workspace) -> str:
    try:
        sync(ws)
    except UnavailableError as away:
        return away.message.removesuffix(".")
    return ""


def _sent(ws: Workspace, told: Referred, files: dict[str, bytes | None], *, dry_run: bool) -> Referred:
    if dry_run:
        return replace(told, sent=send_files(ws, f"Referral of {told.account}", files, dry_run=True))
    with ws.desk.busy():
        for path, data in files.items():
            ws.note(path, data)
    if told.reason:
        return told
    try:
        parcels = submit(ws, only=told.account).parcels
    except UnavailableError as away:
        return replace(told, reason=away.message.removesuffix("."))
    remember_offers(ws)
    return replace(told, sent=next((one for one in parcels if one.title.startswith("Referral")), None))
