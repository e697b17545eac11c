"""`sr extend`: keep a lead beyond the end of its protection, because it is worked on and something comes next."""

from dataclasses import dataclass, replace
from datetime import date
from secrets import token_bytes

from salesrepo.checks.handles import accounts_of
from salesrepo.checks.leases import Work, deals_on, extension_fault, lease_term
from salesrepo.domain.holding import Lease, lead_among
from salesrepo.domain.kinds.activity import ACTIVITY, Activity, NextStep
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.policy_claims import CLAIMS_POLICY
from salesrepo.domain.lease import is_advanced
from salesrepo.domain.lease_words import kept_words
from salesrepo.domain.paths import schema_reference
from salesrepo.domain.ulid import new_ulid
from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.claims.own_claim import own_claim, refuse_pending
from salesrepo.flows.here.holdings import lease_of
from salesrepo.flows.here.spoken import LINE, spoken
from salesrepo.flows.here.workspace import Workspace, open_workspace
from salesrepo.flows.sending.deliver import Sent
from salesrepo.flows.sending.submit import send_files
from salesrepo.flows.sending.sync import sync
from salesrepo.store.emit import emit_document
from salesrepo.store.plain import to_plain
from salesrepo.store.records import file_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended:
    """What became of an extension: `kept` says how long the account is the seller's if it is granted."""

    account: str
    name: str
    layer: str
    number: int
    kept: str
    lease: Lease
    sent: Sent


def extend(ws: Workspace, lead: str, *, layer: str = "", step: str, due: str, dry_run: bool = False) -> Extended:
    """Ask for one more extension, with the next step that it rests on, in one proposal.

    Raises RefusedError where policy does not allow it (yet), UsageError without a dated step, UnavailableError where
    the company cannot be reached.
    """
    if not step.strip() or not due:
        raise UsageError("An extension rests on what comes next.", hint="Add --next TEXT --due DAY.")
    sync(ws)
    here = open_workspace(ws.desk)
    try:
        own = own_claim(here, lead, layer=layer)
        claim = own.claim
        refuse_pending(here, claim)
        _refuse(here, claim, date.fromisoformat(due))
        wanted = replace(claim, extensions=claim.extensions + 1)
        wanted = replace(wanted, until=lease_term(here.tip, wanted, here.needed(CLAIMS_POLICY)).until)
        files: dict[str, bytes | None] = dict((file_of(CLAIM, wanted), _noted(here, claim, step, due)))
        lease, sent = lease_of(here, wanted), _send(here, claim.account, files, dry_run=dry_run)
        return Extended(
            account=claim.account,
            name=own.account.name,
            layer=claim.layer,
            number=wanted.extensions,
            kept=kept_words(
                lease, name=lead_among(claim.account, accounts_of(here.view, here.me)), today=here.today.isoformat()
            ),
            lease=lease,
            sent=sent,
        )
    finally:
        here.close()


def _send(ws: Workspace, account: str, files: dict[str, bytes | None], *, dry_run: bool) -> Sent:
    """Send it, and remember it only while somebody has to look at it: what is refused is told at once."""
    title = f"Extend {account}"
    if dry_run:
        return send_files(ws, title, files, dry_run=True)
    with ws.desk.busy():
        for path, data in files.items():
            ws.note(path, data)
    kept = False
    try:
        sent = send_files(ws, title, files)
        kept = sent.fate in ("review", "sent", "waiting")
        return sent
    finally:
        if not kept:
            with ws.desk.busy():
                for path in files:
                    ws.outbox.drop(path)


def _refuse(ws: Workspace, claim: Claim, due: date) -> None:
    policy = ws.needed(CLAIMS_POLICY)
    if claim.standing == "customer" and policy.customer_days is not None:
        raise RefusedError("It needs no extension: it is your customer.", hint="Log conversations as ever.")
    if is_advanced(claim, deals_on(ws.tip, claim.account)):
        raise RefusedError(
            "It needs no extension: a deal at proposal or later keeps it.", hint="Log conversations as ever."
        )
    fault = extension_fault(claim, claim.renewed, Work(due=due), policy, today=ws.today)
    if fault is not None:
        raise RefusedError(
            fault.sentence, hint=fault.hint.replace("LEAD", lead_among(claim.account, accounts_of(ws.view, ws.me)))
        )


def _noted(ws: Workspace, claim: Claim, step: str, due: str) -> tuple[str, bytes]:
    """The next step as a note of the seller's own, in a stream by itself."""
    now = int(ws.desk.now.timestamp() * 1000)
    note = Activity(
        id=new_ulid(now, token_bytes(10)),
        at=ws.desk.now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        day=ws.today,
        type="note",
        account=claim.account,
        layer=claim.layer,
        next=NextStep(text=spoken(step, most=LINE), due=date.fromisoformat(due)),
    )
    year, month, day = ws.today.isoformat().split("-")
    stream = new_ulid(now, token_bytes(10))
    path = ACTIVITY.path.fill(node=ws.me, year=year, month=month, day=day, stream=stream)
    head = f"# yaml-language-server: $schema={schema_reference(path, ACTIVITY)}\n".encode()
    return path, head + emit_document(to_plain(note))
