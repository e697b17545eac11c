"""SR102: does every changed file stand where its content says?"""

import re
from collections.abc import Iterator
from datetime import date
from typing import get_args

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.change import FILE_MODE
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.fields import Pattern, Ulid
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.activity import ACTIVITY
from salesrepo.domain.kinds.deal import Deal

_STREAM: Pattern = get_args(Ulid)[1]
_OURS = re.compile(r"((?:d|n|lei|vat|reg)-.+)-[1-9][0-9]{0,8}", re.ASCII)


@rule("SR102", "path-and-content", audit=True)
def SR102(ctx: CheckContext) -> Iterator[Finding]:
    """A file must stand at a path of the layout, be a plain file, and say the same as its path.

    ## Why
    The path is the index: "is it taken?" is one look-up. A record that stands elsewhere, or names another account than
    its path, would be invisible to every rule that looks for it. A deal's id begins with its account, so that no deal
    can pass for another's.

    ## Fix
    Let `salesrepo` write the file: it knows the place. Path and content must say the same.
    """
    for change in ctx.change.changes:
        at = Location(change.path)
        if change.place is None:
            hint = "Let salesrepo write the file; what is no record stays outside of the company's records."
            yield Finding("SR102", Severity.ERROR, "No record may stand at this path.", at, hint=hint)
        elif change.change.after and change.change.after.mode != FILE_MODE:
            message = f"This must be a plain file (mode {FILE_MODE}), not {change.change.after.mode}."
            yield Finding("SR102", Severity.ERROR, message, at, hint="Links, folders and programs are never records.")
        elif change.after is not None:
            yield from _disagreement(change)


def _disagreement(change: RecordChange[object]) -> Iterator[Finding]:
    place = change.place
    if place is None:
        return
    if place.kind.stream:
        yield from _stream(change)
        return
    for slot, said in place.ids.items():
        written = getattr(change.after, slot, None)
        if written is not None and str(written) != said:
            yield Finding(
                "SR102",
                Severity.ERROR,
                f"The file says {slot} {str(written)!r}, its path says {said!r}.",
                Location(change.path, (slot,)),
                hint="Path and content must agree: change one of them.",
            )
    if isinstance(change.after, Deal) and change.change.before is None:
        yield from _deal_id(change.path, change.after)


def _stream(change: RecordChange[object]) -> Iterator[Finding]:
    ids = change.ids
    if change.kind != ACTIVITY.name:
        return
    try:
        named = date.fromisoformat(f"{ids['year']}-{ids['month']}-{ids['day']}").strftime("%Y/%m/%d")
    except ValueError:
        named = ""
    if named != f"{ids['year']}/{ids['month']}/{ids['day']}" or not re.fullmatch(_STREAM.regex, ids["stream"]):
        message = "The path of a day's activities names the day and an id, such as 2026/11/21-01jd….yml."
        hint = "Let salesrepo write it: sr log"
        yield Finding("SR102", Severity.ERROR, message, Location(change.path), hint=hint)


def _deal_id(path: str, deal: Deal) -> Iterator[Finding]:
    """Ids of ours name their account; an id from elsewhere must not look like one of another account's."""
    ours = _OURS.fullmatch(deal.deal)
    if (ours is None and deal.imported is not None) or (ours is not None and ours[1] == deal.account):
        return
    yield Finding(
        "SR102",
        Severity.ERROR,
        f"A deal on {deal.account} is called {deal.account}- and a number, not {deal.deal}.",
        Location(path, ("deal",)),
        hint=f"Call it {deal.account}-1, or the next number that is free.",
    )
