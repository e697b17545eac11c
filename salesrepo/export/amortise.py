"""How is the cost of winning a contract spread over the months in which it brings something in? As the company says.

ASC 340-40 and IFRS 15 (91 to 104) leave months and exceptions to a policy; this only does its sums.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from salesrepo.domain.period import Calendar, Span, Window
from salesrepo.domain.statement import LineType
from salesrepo.export.mapping import Capitalise
from salesrepo.export.rows import Entry, Posting, Role

_SPREAD = (LineType.EARNING, LineType.BONUS, LineType.ADJUSTMENT)


def instalments(amount: int, months: int) -> tuple[int, ...]:
    """An amount in equal parts toward zero, the remainder in the last; they sum to the amount."""
    each = amount // months if amount >= 0 else -(-amount // months)
    return (*[each] * (months - 1), amount - each * (months - 1))


def months_of(entry: Entry, policy: Capitalise) -> int | None:
    """Over how many months an entry is spread; None where it is an expense at once.

    Of a deal's earnings, bonuses and adjustments those of the policy's components, and what undoes one of them. A
    clawback is not: what is left of a cancelled deal's cost is written off by hand.
    """
    line = entry.line
    if entry.type not in _SPREAD or not line.deal or entry.postings[0].role is not Role.EXPENSE:
        return None
    if policy.components and line.component not in policy.components:
        return None
    return policy.months_of(line.deal)


def spread(entry: Entry, policy: Capitalise, window: Window) -> Iterator[Entry]:
    """The entry, or the same with its cost deferred and an entry for each month from the period's first on."""
    months = months_of(entry, policy)
    if months is None:
        yield entry
        return
    cost, owed = entry.postings
    yield entry._replace(postings=(Posting(Role.DEFERRED, cost.amount), owed))
    ends = _ends(window.starts, months)
    for number, (part, on) in enumerate(zip(instalments(cost.amount, months), ends, strict=True), 1):
        if part:
            what = f"amortisation {number} of {months}"
            yield entry._replace(
                on=on, what=what, postings=(Posting(Role.EXPENSE, part), Posting(Role.DEFERRED, -part))
            )


def _ends(first: date, months: int) -> Iterator[date]:
    """The last days of so many months."""
    for _ in range(months):
        month = Calendar().window(Span.MONTH, first)
        first = month.ends
        yield first - timedelta(days=1)
