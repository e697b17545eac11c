"""SR207: did what was logged happen, with an account that is known, and once?"""

from collections.abc import Iterator
from datetime import date, timedelta

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.activity import ACTIVITY, Activity, log_folder

_OLD = timedelta(days=366)


@rule("SR207", "activity-day")
def SR207(ctx: CheckContext) -> Iterator[Finding]:
    """An activity has happened by the day on which it was noted, with an account that is known, and stands there once.

    ## Why
    Work renews a claim. A call of next month, or with a company that nobody wrote down, is no work yet; once accepted
    it could not be corrected. The stream's path says when it was noted: that is not before it happened, nor after
    today. What happened more than a year ago is kept, with a warning: nobody remembers it well.

    ## Fix
    Log it on the day on which it happens. What is only planned is a next step: `next:`. A new lead: claim it first.
    """
    for change, activities in ctx.change.streams(ACTIVITY):
        noted = _noted(change)
        if noted is not None and noted > ctx.today:
            message = f"Nothing can be noted on {noted} yet."
            yield Finding("SR207", Severity.ERROR, message, Location(change.path), hint="Let sr log name the file.")
        taken = _ids_beside(ctx, change) if activities else set()
        for index, activity in enumerate(activities):
            for field, severity, message, hint in _faults(ctx, activity, noted):
                yield Finding("SR207", severity, message, Location(change.path, (index, field)), hint=hint)
            if activity.id in taken:
                at = Location(change.path, (index, "id"))
                message = f"Another activity of that day is called {activity.id}."
                yield Finding("SR207", Severity.ERROR, message, at, hint="Log it anew: sr log")
            taken.add(activity.id)


def _faults(ctx: CheckContext, activity: Activity, noted: date | None) -> Iterator[tuple[str, Severity, str, str]]:
    day = activity.day
    if day > ctx.today:
        yield "day", Severity.ERROR, f"{day} has not come yet.", "Log it on the day on which it happens."
    elif noted is not None and day > noted:
        yield "day", Severity.ERROR, f"It was noted on {noted}, before {day}.", "Log it anew: sr log"
    elif day < ctx.today - _OLD:
        yield "day", Severity.WARNING, f"{day} is more than a year ago.", "Check the day."
    if ctx.result.get(ACCOUNT, account=activity.account) is None:
        message = f"There is no account {activity.account}."
        yield "account", Severity.ERROR, message, "Claim the lead first: sr claim LEAD"


def _noted(change: RecordChange[Activity]) -> date | None:
    """The day that the path names; SR102 says where it names none."""
    ids = change.ids
    try:
        return date.fromisoformat(f"{ids['year']}-{ids['month']}-{ids['day']}")
    except ValueError:
        return None


def _ids_beside(ctx: CheckContext, change: RecordChange[Activity]) -> set[str]:
    """The ids in the other streams of that node's day."""
    ids = change.ids
    folder = f"{log_folder(ids['node'])}/{ids['year']}/{ids['month']}"
    begins = f"{folder}/{ids['day']}-"
    others = (path for path in ctx.result.paths(folder) if path.startswith(begins) and path != change.path)
    return {activity.id for path in others for activity in ctx.result.stream(ACTIVITY, path)}
