"""SR231: may this node take one more claim?"""

from collections.abc import Iterator
from datetime import timedelta

from salesrepo.checks.leases import taken
from salesrepo.checks.limits import DEFAULT, claims_at, limit_of, pointers_of
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.claim import Claim
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.policy_claims import Limit

_WEEK = timedelta(days=7)


@rule("SR231", "claim-limit")
def SR231(ctx: CheckContext) -> Iterator[Finding]:
    """Nobody takes more claims than policy allows: open at once, in a day, in a week, and reserved without evidence.

    ## Why
    A lead that lies in somebody's drawer is sold by nobody. How many a node may hold goes by the certificates it has;
    customers do not count, nor does what was brought in from another system count as taken. Whoever is over a limit
    keeps what they have and takes no more; renewing a claim and giving one back is never refused for it.

    ## Fix
    Release a claim that you do not work on, or pass the next certification.
    """
    for change, claim in taken(ctx):
        for message, hint in _faults(ctx, claim):
            yield Finding("SR231", Severity.ERROR, message, Location(change.path), hint=hint)


def _faults(ctx: CheckContext, claim: Claim) -> Iterator[tuple[str, str]]:
    policy, node = ctx.claims_policy, ctx.tip.get(NODE, node=claim.holder)
    found = limit_of(ctx.tip, node, policy, ctx.today) if node and policy.limits else None
    level, limit = found or (DEFAULT, None)
    reserved = policy.reserve.most if policy.reserve and claim.standing == "reserved" else None
    caps = [cap for cap in _caps(limit, reserved) if cap is not None]
    pointers = pointers_of(ctx.result, claim.holder)
    if not caps or len(pointers) <= min(caps):
        return
    held = claims_at(ctx.result, pointers, claim.holder, ctx.today)
    who = ctx.who(claim.holder)
    if limit is not None:
        yield from _over(who, level, limit, claim, held)
    if reserved is not None and (open_ := sum(one.standing == "reserved" for one in held)) > reserved:
        message = f"{who} would have {open_} reserved claims; {reserved} are the most."
        yield message, "Log a conversation with one of them, or claim with --evidence."


def _caps(limit: Limit | None, reserved: int | None) -> tuple[int | None, ...]:
    return (reserved, limit.open, limit.per_day, limit.per_week) if limit else (reserved,)


def _over(who: str, level: str, limit: Limit, claim: Claim, held: tuple[Claim, ...]) -> Iterator[tuple[str, str]]:
    grade = "without a certificate" if level == DEFAULT else f"for {level}"
    open_ = sum(one.standing != "customer" for one in held)
    if open_ > limit.open:
        message = f"{who} would hold {open_} open claims; {limit.open} are the most {grade}."
        yield message, "Release one that you do not work on: sr status lists them."
    days = [one.since for one in held if one.imported is None and one.since <= claim.since]
    today = sum(day == claim.since for day in days)
    if limit.per_day is not None and today > limit.per_day:
        message = f"{who} would have taken {today} claims on {claim.since}; {limit.per_day} a day are the most {grade}."
        yield message, "Claim it tomorrow."
    week = sum(day > claim.since - _WEEK for day in days)
    if limit.per_week is not None and week > limit.per_week:
        message = f"{who} would have taken {week} claims in seven days; {limit.per_week} are the most {grade}."
        yield message, f"Claim it from {min(d for d in days if d > claim.since - _WEEK) + _WEEK} on."
