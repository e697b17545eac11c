"""What does this seller hold? Read from the pointers on main and the outbox, kept for `sr log`."""

from collections.abc import Collection

from salesrepo.checks.handles import accounts_of
from salesrepo.checks.leases import deals_on
from salesrepo.checks.rule import CheckContext
from salesrepo.domain.holding import DealEntry, Holding, Holdings, Lease, handle_of, lead_among
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.activity import log_folder
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.deal import CLOSED, DEAL
from salesrepo.domain.kinds.deal_hold import DEAL_HOLD
from salesrepo.domain.kinds.hold import HOLD
from salesrepo.domain.kinds.policy_claims import CLAIMS_POLICY
from salesrepo.domain.lease import ADVANCED, extension_window, is_advanced, is_identified, renewal_of, term_of
from salesrepo.domain.paths import place_of
from salesrepo.domain.record import shard
from salesrepo.errors import RecordError
from salesrepo.flows.here.ground import Leaving, last_day, leaving, looked_at
from salesrepo.flows.here.workspace import Workspace
from salesrepo.store.index import write_index
from salesrepo.store.snapshot import RecordSnapshot


def holdings_of(ws: Workspace) -> Holdings:
    """The seller's claims and open deals: main with the outbox over it, in one look-up of their own folder."""
    policy = ws.needed(CLAIMS_POLICY)
    view, folder = ws.view, f"holds/{shard(ws.me)}/{ws.me}"
    places = [place for path in view.paths(folder) if (place := place_of(path))]
    pointed = [place.ids for place in places if place.kind.name == DEAL_HOLD.name]
    own = accounts_of(view, ws.me)
    deals = [entry for ids in pointed if (entry := _entry(view, ids["account"], ids["deal"], own))]
    advanced = {(deal.account, deal.layer) for deal in deals if deal.stage in ADVANCED}
    held = [(place.ids["account"], place.ids["layer"]) for place in places if place.kind.name == HOLD.name]
    ctx = looked_at(ws)
    claims = [found for key in held if (found := _holding(ws, view, *key, advanced=key in advanced, ctx=ctx))]
    deals += [entry for path in ws.outbox.contents() if (entry := _closed(view, path, own))]
    return Holdings(
        node=ws.me,
        name=ws.who(ws.me),
        log=log_folder(ws.me),
        time_zone=ws.settings.time_zone,
        meaningful=policy.meaningful,
        claims=tuple(claim._replace(lead=lead_among(claim.account, own)) for claim in claims),
        deals=tuple(deals),
    )


def refresh_index(ws: Workspace) -> Holdings:
    """Write the index that `sr log` reads. The caller holds the lock."""
    found = holdings_of(ws)
    write_index(ws.desk.folder, found)
    return found


def _holding(
    ws: Workspace, view: RecordSnapshot, account: str, layer: str, *, advanced: bool, ctx: CheckContext
) -> Holding | None:
    try:
        claim = view.get(CLAIM, account=account, layer=layer)
        known = view.get(ACCOUNT, account=account)
    except RecordError:
        return None
    item = ws.outbox.item(CLAIM.path.fill(account=account, layer=layer))
    if claim is None or claim.status != "held" or claim.holder != ws.me or (item and item.state == "refused"):
        return None
    accepted = ws.tip.get(CLAIM, account=account, layer=layer)
    mine = accepted is not None and accepted.holder == ws.me and accepted.status == "held"
    other = accepted if accepted and not mine and accepted.status == "held" and accepted.until >= ws.today else None
    claim = accepted if accepted is not None and mine else claim  # what waits for a person counts once it is accepted
    lease = lease_of(ws, claim, advanced=advanced, ctx=ctx)
    return Holding(
        account=account,
        name=known.name if known else account,
        layer=layer,
        since=claim.since.isoformat(),
        renewed=claim.renewed.isoformat(),
        until=lease.until,
        provisional=claim.provisional and not (known and known.confirmed),
        state="held" if mine else "noted",
        days=lease.days,
        also=known.aliases if known else (),
        lease=lease,
        holder=ws.who(other.holder) if other else "",
        held_until=last_day(ws, other, ctx=ctx).isoformat() if other else "",
    )


def lease_of(ws: Workspace, claim: Claim, *, advanced: bool | None = None, ctx: CheckContext | None = None) -> Lease:
    """How long a claim is kept and which rule ends it, by main's policy; its `until` is what the claim says.

    Where the claim's territory passes on and leaves it to its holder for a shorter time, that is the end.
    `advanced`: a deal of the seller's on it is at proposal or later; looked up where it is left out.
    """
    policy = ws.needed(CLAIMS_POLICY)
    if advanced is None:
        advanced = is_advanced(claim, deals_on(ws.view, claim.account))
    known = is_identified(ws.tip.get(ACCOUNT, account=claim.account) or ws.view.get(ACCOUNT, account=claim.account))
    worth = renewal_of(claim, policy, advanced=advanced, identified=known)
    window = None if advanced else extension_window(claim, policy)
    alone = window and policy.extension and claim.extensions < policy.extension.automatic
    lease = Lease(
        until=claim.until.isoformat(),
        bound=term_of(claim, policy, advanced=advanced, identified=known).bound,
        days=worth.days,
        renewed=claim.renewed.isoformat(),
        worked=claim.touched is not None or claim.renewed != claim.since,
        limit=worth.limit.until.isoformat() if worth.limit else "",
        limited=worth.limit.bound if worth.limit else "",
        extend=window.opens.isoformat() if window else "",
        longer=policy.extension.days if alone and policy.extension else 0,
    )
    held = ws.tip.get(CLAIM, account=claim.account, layer=claim.layer)
    own = held is not None and (held.holder, held.since) == (claim.holder, claim.since)
    return _left(lease, leaving(ws, claim.account, claim.layer, ctx=ctx)) if own else lease


def _left(lease: Lease, parting: Leaving | None) -> Lease:
    """A lease as far as the ground that it stands on is left to its holder."""
    if parting is None or parting.last is None:
        return lease
    last = parting.last.isoformat()
    if not lease.limit or last < lease.limit:
        lease = lease._replace(limit=last, limited="territory", extend="", longer=0)
    if last < lease.until:
        lease = lease._replace(until=last, bound="territory")
    return lease._replace(ground=parting.reason)


def _closed(view: RecordSnapshot, path: str, own: Collection[str]) -> DealEntry | None:
    """A deal that was won or lost and is not accepted yet: it can still be mended."""
    place = place_of(path)
    if place is None or place.kind.name != DEAL.name:
        return None
    entry = _entry(view, place.ids["account"], place.ids["deal"], own)
    return entry if entry and entry.stage in CLOSED else None


def _entry(view: RecordSnapshot, account: str, deal: str, own: Collection[str]) -> DealEntry | None:
    try:
        found = view.get(DEAL, account=account, deal=deal)
    except RecordError:
        return None
    if found is None:
        return None
    return DealEntry(deal, account, found.layer, found.stage, handle_of(account, deal, own))
