"""Until when is a claim kept, and which rule says so? One definition for the judge, the sweep and the seller."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from salesrepo.domain.kinds.claim import Claim
from salesrepo.domain.kinds.policy_claims import ClaimsPolicy

Bound = Literal["reserved", "name", "first_touch", "activity", "protection", "hard_limit", "customer"]


@dataclass(frozen=True, slots=True)
class Term:
    """The last day on which a claim is kept, and the rule of policy/claims.yml that ends it."""

    until: date
    bound: Bound


def term_of(claim: Claim, policy: ClaimsPolicy, *, advanced: bool = False) -> Term:
    """The claim's last day: the earliest of the policy's bounds, plus the days that a review took.

    `advanced`: an open deal of its holder is at proposal or later, so that the hard limit does not end it.
    """
    bounds = _customer(claim, policy) or (*_work(claim, policy), *_limits(claim, policy, advanced=advanced))
    until, bound = min(bounds, key=lambda found: found[0])
    return Term(until + timedelta(days=claim.given_back), bound)


_Bounds = tuple[tuple[date, Bound], ...]


def _customer(claim: Claim, policy: ClaimsPolicy) -> _Bounds:
    if claim.standing != "customer" or policy.customer_days is None:
        return ()
    return ((claim.renewed + timedelta(days=policy.customer_days), "customer"),)


def _work(claim: Claim, policy: ClaimsPolicy) -> _Bounds:
    by_name = claim.account.startswith("n-") and claim.imported is None
    renewed: tuple[date, Bound] = (claim.renewed + timedelta(days=policy.days), "activity")
    if by_name:
        renewed = (claim.renewed + timedelta(days=policy.name_key_days), "name")
    if claim.standing == "reserved" and policy.reserve is not None:
        return (renewed, (claim.since + timedelta(days=policy.reserve.days), "reserved"))
    untouched = claim.touched is None and claim.renewed == claim.since and claim.imported is None
    if untouched and policy.first_touch_days is not None:
        return (renewed, (claim.since + timedelta(days=policy.first_touch_days), "first_touch"))
    return (renewed,)


def _limits(claim: Claim, policy: ClaimsPolicy, *, advanced: bool) -> _Bounds:
    found: _Bounds = ()
    if policy.protection_days is not None:
        longer = claim.extensions * policy.extension.days if policy.extension else 0
        found = ((claim.since + timedelta(days=policy.protection_days + longer), "protection"),)
    if policy.hard_limit_days is not None and not advanced:
        found = (*found, (claim.since + timedelta(days=policy.hard_limit_days), "hard_limit"))
    return found
