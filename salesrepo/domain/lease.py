"""Until when is a claim kept, and which rule says so? One definition for the judge, the sweep and the seller."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from salesrepo.domain.kinds.account import Account
from salesrepo.domain.kinds.claim import Claim
from salesrepo.domain.kinds.deal import Deal
from salesrepo.domain.kinds.policy_claims import ClaimsPolicy
from salesrepo.domain.kinds.taking import Taking

Bound = Literal["reserved", "name", "first_touch", "activity", "protection", "hard_limit", "customer"]
LIMITS: tuple[Bound, ...] = ("protection", "hard_limit")
ADVANCED = ("proposal", "negotiation")
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Term:
    """The last day on which a claim is kept, and the rule of policy/claims.yml that ends it."""

    until: date
    bound: Bound


@dataclass(frozen=True, slots=True)
class Renewal:
    """What a conversation is worth: a claim runs `days` from its day (the days of a review included), up to `limit`."""

    days: int
    limit: Term | None


@dataclass(frozen=True, slots=True)
class Window:
    """The first and the last day on which one more extension may be asked for."""

    opens: date
    closes: date


def is_identified(account: Account | None) -> bool:
    """Whether a company is known by more than its name: its key, or what it learnt since, is a domain or a number."""
    return account is not None and not all(key.startswith("n-") for key in (account.account, *account.aliases))


def term_of(claim: Claim, policy: ClaimsPolicy, *, advanced: bool = False, identified: bool = False) -> Term:
    """The claim's last day: the earliest of the policy's bounds, plus the days that a review took.

    `advanced`: an open deal of its holder is at proposal or later, so that neither the end of the protection nor the
    hard limit ends it. `identified`: the company is known by more than its name, whatever its key (`is_identified`).
    """
    bounds = (*_work(claim, policy, identified=identified), *_limits(claim, policy, advanced=advanced))
    found = min(bounds, key=lambda term: term.until)
    return Term(found.until + timedelta(days=claim.given_back), found.bound)


def renewal_of(claim: Claim, policy: ClaimsPolicy, *, advanced: bool = False, identified: bool = False) -> Renewal:
    """How far a conversation carries the claim."""
    days, _ = _pace(claim, policy, identified=identified)
    limits = _limits(claim, policy, advanced=advanced)
    back = timedelta(days=claim.given_back)
    first = min(limits, key=lambda term: term.until, default=None)
    return Renewal(days + claim.given_back, Term(first.until + back, first.bound) if first else None)


def extension_window(claim: Claim, policy: ClaimsPolicy) -> Window | None:
    """When one more extension may be asked for; None where policy or their number allows none, or it has no effect."""
    terms, protection = policy.extension, policy.protection_days
    if terms is None or protection is None or claim.standing != "registered" or claim.extensions >= terms.most:
        return None
    ends = protection + claim.extensions * terms.days
    if policy.hard_limit_days is not None and ends >= policy.hard_limit_days:
        return None
    closes = claim.since + timedelta(days=ends + claim.given_back)
    return Window(closes - timedelta(days=terms.before), closes)


def is_advanced(claim: Claim, deals: Iterable[Deal]) -> bool:
    """Whether one of these deals of the account is open, the holder's, on this layer, and at proposal or later."""
    return any(deal.stage in ADVANCED and _own(claim, deal) for deal in deals)


def has_bought(claim: Claim, deals: Iterable[Deal], policy: ClaimsPolicy, today: date) -> bool:
    """Whether one of these deals of the account was won by the claim's holder on this layer, lately enough.

    Who is a customer by the claim stays one, whenever they bought; a sale of more than the policy's `customer_days` ago
    makes nobody one again.
    """
    always = claim.standing == "customer" or policy.customer_days is None
    since = date.min if always or policy.customer_days is None else today - timedelta(days=policy.customer_days)
    won = (deal for deal in deals if deal.stage == "won" and _own(claim, deal))
    return any(always or (deal.signed is not None and deal.signed >= since) for deal in won)


def let_go_on(claim: Claim, today: date) -> date | None:
    """The last day on which the holder had the claim; None where they have it still.

    A release of a time before `ended` was written counts from the last renewal.
    """
    if claim.status == "released":
        return claim.ended or min(claim.renewed, claim.until)
    return claim.until if claim.until < today else None


def taking_left(before: Claim, after: Claim, today: date) -> Taking | None:
    """What still counts as taken once a claim of the last seven days is given back or lapses; None where nothing does.

    What a transfer, a decision, a change of territories or a leaver ends was not given up to take the next.
    """
    if before.status != "held" or before.imported is not None or before.since <= today - WEEK:
        return None
    if after.status == "released":
        ends = after.ending in (None, "given_up", "lapsed")
    else:
        ends = after.holder != before.holder and before.until < today
    if not ends:
        return None
    return Taking(node=before.holder, day=before.since, account=before.account, layer=before.layer)


def is_untouched(claim: Claim) -> bool:
    """Whether its holder has never worked on it."""
    return claim.touched is None and claim.renewed == claim.since and claim.imported is None


def _own(claim: Claim, deal: Deal) -> bool:
    return (deal.account, deal.layer, deal.node) == (claim.account, claim.layer, claim.holder)


def _pace(claim: Claim, policy: ClaimsPolicy, *, identified: bool) -> tuple[int, Bound]:
    """How many days a renewal lasts, and by which rule."""
    if _is_customer(claim, policy) and policy.customer_days is not None:
        return policy.customer_days, "customer"
    if claim.account.startswith("n-") and not identified and claim.imported is None:
        return policy.name_key_days, "name"
    return policy.days, "activity"


def _is_customer(claim: Claim, policy: ClaimsPolicy) -> bool:
    return claim.standing == "customer" and policy.customer_days is not None


def _work(claim: Claim, policy: ClaimsPolicy, *, identified: bool) -> tuple[Term, ...]:
    days, bound = _pace(claim, policy, identified=identified)
    renewed = Term(claim.renewed + timedelta(days=days), bound)
    if claim.standing == "reserved" and policy.reserve is not None:
        return (Term(claim.since + timedelta(days=policy.reserve.days), "reserved"), renewed)
    if bound != "customer" and is_untouched(claim) and policy.first_touch_days is not None:
        return (renewed, Term(claim.since + timedelta(days=policy.first_touch_days), "first_touch"))
    return (renewed,)


def _limits(claim: Claim, policy: ClaimsPolicy, *, advanced: bool) -> tuple[Term, ...]:
    if advanced or _is_customer(claim, policy):
        return ()
    found: tuple[Term, ...] = ()
    if policy.protection_days is not None:
        longer = claim.extensions * policy.extension.days if policy.extension else 0
        found = (Term(claim.since + timedelta(days=policy.protection_days + longer), "protection"),)
    if policy.hard_limit_days is not None:
        found = (*found, Term(claim.since + timedelta(days=policy.hard_limit_days), "hard_limit"))
    return found
