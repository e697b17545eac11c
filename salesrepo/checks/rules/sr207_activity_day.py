"""SR207: did what was logged happen, with an account that is known?"""

from collections.abc import Iterator

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.activity import ACTIVITY


@rule("SR207", "activity-day")
def SR207(ctx: CheckContext) -> Iterator[Finding]:
    """An activity has happened by today, with an account that is known.

    ## Why
    Work renews a claim. A call of next month, or with a company that nobody wrote down, is no work yet; once accepted
    it could not be corrected.

    ## Fix
    Log it on the day on which it happens. What is only planned is a next step: `next:`. A new lead: claim it first.
    """
    for change, activities in ctx.change.streams(ACTIVITY):
        for index, activity in enumerate(activities):
            if activity.day > ctx.today:
                message = f"{activity.day} has not come yet."
                at = Location(change.path, (index, "day"))
                yield Finding("SR207", Severity.ERROR, message, at, hint="Log it on the day on which it happens.")
            if ctx.result.get(ACCOUNT, account=activity.account) is None:
                message = f"There is no account {activity.account}."
                at = Location(change.path, (index, "account"))
                yield Finding("SR207", Severity.ERROR, message, at, hint="Claim the lead first: sr claim LEAD")
