"""What changes in a territory's coverage when one node takes over from another?"""

from dataclasses import replace
from datetime import date

from salesrepo.domain.kinds.territory import Coverage, Territory

Edits = dict[tuple[int | str, ...], Coverage | str | None]
"""Places in the coverage, in the order of the edits: a field's new text, a new term, None: removed."""


def takeover(one: Territory, giver: str, taker: str, day: date) -> Edits:
    """A running term of the giver ends on the day and goes on with the taker; one that begins later is the taker's.

    Roles, last days and overlays stay as they are; what the taker holds already is not written twice. Empty where the
    giver covers nothing from that day on.
    """
    if one.ends is not None and one.ends <= day:
        return {}
    edits: Edits = {}
    needless: list[int] = []
    last = len(one.coverage)
    for at, cover in enumerate(one.coverage):
        if cover.node != giver or (cover.ends is not None and cover.ends <= day):
            continue
        held = _has(one, replace(cover, node=taker, starts=max(cover.starts, day)))
        if cover.starts < day:
            edits[at, "ends"] = day.isoformat()
            if not held:
                edits[last,] = replace(cover, node=taker, starts=day)
                last += 1
        elif held:
            needless.append(at)
        else:
            edits[at, "node"] = taker
    return edits | {(at,): None for at in reversed(needless)}


def _has(one: Territory, wanted: Coverage) -> bool:
    """Whether the node holds the role already, all the time that is wanted."""
    return any(
        (cover.node, cover.role, cover.overlay) == (wanted.node, wanted.role, wanted.overlay)
        and cover.starts <= wanted.starts
        and (cover.ends is None or (wanted.ends is not None and wanted.ends <= cover.ends))
        for cover in one.coverage
    )
