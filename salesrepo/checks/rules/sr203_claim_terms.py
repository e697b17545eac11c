"""SR203: are a claim's dates those that policy gives?"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from salesrepo.checks.leases import goes_on
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.activity import ACTIVITY
from salesrepo.domain.kinds.claim import CLAIM, Claim

_HINT = "Leave the dates to salesrepo: log what you did and send it."
_ENTRIES = ("holder", "territory", "since", "renewed", "until")


@rule("SR203", "claim-terms")
def SR203(ctx: CheckContext) -> Iterator[Finding]:
    """A claim runs for the policy's days from the day it was renewed, and only meaningful activity renews it.

    ## Why
    A lease that its holder could lengthen by hand would be a lock for ever. Nobody renews a lead by renewing it: a
    conversation does, and giving a lead back to claim it again is none. Giving a claim back changes nothing else of
    it: who held it, and when, stays true.

    ## Fix
    Let `salesrepo` write the dates. To renew a claim, log what you did with the account and send it.
    """
    worked = _worked(ctx)
    for change, claim in ctx.change.readable(CLAIM):
        before = change.before
        faults: Iterable[tuple[str, str]]
        if claim.status == "released":
            faults = _given_back(before, claim)
        elif before is not None and goes_on(before, claim, today=ctx.today):
            faults = _kept(ctx, claim, before, worked.get((claim.account, claim.layer)))
        else:
            faults = (*_new(ctx, claim), *_taken_back(ctx, before, claim, worked.get((claim.account, claim.layer))))
        for field, sentence in faults:
            yield Finding("SR203", Severity.ERROR, sentence, Location(change.path, (field,)), hint=_HINT)


def _new(ctx: CheckContext, claim: Claim) -> Iterator[tuple[str, str]]:
    yield from _length(ctx, claim)
    if claim.renewed > ctx.today:
        yield "renewed", f"{claim.renewed} has not come yet."
    if claim.until < ctx.today:
        yield "until", f"A claim that ended on {claim.until} is over before it begins."
    if claim.since != claim.renewed:
        yield "since", "A new claim starts on the day it is renewed for the first time."


def _kept(ctx: CheckContext, claim: Claim, before: Claim, worked: date | None) -> Iterator[tuple[str, str]]:
    if (claim.renewed, claim.until) != (before.renewed, before.until):  # else a changed policy would touch old leases
        yield from _length(ctx, claim)
    if claim.renewed > ctx.today:
        yield "renewed", f"{claim.renewed} has not come yet."
    else:
        yield from _earned(ctx, claim, before, worked)
    if claim.since != before.since:
        yield "since", f"The claim started on {before.since}."


def _taken_back(
    ctx: CheckContext, before: Claim | None, claim: Claim, worked: date | None
) -> Iterator[tuple[str, str]]:
    """One's own claim, released before its end and claimed again: else that would renew it without any work."""
    if before is not None and before.holder == claim.holder and before.until >= ctx.today:
        yield from _earned(ctx, claim, before, worked)


def _earned(ctx: CheckContext, claim: Claim, before: Claim, worked: date | None) -> Iterator[tuple[str, str]]:
    if before.renewed < claim.renewed <= ctx.today and (worked is None or worked < claim.renewed):
        ways = ", ".join(ctx.claims_policy.meaningful)
        yield "renewed", f"Nothing that was logged on or after {claim.renewed} renews the claim: that takes {ways}."


def _given_back(before: Claim | None, claim: Claim) -> Iterator[tuple[str, str]]:
    if before is None:
        yield "status", "A claim begins as held."
        return
    for field in _ENTRIES:
        if getattr(before, field) != getattr(claim, field):
            yield field, f"Giving a claim back leaves {field} as it was: {getattr(before, field)}."


def _length(ctx: CheckContext, claim: Claim) -> Iterator[tuple[str, str]]:
    policy = ctx.claims_policy
    by_name = claim.account.startswith("n-") and not claim.imported
    until = claim.renewed + timedelta(days=policy.name_key_days if by_name else policy.days)
    if claim.until != until:
        yield "until", f"The claim runs until {until}, {(until - claim.renewed).days} days after {claim.renewed}."


def _worked(ctx: CheckContext) -> dict[tuple[str, str], date]:
    """The last day of meaningful activity that is sent along, for each account and layer."""
    found: dict[tuple[str, str], date] = {}
    for _, activities in ctx.change.streams(ACTIVITY):
        for activity in activities:
            if activity.day <= ctx.today and activity.is_one_of(ctx.claims_policy.meaningful):
                key = (activity.account, activity.layer)
                found[key] = max(found.get(key, activity.day), activity.day)
    return found
