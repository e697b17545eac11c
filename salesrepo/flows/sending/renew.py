"""Which of a seller's claims does the work they send renew?"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from salesrepo.checks.leases import Work, deals_on, extension_fault, lease_term, work_in
from salesrepo.domain.kinds.activity import ACTIVITY, Activity
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.kinds.policy_claims import CLAIMS_POLICY, ClaimsPolicy
from salesrepo.domain.lease import ADVANCED, has_bought, is_advanced
from salesrepo.domain.paths import place_of
from salesrepo.domain.record import Kind
from salesrepo.domain.snapshot import Snapshot
from salesrepo.errors import RecordError
from salesrepo.flows.here.workspace import Workspace
from salesrepo.store.records import file_of
from salesrepo.store.snapshot import RecordSnapshot, parse
from salesrepo.store.trees import overlay_bytes


def renewals(ws: Workspace, files: Mapping[str, bytes | None]) -> dict[str, bytes | None]:
    """The claim files that the work among `files` changes, with their new bytes.

    Meaningful activities renew a claim, and make a reserved one registered; a deal that comes to proposal lifts the
    limits of its account's claim.
    """
    policy = ws.needed(CLAIMS_POLICY)
    activities: list[Activity] = _records(ACTIVITY, files)
    worked = work_in(activities, policy, today=ws.today)
    deals = {(deal.account, deal.layer) for deal in _records(DEAL, files) if deal.stage in ADVANCED}
    after = RecordSnapshot(overlay_bytes(ws.tip.tree, files), ws.main)
    found: dict[str, bytes | None] = {}
    for account, layer in dict.fromkeys((*worked, *sorted(deals))):
        claim = ws.tip.get(CLAIM, account=account, layer=layer)
        if claim is None or (claim.status, claim.holder) != ("held", ws.me):
            continue
        renewed = worked_on(after, claim, worked.get((account, layer), Work()), policy, today=ws.today)
        if renewed == claim and (account, layer) in deals:
            renewed = _lasting(after, claim, claim, policy, today=ws.today)
        path, data = file_of(CLAIM, renewed)
        if renewed != claim and (renewed.until > claim.until or not _waits(ws, path)):
            found[path] = data
    return found


def _waits(ws: Workspace, path: str) -> bool:
    """Whether a change of the claim is under review, which another change of it would only make fail."""
    item = ws.outbox.item(path)
    return item is not None and item.state == "sent" and item.proposal > 0


def worked_on(after: Snapshot, claim: Claim, work: Work, policy: ClaimsPolicy, *, today: date) -> Claim:
    """The claim as it becomes by what is sent; the same where that would not keep it any longer.

    `after` is the company with what is sent in place. The first extensions need nobody's word and come by themselves.
    """
    new = _spoken_with(claim, work)
    if new.standing == "registered" and policy.customer_days is not None and work.days:
        if has_bought(new, deals_on(after, claim.account), policy, today):
            new = replace(new, standing="customer")
    if _is_extended(after, claim, new, work, policy, today=today):
        new = replace(new, extensions=claim.extensions + 1)
    return claim if new == claim else _lasting(after, claim, new, policy, today=today)


def _lasting(after: Snapshot, claim: Claim, new: Claim, policy: ClaimsPolicy, *, today: date) -> Claim:
    found = replace(new, until=lease_term(after, new, policy).until)
    return found if found.until >= max(claim.until, today) else claim


def _spoken_with(claim: Claim, work: Work) -> Claim:
    if not work.days:
        return claim
    first = claim.touched or (work.days[0] if claim.renewed == claim.since else None)
    new = replace(claim, renewed=max(claim.renewed, work.days[-1]), touched=first)
    return replace(new, standing="registered", evidence="two_way_contact") if claim.standing == "reserved" else new


def _is_extended(after: Snapshot, claim: Claim, new: Claim, work: Work, policy: ClaimsPolicy, *, today: date) -> bool:
    """Whether an extension comes by itself: it needs no person, and the claim needs it."""
    if policy.extension is None or claim.extensions >= policy.extension.automatic:
        return False
    if new.standing != "registered" or extension_fault(claim, new.renewed, work, policy, today=today):
        return False
    return not is_advanced(claim, deals_on(after, claim.account))


def _records(kind: Kind[Any], files: Mapping[str, bytes | None]) -> list[Any]:
    """The records of a kind among the files that can be read; the judge says what is wrong with the others."""
    found: list[Any] = []
    for path, data in files.items():
        place = place_of(path)
        if data is None or place is None or place.kind.name != kind.name:
            continue
        try:
            found.extend(parse(kind, data, path=path))
        except RecordError:
            continue
    return found
