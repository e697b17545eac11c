"""What do a period's lines pay to whom, and which two accounts does each of them move?

The sum of a payee's lines is what is payable and not paid out. A posting is above zero where an account is debited.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from salesrepo.domain.period import Window
from salesrepo.domain.statement import LineItem, LineType
from salesrepo.errors import RefusedError


class Payout(NamedTuple):
    """What a period pays out to a payee in one currency, in minor units; below zero where the payee pays back."""

    payee: str
    currency: str
    amount: int


class Role(StrEnum):
    """What an account is for."""

    EXPENSE = "expense"
    PAYABLE = "payable"  # of one payee: what is owed and not paid out
    RESERVE = "reserve"  # of one payee: what is earned and not released
    DRAWS = "draws"  # of one payee: what was advanced and is to be recovered
    PAID_OUT = "paid_out"  # handed to payroll
    DEFERRED = "deferred"  # a cost of winning a contract, not expensed yet


OF_A_PAYEE = frozenset({Role.PAYABLE, Role.RESERVE, Role.DRAWS})


class Posting(NamedTuple):
    """What one account is debited (above zero) or credited, in minor units of the entry's currency."""

    role: Role
    amount: int


class Entry(NamedTuple):
    """What one line does to the books on a day inside the booking period; the postings sum to zero.

    `type` is the line's, for a reversal that of the line which it undoes; `what` names the entry to people.
    """

    line: LineItem
    type: LineType
    on: date
    what: str
    postings: tuple[Posting, ...]


_AGAINST: Mapping[LineType, Role] = {
    LineType.EARNING: Role.EXPENSE,
    LineType.BONUS: Role.EXPENSE,
    LineType.ADJUSTMENT: Role.EXPENSE,
    LineType.CLAWBACK: Role.EXPENSE,
    LineType.RESERVE: Role.RESERVE,
    LineType.RELEASE: Role.RESERVE,
    LineType.DRAW_ADVANCE: Role.DRAWS,
    LineType.DRAW_RECOVERY: Role.DRAWS,
    LineType.PAYOUT: Role.PAID_OUT,
}
_DRAWN = (LineType.DRAW_ADVANCE, LineType.DRAW_RECOVERY)


def payouts(lines: Iterable[LineItem]) -> tuple[Payout, ...]:
    """What the lines pay out, one row for each payee and currency that has a payout line, sorted; zero is told, too.

    A payout of a component is an advance: it was in the payee's hands when the period began, and is not paid again.
    """
    sums: Counter[tuple[str, str]] = Counter()
    for line in lines:
        if line.type is LineType.PAYOUT and line.component is None:
            sums[line.payee, line.currency] -= line.amount
    return tuple(Payout(payee, currency, sums[payee, currency]) for payee, currency in sorted(sums))


def entries(
    lines: Iterable[LineItem],
    window: Window,
    *,
    undone: Mapping[str, LineItem],
    expensed_draws: Collection[str] = (),
) -> tuple[Entry, ...]:
    """An entry for each line that moves money, by day and payee.

    A line booked after the period's last day stands on that day. `undone` has the lines of other periods that a
    reversal here undoes, by key. `expensed_draws` names draws that are never recovered; one after which nobody owes
    more than before needs no naming. Raises RefusedError for a reversal of nothing.
    """
    own = tuple(lines)
    known = {**undone, **{line.key: line for line in own}}
    made = (_entry(line, window, known, expensed_draws) for line in own if line.amount)
    return tuple(sorted(made, key=lambda entry: (entry.on, entry.line.payee)))


def _entry(line: LineItem, window: Window, known: Mapping[str, LineItem], expensed: Collection[str]) -> Entry:
    origin = _origin(line, known)
    role = _AGAINST[origin.type]
    if origin.type in _DRAWN and _is_expensed(origin, expensed):
        role = Role.EXPENSE
    on = min(max(line.booked_on, window.starts), window.ends - timedelta(days=1))
    what = line.type.value if line is origin else f"{line.type.value} of {origin.type.value}"
    return Entry(line, origin.type, on, what, (Posting(role, line.amount), Posting(Role.PAYABLE, -line.amount)))


def _is_expensed(line: LineItem, expensed: Collection[str]) -> bool:
    """Whether a draw leaves nobody owing anything: by its own figures, or because finance says so."""
    if line.drawn is None:
        return line.component in expensed
    return line.drawn.name in expensed or (line.type is LineType.DRAW_ADVANCE and line.drawn.after == line.drawn.before)


def _origin(line: LineItem, known: Mapping[str, LineItem]) -> LineItem:
    """The line itself, or what it undoes."""
    at, seen = line, {line.key}
    while at.type is LineType.REVERSAL:
        found = known.get(at.reverses or "")
        if found is None or found.key in seen:
            raise RefusedError(
                f"The line {line.key!r} undoes another that is nowhere to be found.",
                hint="Run: salesrepo commission verify",
            )
        at = found
        seen.add(at.key)
    return at
