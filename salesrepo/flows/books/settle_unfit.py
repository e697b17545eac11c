"""What is left out of a commit's booking, because the ledger could not read back what it would write?

What is booked once can never be taken out again, and a file that nobody can read would stop every later settlement. So
a deal, an adjustment or a payee's close of which one line does not fit books nothing; all else goes on.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from salesrepo.domain.statement import LineItem
from salesrepo.flows.books.settle_deals import Unrated
from salesrepo.flows.books.settle_entry import Entry

LeftOut = tuple[Literal["deal", "adjustment", "payee"], str]

_BY_HAND = "adjustment-"


def unfit_in(entry: Entry, wrong: Mapping[str, str]) -> dict[LeftOut, Unrated]:
    """What each line that does not fit belongs to. `wrong` says why, by key."""
    found: dict[LeftOut, Unrated] = {}
    for line in entry.lines:
        if line.key in wrong:
            place = _place(line)
            why = f"{place[1]} books nothing: a line of {line.payee} could not be read back ({wrong[line.key]})"
            found.setdefault(place, Unrated(place[1], entry.terms.commit.oid, why))
    return found


def nothing_of(deals: Iterable[str], commit: str) -> tuple[Unrated, ...]:
    """The deals of a commit that books nothing at all, sorted."""
    why = "books nothing: lines that its commit would bring could not be read back."
    return tuple(Unrated(deal, commit, f"{deal} {why}") for deal in sorted(deals))


def _place(line: LineItem) -> LeftOut:
    if line.event.startswith(_BY_HAND):
        return "adjustment", line.event.removeprefix(_BY_HAND)
    return ("deal", line.deal) if line.deal else ("payee", line.payee)
