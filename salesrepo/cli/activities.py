"""How is a seller told of what they logged, with the ids by which a command means it?"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from salesrepo.cli import console

if TYPE_CHECKING:
    from salesrepo.flows.here.own_log import Short

_MOST = 60  # letters of a note


def tell_activities(found: "Sequence[Short]", *, accounts: bool) -> None:
    """Print a table of activities, newest first; `accounts`: of several, so each names its own."""
    if found:
        heads = ("id", "day", "what", *(("account",) if accounts else ()), "note")
        console.table(heads, [_row(one, accounts=accounts) for one in found])


def _row(one: "Short", *, accounts: bool) -> tuple[str, ...]:
    did = one.activity
    what = f"{did.type}, {did.outcome}" if did.outcome else did.type
    note = " ".join((did.note or (f"next: {did.next.text}" if did.next else "")).split())
    short = note if len(note) <= _MOST else f"{note[: _MOST - 3]}..."
    return (one.id, str(did.day), what, *((did.account,) if accounts else ()), console.term(short))
