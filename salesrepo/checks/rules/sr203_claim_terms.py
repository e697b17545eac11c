"""SR203: are a claim's dates those that policy gives?"""

from collections.abc import Iterator
from datetime import timedelta

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.activity import ACTIVITY
from salesrepo.domain.kinds.claim import CLAIM, Claim


@rule("SR203", "claim-terms")
def SR203(ctx: CheckContext) -> Iterator[Finding]:
    """A claim runs for the policy's days from the day it was renewed, and only meaningful activity renews it.

    ## Why
    A lease that its holder could lengthen by hand would be a lock for ever. Nobody renews a lead by renewing it: a
    conversation does.

    ## Fix
    Let `salesrepo` write the dates. To renew a claim, log what you did with the account and send it.
    """
    for change, claim in ctx.change.readable(CLAIM):
        if claim.status != "held":
            continue
        before = change.before if change.before and change.before.status == "held" else None
        kept = before if before and before.holder == claim.holder else None
        for field, sentence in _faults(ctx, claim, kept):
            yield Finding(
                "SR203",
                Severity.ERROR,
                sentence,
                Location(change.path, (field,)),
                hint="Leave the dates to salesrepo: log what you did and send it.",
            )


def _faults(ctx: CheckContext, claim: Claim, kept: Claim | None) -> Iterator[tuple[str, str]]:
    policy = ctx.claims_policy
    by_name = claim.account.startswith("n-") and not claim.imported
    until = claim.renewed + timedelta(days=policy.name_key_days if by_name else policy.days)
    if claim.until != until:
        yield "until", f"The claim runs until {until}, {(until - claim.renewed).days} days after {claim.renewed}."
    if claim.renewed > ctx.today:
        yield "renewed", f"{claim.renewed} has not come yet."
    if kept is None:
        if claim.since != claim.renewed:
            yield "since", "A new claim starts on the day it is renewed for the first time."
        return
    if claim.since != kept.since:
        yield "since", f"The claim started on {kept.since}."
    if claim.renewed > kept.renewed and not _worked(ctx, claim):
        yield "renewed", f"Nothing logged here on or after {claim.renewed} renews the claim."
    if claim.imported != kept.imported:
        yield "imported", "Where a record came from is never changed."


def _worked(ctx: CheckContext, claim: Claim) -> bool:
    for _, activities in ctx.change.streams(ACTIVITY):
        for activity in activities:
            same = activity.account == claim.account and activity.layer == claim.layer
            if same and claim.renewed <= activity.day <= ctx.today and activity.is_one_of(ctx.claims_policy.meaningful):
                return True
    return False
