"""Which leads does an open proposal really ask for, so that others wait behind it?"""

from collections.abc import Collection
from datetime import date

from salesrepo.checks.limits import claims_at, limit_of, pointers_of
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.kinds.policy_claims import CLAIMS_POLICY
from salesrepo.domain.paths import place_of
from salesrepo.errors import RecordError, SalesRepoError
from salesrepo.flows.proposals.judge import node_of, snapshot_at
from salesrepo.forge.base import Forge, Proposal
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.vcs.objects import Objects


def contested(
    forge: Forge,
    other: Proposal,
    tip: RecordSnapshot,
    today: date,
    *,
    claims: Collection[str],
    identities: Collection[str] = (),
) -> dict[str, str]:
    """The claims that another proposal asks for, each with the path that we contest it by.

    That is the claim itself, or an account or alias that both of us add. Giving a claim back, or changing one that is
    over, asks for nothing: that keeps nobody from a lead. Its head is read only where there is something to contest.
    """
    named = other.updates[-1].claims
    if not named or not (identities or set(named) & set(claims)):
        return {}
    try:
        with Objects(forge.repository(tip.commit, other.head)) as objects:
            head = snapshot_at(objects, other.head)
            shared = next((path for path in identities if head.blob(path) is not None), "")
            return {
                path: path if path in claims else shared
                for path in named
                if (path in claims or shared) and _is_asked_for(tip, head, path, today)
            }
    except SalesRepoError:
        return {path: path for path in named if path in claims}  # the judge says what is wrong with it


def _is_asked_for(tip: RecordSnapshot, head: RecordSnapshot, path: str, today: date) -> bool:
    """Whether a proposal takes a claim, or goes on with one that is not over."""
    at = place_of(path)
    if at is None or at.kind is not CLAIM:
        return False
    try:
        held, asked = tip.get(CLAIM, **at.ids), head.get(CLAIM, **at.ids)
    except RecordError:
        return True
    if asked is None or asked.status != "held":
        return False
    goes_on = held is not None and (held.status, held.holder, held.since) == ("held", asked.holder, asked.since)
    return not goes_on or held is None or held.until >= today


def places_left(tip: RecordSnapshot, actor: str, today: date) -> int | None:
    """How many claims under review keep somebody (forge id) a place in line; None: any number.

    As many as they may still take today by their limits, or a pile of claims that wait for a person would keep
    everybody else away from more leads than one may hold.
    """
    node, policy = node_of(tip, actor), tip.get(CLAIMS_POLICY)
    found = limit_of(tip, node, policy, today) if node and policy and policy.limits else None
    if node is None or found is None:
        return None
    limit = found[1]
    held = claims_at(tip, pointers_of(tip, node.node), node.node, today)
    free = limit.open - sum(claim.standing != "customer" for claim in held)
    return max(0, min(cap for cap in (free, limit.per_day, limit.per_week) if cap is not None))
