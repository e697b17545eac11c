"""What stands in the seller's own log, newest first, accepted or only noted?"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from salesrepo.domain.kinds.activity import ACTIVITY, Activity, NextStep, log_folder
from salesrepo.domain.kinds.deal import Evidence
from salesrepo.domain.paths import place_of
from salesrepo.domain.pipeline import next_step
from salesrepo.errors import RecordError, RefusedError, UsageError
from salesrepo.flows.here.workspace import Workspace
from salesrepo.store.snapshot import RecordSnapshot

LAST = "last"
_ID = re.compile(r"[0-9a-hjkmnp-tv-z]{4,26}", re.ASCII)
_DAY = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}", re.ASCII)


class Logged(NamedTuple):
    """An activity, and how a deal names it."""

    evidence: Evidence
    activity: Activity


def own_log(ws: Workspace, since: date) -> Iterator[Logged]:
    """The seller's own activities noted since the month of a day; each month is read when it is come to."""
    view, month = ws.view, ws.today.replace(day=1)
    while month >= since.replace(day=1):
        yield from sorted(_of_month(ws, view, month), key=lambda one: one.activity.id, reverse=True)
        month = date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def own_streams(ws: Workspace, view: RecordSnapshot, since: date) -> tuple[str, ...]:
    """Where the seller's own log since the month of a day lies."""
    folder = log_folder(ws.me)
    begins = f"{folder}/{since:%Y/%m}"
    return tuple(path for path in view.paths(folder) if path >= begins)


def _of_month(ws: Workspace, view: RecordSnapshot, month: date) -> Iterator[Logged]:
    for path in view.paths(f"{log_folder(ws.me)}/{month:%Y/%m}"):
        place = place_of(path)
        if place is None or place.kind.name != ACTIVITY.name:
            continue
        try:
            activities = view.stream(ACTIVITY, path)
        except RecordError:
            continue  # a stream that cannot be read proves nothing; submit says what is wrong with it
        noted = date(*(int(place.ids[part]) for part in ("year", "month", "day")))
        for activity in activities:
            yield Logged(Evidence(day=noted, id=activity.id, node=ws.me), activity)


def newest(ws: Workspace, account: str, since: date, *, kinds: tuple[str, ...] = ()) -> Logged | None:
    """The last activity with an account, if told of one of these kinds (`meeting.held`)."""
    for one in own_log(ws, since):
        if one.activity.account == account and (not kinds or one.activity.is_one_of(kinds)):
            return one
    return None


def next_told(ws: Workspace, account: str, since: date) -> NextStep | None:
    """What the whole log says comes next with an account, accepted or only noted."""
    told = [one.activity for one in own_log(ws, since) if one.activity.account == account]
    return next_step(sorted(told, key=lambda one: one.id))


def named(ws: Workspace, text: str, account: str, since: date) -> Logged:
    """The activity that a seller means by `last`, a day, or a part of its id.

    Raises UsageError for anything else, RefusedError where the log holds no such activity with the account.
    """
    wanted = text.strip().casefold()
    if not (wanted == LAST or _DAY.fullmatch(wanted) or _ID.fullmatch(wanted)):
        hint = "Write last, or the day on which you logged it: --evidence 2026-11-20."
        raise UsageError(f"{text!r} is no activity.", hint=hint)
    for one in own_log(ws, since):
        if one.activity.account == account and _is_meant(one, wanted):
            return one
    raise RefusedError(
        f"Your log holds no such activity with {account}.", hint="Log it first, such as: sr log meeting LEAD TEXT"
    )


def _is_meant(one: Logged, wanted: str) -> bool:
    day = one.activity.day.isoformat()
    return wanted in (LAST, day) or one.activity.id.startswith(wanted) or one.activity.id.endswith(wanted)
