"""Which leads does an open proposal really ask for, and does it stand, so that others wait behind it?

Whoever asks for a lead first is waited for: for as many days as policy gives a review, and as long as the rules would
still let it in. A lead is asked for by taking it; whose claim is over on main, by a lease that begins after its end.
Going on with one's own lease asks for nothing, nor does giving it back. Whether it is waited for is three answers:
what the rules say of it today (`verdict_on`), whether its days of review are over (`is_patient`), and for how many
leads at once its sender may keep a place (`places_left`). Who waits for whom is put together in `rivals.py`.
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta

from salesrepo.checks.identities import own_alias
from salesrepo.checks.limits import claims_at, limit_of, pointers_of
from salesrepo.domain.finding import Verdict
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.alias import ALIAS
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.policy_claims import CLAIMS_POLICY
from salesrepo.domain.paths import place_of
from salesrepo.errors import RecordError, SalesRepoError
from salesrepo.flows.proposals.judge import (
    Case,
    UnfitHeadError,
    judge,
    merge_day,
    node_of,
    plan_of,
    result_of,
    snapshot_at,
)
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

    That is the claim itself, or an account or alias that both of us add: of theirs only the key of what they claim and
    the alias of its own name, since a list of other companies' names would keep everybody from all of them. Its head is
    read only where there is something to contest.
    """
    named = other.updates[-1].claims
    if not named or not (identities or set(named) & set(claims)):
        return {}
    try:
        with Objects(forge.repository(tip.commit, other.head)) as objects:
            head = snapshot_at(objects, other.head)
            by = {path: path if path in claims else _shared(head, path, identities) for path in named}
            return {path: at for path, at in by.items() if at and asks_for(tip, head, path, today)}
    except SalesRepoError:
        return {path: path for path in named if path in claims}  # the judge says what is wrong with it


def is_patient(tip: RecordSnapshot, proposal: Proposal, today: date) -> bool:
    """Whether a proposal is still within the days that policy lets a review take."""
    policy = tip.get(CLAIMS_POLICY)
    opened = merge_day(tip, datetime.fromtimestamp(proposal.created, UTC))
    return opened + timedelta(days=policy.review_days if policy else 0) >= today


def verdict_on(forge: Forge, other: Proposal, tip: RecordSnapshot, today: date) -> tuple[Verdict, str]:
    """What the rules say of a proposal now, whoever else is in line, and why; refused where main has moved under it."""
    try:
        with Objects(forge.repository(tip.commit, other.head)) as objects:
            plan = plan_of(objects, tip.commit, other.head)
            if plan.conflicts:
                return Verdict.REFUSED, "Somebody else changed the same records meanwhile."
            case = Case(actor_id=other.actor, actor=node_of(tip, other.actor), today=today, head=other.head)
            judgement = judge(tip, plan.changes, result_of(tip, objects, plan.changes), case)
        return judgement.verdict, judgement.summary
    except UnfitHeadError as unfit:
        return Verdict.REFUSED, unfit.message


def _shared(head: RecordSnapshot, path: str, identities: Collection[str]) -> str:
    """Of the identities that we add, the key of what they claim or the alias of its name; empty for neither."""
    at = place_of(path)
    if not identities or at is None or at.kind is not CLAIM:
        return ""
    key = at.ids["account"]
    account = head.get(ACCOUNT, account=key)
    alias = own_alias(account) if account else ""
    own = [ACCOUNT.path.fill(account=key), *([ALIAS.path.fill(alias=alias)] if alias else [])]
    return next((one for one in own if one in identities and head.blob(one) is not None), "")


def asks_for(tip: RecordSnapshot, head: RecordSnapshot, path: str, today: date) -> bool:
    """Whether a head takes a claim (by its path), rather than go on with it or let go of it."""
    try:
        held, asked = claim_at(tip, path), claim_at(head, path)
    except RecordError:
        return True  # the judge says what is wrong with it
    if asked is None or asked.status != "held":
        return False
    if held is None or held.status != "held":
        return True
    return asked.since > held.until if held.until < today else asked.holder != held.holder


def claim_at(snapshot: RecordSnapshot, path: str) -> Claim | None:
    """The claim at a path; None where there is none, or the path is not one of a claim. Raises RecordError."""
    at = place_of(path)
    return snapshot.get(CLAIM, **at.ids) if at and at.kind is CLAIM else None


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
