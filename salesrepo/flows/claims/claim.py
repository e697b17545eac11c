"""`sr claim`: is this lead free, and may I have it?"""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Literal

from salesrepo.checks.handles import accounts_of
from salesrepo.domain.finding import Severity
from salesrepo.domain.holding import Lease, lead_among
from salesrepo.domain.kinds.account import ACCOUNT, Account
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.hold import HOLD, Hold
from salesrepo.domain.kinds.taking import TAKING
from salesrepo.domain.lease import taking_left
from salesrepo.domain.lease_words import kept_words
from salesrepo.errors import UnavailableError
from salesrepo.flows.claims.alike import refuse_twins, told_apart
from salesrepo.flows.claims.lead import Lead, account_files, account_meant, find_account, territory_of
from salesrepo.flows.claims.queue import leaving
from salesrepo.flows.claims.taking import Wish, over_noted, standing_up, wanted_claim
from salesrepo.flows.here.admission import refuse_outsider
from salesrepo.flows.here.ground import last_day
from salesrepo.flows.here.holdings import lease_of, refresh_index
from salesrepo.flows.here.seen import forget_sent
from salesrepo.flows.here.workspace import Workspace, open_workspace
from salesrepo.flows.proposals.judge import plain_judgement
from salesrepo.flows.sending.deliver import Sent, judged
from salesrepo.flows.sending.parcels import parcels_of
from salesrepo.flows.sending.submit import submit
from salesrepo.flows.sending.sync import look_around, sync
from salesrepo.store.records import file_of

Answer = Literal["yours", "taken", "under_review", "noted", "refused"]


@dataclass(frozen=True, kw_only=True)
class Answered:
    """The answer to a claim. `holder` and `since` are set where somebody has it; `sent` where it went out.

    `unused` are options that told what is known otherwise already, and changed nothing.
    `kept` says how long it is the seller's, and why, where it is or would be; `lease` the same as data. `proves`: the
    seller had it reserved, and now there is evidence. `like` names a
    known company that a new one is somewhat like; where it is very like, there is no answer but a question
    (RefusedError).
    """

    answer: Answer
    account: str
    name: str
    until: date | None = None
    since: date | None = None
    holder: str = ""
    provisional: bool = False
    sent: Sent | None = None
    reason: str = ""
    like: str = ""
    kept: str = ""
    proves: bool = False
    lease: Lease | None = None
    changed: bool = False
    unused: tuple[str, ...] = ()


def claim(ws: Workspace, lead: Lead, *, later: bool = False, dry_run: bool = False) -> Answered:
    """Answer at once, and send the claim where the lead is free (with `later`: only note it).

    Raises RefusedError where the text could be several accounts, lacks what names a company, or names a new one that
    looks like a known one and it is not said (`Lead.not_same`) that they are two.
    """
    wish = lead.wish
    offline = "" if later else _freshen(ws)
    here = open_workspace(ws.desk)
    try:
        refuse_outsider(here)
        account = account_meant(here, lead)
        before = _noted(here, account)
        standing = _standing(here, before or account, lead.layer)
        own = _reserved(here, account, wish) if standing and standing.answer == "yours" else None
        if standing is not None and own is None:
            words = ("--evidence",) if wish.evidence else ("-m",) if wish.note else ()
            return replace(standing, unused=(*lead.differs(before or account), *words))
        like = ""
        if own is not None:
            wanted = standing_up(here, own, wish)
            files: dict[str, bytes | None] = dict((file_of(CLAIM, wanted),))
        else:
            account = told_apart(here, account, [find_account(here, text) for text in lead.not_same])
            like = refuse_twins(here, account)
            files, wanted = _files(here, account, over_noted(here, account.account, wish))
        known = here.tip.get(ACCOUNT, account=account.account)
        told = partial(replace, like=like, proves=own is not None, unused=lead.differs(known))
        if dry_run:
            return told(_would(here, account, wanted, files))
        with here.desk.busy():
            for path in account_files(here, before).keys() - files.keys() if before else ():
                here.outbox.drop(path)
            for path, data in files.items():
                here.outbox.rebase(path, here.base_of(path))  # what is asked for today rests on main as it is today
                here.note(path, data)
            refresh_index(here)
        if later or offline:
            return told(_answer("noted", account, wanted, here, reason=offline, changed=True))
        return told(_sent(here, account, wanted))
    finally:
        here.close()


def _freshen(ws: Workspace) -> str:
    try:
        sync(ws)
    except UnavailableError as away:
        return away.message.removesuffix(".")
    return ""


def _noted(ws: Workspace, account: Account) -> Account | None:
    """The account as it was noted, where main does not know it yet."""
    return None if ws.tip.get(ACCOUNT, account=account.account) else ws.view.get(ACCOUNT, account=account.account)


def _standing(ws: Workspace, account: Account, layer: str) -> Answered | None:
    """The answer where somebody, or the seller, has it already or asked first; None where it is free."""
    held = ws.tip.get(CLAIM, account=account.account, layer=layer)
    if held and held.status == "held" and held.until >= ws.today:
        answer: Answer = "yours" if held.holder == ws.me else "taken"
        return _answer(answer, account, held, ws)
    path = CLAIM.path.fill(account=account.account, layer=layer)
    item = ws.outbox.item(path)
    on_its_way = item and item.state == "sent" and item.proposal
    noted = ws.view.get(CLAIM, account=account.account, layer=layer) if on_its_way else None
    if noted and noted.holder == ws.me:
        return _answer("under_review", account, noted, ws, reason="Your own claim is being looked at.")
    return None


def _reserved(ws: Workspace, account: Account, wish: Wish) -> Claim | None:
    """The seller's own reserved claim, where there is evidence for it now."""
    held = ws.tip.get(CLAIM, account=account.account, layer=wish.layer)
    return held if held and held.standing == "reserved" and wish.evidence else None


def _files(ws: Workspace, account: Account, wish: Wish) -> tuple[dict[str, bytes | None], Claim]:
    before = ws.tip.get(CLAIM, account=account.account, layer=wish.layer)
    wanted = wanted_claim(ws, account, wish, territory_of(ws, account, wish.layer))
    files = {**account_files(ws, account), **leaving(ws, account.account, wish.layer)}
    files.update([file_of(CLAIM, wanted)])
    files.update([file_of(HOLD, Hold(node=ws.me, account=account.account, layer=wish.layer))])
    if before and before.status == "held" and before.holder != ws.me:
        files[HOLD.path.fill(node=before.holder, account=account.account, layer=wish.layer)] = None
        if left := taking_left(before, wanted, ws.today):
            files.update([file_of(TAKING, left)])
    return files, wanted


def _would(ws: Workspace, account: Account, wanted: Claim, files: dict[str, bytes | None]) -> Answered:
    """What the rules would say, without anything noted."""
    parcel = parcels_of(files, ws.tip)[0]
    judgement = judged(ws, parcel)
    errors, plain = judgement.report.of(Severity.ERROR), plain_judgement(judgement)
    if not errors:
        would = Sent(parcel.title, "would_send", tuple(files), roles=judgement.awaited, verdict=plain).tried
        return _answer("noted", account, wanted, ws, sent=would)
    sent = Sent(parcel.title, "refused", tuple(files), findings=errors, reason=errors[0].message, verdict=plain).tried
    return _answer("refused", account, wanted, ws, sent=sent, reason=sent.reason)


def _sent(ws: Workspace, account: Account, wanted: Claim) -> Answered:
    try:
        result = next(iter(submit(ws, only=account.account).parcels), None)
    except UnavailableError as away:
        return _answer("noted", account, wanted, ws, reason=away.message.removesuffix("."), changed=True)
    fate = result.fate if result else ""
    if fate in ("refused", "conflict", "waiting"):
        look_around(ws)  # who was first is known to the company, and perhaps not here yet
    after = open_workspace(ws.desk)
    try:
        if fate == "accepted":
            return _answer("yours", account, wanted, after, sent=result, changed=True)
        taken = _standing(after, account, wanted.layer)
        if taken and taken.answer == "taken":
            _forget(after, result.paths if result else ())
            return taken
        if taken and taken.answer == "yours" and fate != "refused":
            return replace(taken, changed=True)
        if result and fate in ("refused", "conflict"):
            return _answer("refused", account, wanted, after, sent=result, reason=result.reason)
        reason = result.reason if result else ""
        return _answer("under_review", account, wanted, after, sent=result, reason=reason, changed=True)
    finally:
        after.close()


def _until(ws: Workspace, claim: Claim, lease: Lease | None) -> date:
    return date.fromisoformat(lease.until) if lease else last_day(ws, claim)


def _forget(ws: Workspace, paths: tuple[str, ...]) -> None:
    """A lead that somebody else has was answered for at once, as if it had been taken before: nothing comes back."""
    with ws.desk.busy():
        for path in paths:
            ws.outbox.drop(path)
        forget_sent(ws, paths)
        refresh_index(ws)


def _answer(
    answer: Answer,
    account: Account,
    claim: Claim,
    ws: Workspace,
    *,
    sent: Sent | None = None,
    reason: str = "",
    changed: bool = False,
) -> Answered:
    lease = lease_of(ws, claim) if claim.holder == ws.me else None
    name, today = lead_among(account.account, accounts_of(ws.view, ws.me)), ws.today.isoformat()
    return Answered(
        answer=answer,
        account=account.account,
        name=account.name,
        until=_until(ws, claim, lease),
        kept=kept_words(lease, name=name, today=today) if lease else "",
        lease=lease,
        since=claim.since,
        holder=ws.who(claim.holder),
        provisional=claim.provisional and account.confirmed is None,
        sent=sent,
        reason=reason,
        changed=changed,
    )
