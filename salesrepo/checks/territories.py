"""Does an account lie in the territory that a claim names, and does its holder sell there?

Main is free of overlap, so the leaf, its groups, a residual's siblings and the account's lock are all that is read.
"""

from dataclasses import dataclass

from salesrepo.checks.rule import CheckContext, sentence
from salesrepo.domain.kinds.account import Account
from salesrepo.domain.kinds.claim import Claim
from salesrepo.domain.kinds.named_account import NAMED_ACCOUNT
from salesrepo.domain.kinds.policy_territory import TERRITORY_POLICY
from salesrepo.domain.kinds.territory import TERRITORY, Territory, groups_of, territory_file
from salesrepo.domain.snapshot import Snapshot
from salesrepo.territory.codes import PLAIN, codes_of
from salesrepo.territory.coverage import holders, holds
from salesrepo.territory.facts import Reason
from salesrepo.territory.place import covers

_CLAIM_AGAIN = "Claim it again, so that salesrepo finds the territory: sr claim LEAD"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a claim does not stand, and what to do about it."""

    sentence: str
    hint: str


def judge_claim(ctx: CheckContext, claim: Claim, account: Account) -> Refusal | None:
    """None where the account lies in the claim's territory today and the holder sells there."""
    territory = ctx.tip.read(TERRITORY, territory_file(claim.territory))
    if territory is None:
        return Refusal(f"There is no territory {claim.territory}.", _CLAIM_AGAIN)
    if territory.layer != claim.layer and territory.kind != "group":
        return Refusal(
            f"The territory {claim.territory} is of the layer {territory.layer}, the claim of {claim.layer}.",
            "Claim the layer that the territory sells.",
        )
    reason = outside(ctx, claim, account, territory)
    if reason is not None:
        return Refusal(sentence(reason.message), reason.hint or _CLAIM_AGAIN)
    policy = ctx.tip.get(TERRITORY_POLICY)
    if not holds(territory, claim.holder, day=ctx.today, policy=policy):
        names = ", ".join(ctx.who(c.node) for c in holders(territory, ctx.today, policy=policy)) or "nobody"
        return Refusal(
            f"{account.name} lies in {territory.name}, which {names} covers, not {ctx.who(claim.holder)}.",
            "Refer the lead to them, or ask sales operations to name the account to your territory.",
        )
    return None


def outside(ctx: CheckContext, claim: Claim, account: Account, territory: Territory) -> Reason | None:
    """Why the account of a claim does not lie in a territory today; None where it does."""
    groups = [g for path in groups_of(territory.territory) if (g := ctx.tip.read(TERRITORY, territory_file(path)))]
    lock = ctx.tip.get(NAMED_ACCOUNT, account=claim.account, layer=claim.layer)
    siblings = _siblings(ctx, territory) if territory.kind == "residual" else ()
    policy = ctx.tip.get(TERRITORY_POLICY)
    codes = codes_of(policy) if policy else PLAIN
    return covers(territory, account, groups=groups, day=ctx.today, siblings=siblings, lock=lock, codes=codes)


def facts_stand(account: Account, holder: str) -> bool:
    """Whether somebody else than the one who claims it vouched for the account's facts, so that they count.

    An import may vouch for its own sender's accounts: a second person approved it (SR603).
    """
    confirmed = account.confirmed
    return confirmed is not None and (confirmed.how == "import" or confirmed.by != holder)


def _siblings(ctx: CheckContext, residual: Territory) -> tuple[Territory, ...]:
    """The siblings of a residual, listed once for all the claims that name it."""
    key = f"siblings of {residual.territory}"
    known = ctx.memo.get(key)
    if not isinstance(known, tuple):
        known = ctx.memo[key] = residual_siblings(ctx.tip, residual)
    return known


def residual_siblings(snapshot: Snapshot, residual: Territory) -> tuple[Territory, ...]:
    """The leaves in a residual's folder and the groups right below it."""
    folder = f"territories/{residual.folder}"
    depth = folder.count("/") + 1
    found = []
    for path, territory in snapshot.all(TERRITORY, folder):
        below = path.count("/") - depth
        if territory.territory != residual.territory and (below == 0 or (below == 1 and territory.kind == "group")):
            found.append(territory)
    return tuple(found)
