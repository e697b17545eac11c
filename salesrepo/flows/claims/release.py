"""`sr release`: give a claim back, or leave the queue for one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from salesrepo.checks.handles import handle_in
from salesrepo.checks.queues import places
from salesrepo.domain.kinds.account import Account
from salesrepo.domain.kinds.claim import CLAIM, DEFAULT_LAYER
from salesrepo.domain.kinds.hold import HOLD
from salesrepo.domain.kinds.policy_claims import CLAIMS_POLICY
from salesrepo.domain.kinds.taking import TAKING
from salesrepo.domain.lease import taking_left
from salesrepo.errors import RefusedError, UnavailableError
from salesrepo.flows.claims.own_claim import Own, claims_on, open_deals, own_account, own_claim
from salesrepo.flows.claims.queue import leaving
from salesrepo.flows.here.holdings import refresh_index
from salesrepo.flows.here.spoken import LINE, spoken
from salesrepo.flows.here.workspace import Workspace, open_workspace
from salesrepo.flows.sending.deliver import Sent
from salesrepo.flows.sending.submit import send_files, submit
from salesrepo.flows.sending.sync import sync
from salesrepo.store.records import file_of


@dataclass(frozen=True, kw_only=True)
class Released:
    """What was given back: a claim, or (`queue`) a place in a queue. `next` is whose turn it is, by name.

    `not_before` is the first day on which the seller may take it again, where policy makes them wait; `stopped` where
    they thought better of it.

    `sent` is what became of it (or would: `Sent.would`); None where it is only noted, and `reason` says why.
    """

    account: str
    name: str
    layer: str
    queue: bool = False
    next: str = ""
    sent: Sent | None = None
    reason: str = ""
    not_before: date | None = None
    customer: bool = False
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Giving:
    """Why a claim is given back, and who says whether it is, once it is known what that means; or only tried out."""

    reason: str = ""
    agreed: Callable[[Released], bool] = lambda _: True
    dry_run: bool = False


def release(ws: Workspace, lead: str, giving: Giving, *, layer: str = "") -> Released:
    """Give a claim back at once (offline: note it), or leave its queue.

    Raises RefusedError where the seller neither holds it nor waits for it, or deals on it are open.
    """
    offline = ""
    try:
        sync(ws)
    except UnavailableError as away:
        offline = away.message.removesuffix(".")
    here = open_workspace(ws.desk)
    try:
        left = _queue_left(here, lead, layer, dry_run=giving.dry_run)
        return left or _given_up(here, own_claim(here, lead, layer=layer), giving, offline=offline)
    finally:
        here.close()


def _queue_left(ws: Workspace, lead: str, layer: str, *, dry_run: bool) -> Released | None:
    account = own_account(ws, lead)
    wanted = layer or _layer_waited_for(ws, account)
    files = leaving(ws, account.account, wanted)
    if not files or any(claim.holder == ws.me for claim in claims_on(ws.tip, account.account, wanted)):
        return None
    sent = send_files(ws, f"Leave the queue for {account.account}", files, dry_run=dry_run)
    return Released(account=account.account, name=account.name, layer=wanted, queue=True, sent=sent)


def _layer_waited_for(ws: Workspace, account: Account) -> str:
    folder = CLAIM.path.fill(account=account.account, layer="x").rsplit("/", 1)[0]
    mine = [path for path in ws.tip.paths(folder) if path.endswith(f".queue/{ws.me}.yml")]
    return mine[0].rsplit("/", 2)[1].removesuffix(".queue") if mine else DEFAULT_LAYER


def _given_up(ws: Workspace, own: Own, giving: Giving, *, offline: str) -> Released:
    claim, name = own.claim, own.account.name
    if deals := open_deals(ws.view, claim):
        handles = ", ".join(handle_in(ws.view, deal) for deal in deals)
        raise RefusedError(
            f"{name} has open deals: {handles}.",
            hint="End them (sr lose DEAL --reason TEXT), or transfer the account: sr transfer LEAD --to NODE",
        )
    note = spoken(giving.reason, most=LINE).strip() or claim.note
    given = replace(claim, status="released", ended=ws.today, ending="given_up", note=note)
    files: dict[str, bytes | None] = dict([file_of(CLAIM, given)])
    files[HOLD.path.fill(node=ws.me, account=claim.account, layer=claim.layer)] = None
    if left := taking_left(claim, given, ws.today):
        files.update([file_of(TAKING, left)])
    waiting = places(ws.tip, claim.account, claim.layer)
    told = Released(
        account=claim.account,
        name=name,
        layer=claim.layer,
        next=ws.who(waiting[0].node) if waiting else "",
        reason=offline,
        not_before=_not_before(ws),
        customer=claim.standing == "customer",
    )
    if giving.dry_run:
        return replace(told, sent=send_files(ws, f"Release {claim.account}", files, dry_run=True))
    if not giving.agreed(told):
        return replace(told, stopped=True)
    with ws.desk.busy():
        for path, data in files.items():
            ws.note(path, data)
        refresh_index(ws)
    if offline:
        return told
    try:
        return replace(told, sent=next(iter(submit(ws, only=claim.account).parcels), None))
    except UnavailableError as away:
        return replace(told, reason=away.message.removesuffix("."))


def _not_before(ws: Workspace) -> date | None:
    """The first day on which who gives a claim back today may take it again (SR232); None for at once."""
    days = ws.needed(CLAIMS_POLICY).cooldown_days
    return ws.today + timedelta(days=days + 1) if days is not None else None
