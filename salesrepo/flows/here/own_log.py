"""What stands in the seller's own log, newest first, accepted or only noted?"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple, get_args

from salesrepo.domain.kinds.activity import ACTIVITY, Activity, ActivityType, NextStep, log_folder
from salesrepo.domain.kinds.deal import Evidence
from salesrepo.domain.paths import place_of
from salesrepo.domain.pipeline import next_step
from salesrepo.errors import RecordError, RefusedError, UsageError
from salesrepo.flows.here.workspace import Workspace
from salesrepo.store.snapshot import RecordSnapshot

LAST = "last"
_TODAY, _YESTERDAY = "today", "yesterday"
_TYPES: tuple[str, ...] = get_args(ActivityType)
_LEAST = 5  # letters of an id that are shown at least: those of a year's log rarely share them
_ID = re.compile(r"[0-9a-hjkmnp-tv-z]{4,26}", re.ASCII)
_DAY = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}", re.ASCII)


class Short(NamedTuple):
    """An activity, and the end of its id that means it alone."""

    id: str
    activity: Activity


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
    """The activity that a seller means by `last`, a kind (the last such), a day, or a beginning or end of its id.

    Raises UsageError for anything else, RefusedError where the log holds no such activity with the account, or where
    a part of an id is that of several.
    """
    wanted = text.strip().casefold()
    days = {_TODAY: ws.today, _YESTERDAY: ws.today - timedelta(days=1)}
    wanted = str(days.get(wanted, wanted))
    part = _ID.fullmatch(wanted) is not None and wanted not in (LAST, *_TYPES)
    if not (part or wanted in (LAST, *_TYPES) or _DAY.fullmatch(wanted)):
        hint = f"Write last, {', '.join(_TYPES)}, a day such as 2026-11-20, or an id: sr log list LEAD shows them."
        raise UsageError(f"{text!r} is no activity.", hint=hint)
    known = (one for one in own_log(ws, since) if one.activity.account == account)
    if part:
        return _only(text, [one for one in known if one.activity.id.startswith(wanted) or _ends(one, wanted)])
    found = next((one for one in known if wanted in (LAST, one.activity.type, one.activity.day.isoformat())), None)
    return found or _only(text, [])


def recent(ws: Workspace, account: str = "", *, most: int) -> tuple[Short, ...]:
    """The seller's own last activities of a year (with one account), newest first, with ids short enough to type."""
    ids: list[str] = []
    wanted: list[Activity] = []
    for one in own_log(ws, ws.today - timedelta(days=365)):
        ids.append(one.activity.id)
        wanted += [one.activity] if account in ("", one.activity.account) else []
        if len(wanted) == most:
            break
    return tuple(Short(_short(activity.id, ids), activity) for activity in wanted)


def _short(whole: str, ids: list[str]) -> str:
    """The end of an id that none of the others has."""
    sizes = range(_LEAST, len(whole))
    return next((whole[-n:] for n in sizes if sum(one.endswith(whole[-n:]) for one in ids) == 1), whole)


def _ends(one: Logged, wanted: str) -> bool:
    return one.activity.id.endswith(wanted)


def _only(text: str, found: list[Logged]) -> Logged:
    if len(found) == 1:
        return found[0]
    if found:
        days = ", ".join(f"{one.activity.type} of {one.activity.day}" for one in found[:4])
        raise RefusedError(f"{text} could be several: {days}.", hint="Type more of it: sr log list LEAD shows them.")
    hint = "See what is there: sr log list LEAD. Log it first, such as: sr log meeting LEAD TEXT"
    raise RefusedError(f"Your log holds no such activity with this account: {text}.", hint=hint)
