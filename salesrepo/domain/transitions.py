"""What is due for a claim, by its dates and what stands around it? One definition for the sweep and its judge."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from salesrepo.domain.kinds.claim import Claim
from salesrepo.domain.kinds.place_in_queue import PlaceInQueue
from salesrepo.domain.kinds.policy_claims import ClaimsPolicy
from salesrepo.domain.lease import LIMITS, term_of

Step = Literal["given_back", "customer", "kept", "lapsed", "territory", "granted"]

GIVEN_BACK_WITHIN = 30  # days after a lease began in which the days of its review are given back

MOST_GIVEN_BACK = 365


@dataclass(frozen=True, slots=True)
class Transition:
    """A claim as it has to become, and by which steps."""

    steps: tuple[Step, ...]
    claim: Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around a claim.

    `reviewed`: whole days that its proposal waited. `bought`: its holder won a
    deal on it. `advanced`: an open deal of theirs is at proposal or later. `heir`: the claim of the first in its queue
    who may have it. `ground`: the last day that it is left to a holder who sells there no longer, or will not; None
    where they sell there, or nothing but its lease ends it.
    """

    reviewed: int = 0
    bought: bool = False
    advanced: bool = False
    heir: Claim | None = None
    ground: date | None = None


def due(claim: Claim, policy: ClaimsPolicy, today: date, around: Around) -> Transition | None:
    """What a claim becomes today without anybody's doing; None where it stays as it is.

    A held one gets the days of its review back, becomes a customer's, and is kept while a deal on it is far enough;
    where that does not keep it, its holder sells there no longer, or it was given up, the first in its queue gets it;
    else it is released. What lapsed ended on its last day, whenever that is noticed. A customer stays with who sold to
    them, whatever becomes of territories.
    """
    how: Literal["lapsed", "territory"] = "lapsed"
    ended = today
    if claim.status == "held":
        kept = _kept(claim, policy, around)
        ground = around.ground if kept.claim.standing != "customer" else None
        if kept.claim.until >= today and (ground is None or ground >= today):
            return kept if kept.steps else None
        if ground is not None and ground < kept.claim.until:
            how = "territory"
        else:
            ended = kept.claim.until
    if around.heir is not None:
        return Transition(("granted",), around.heir)
    if claim.status == "held":
        return Transition((how,), replace(claim, status="released", ended=ended, ending=how))
    return None


def granted(
    place: PlaceInQueue,
    policy: ClaimsPolicy,
    today: date,
    *,
    provisional: bool = False,
    referred_by: str | None = None,
) -> Claim:
    """The claim that somebody gets whose turn has come."""
    claim = Claim(
        account=place.account,
        layer=place.layer,
        status="held",
        holder=place.node,
        territory=place.territory,
        since=today,
        renewed=today,
        until=today,
        provisional=provisional,
        standing="registered" if policy.reserve is None else "reserved",
        referred_by=referred_by,
    )
    return replace(claim, until=term_of(claim, policy).until)


def reviewed_days(asked: date, merged: date) -> int:
    """The whole days that a review of a claim's proposal took, so that its term runs from the day of the merge."""
    return max(0, min((merged - asked).days, MOST_GIVEN_BACK))


def may_get_days_back(claim: Claim, policy: ClaimsPolicy, today: date) -> bool:
    """Whether the lease is young enough that days of its review are still given back, and none were."""
    young = claim.since >= today - timedelta(days=GIVEN_BACK_WITHIN + policy.review_days)
    return claim.status == "held" and not claim.given_back and young


def _kept(claim: Claim, policy: ClaimsPolicy, around: Around) -> Transition:
    steps: tuple[Step, ...] = ()
    if around.reviewed and not claim.given_back:
        until = claim.until + timedelta(days=around.reviewed)
        claim, steps = replace(claim, given_back=around.reviewed, until=until), ("given_back",)
    if around.bought and claim.standing != "customer":
        customer = replace(claim, standing="customer")
        until = max(claim.until, term_of(customer, policy, advanced=around.advanced).until)
        claim, steps = replace(customer, until=until), (*steps, "customer")
    longer = term_of(claim, policy, advanced=True).until
    if around.advanced and longer > claim.until and term_of(claim, policy).bound in LIMITS:
        claim, steps = replace(claim, until=longer), (*steps, "kept")
    return Transition(steps, claim)
