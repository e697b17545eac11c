"""What is a format given, and what does it give back?"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from salesrepo.domain.period import Window
from salesrepo.domain.statement import LineItem
from salesrepo.errors import RefusedError
from salesrepo.export.mapping import ExportMapping
from salesrepo.export.people import Person
from salesrepo.export.rows import Payout, payouts


@dataclass(frozen=True, kw_only=True)
class Job:
    """A closed period's lines of all payees, under the id that the batch will have.

    `undone` has the lines of other periods that are reversed here, by key; `people` and `mapping` are finance's own.
    """

    window: Window
    batch: str
    lines: tuple[LineItem, ...]
    undone: Mapping[str, LineItem] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    mapping: ExportMapping = field(default_factory=ExportMapping)


class Paid(NamedTuple):
    """A payout, and the person whom payroll pays."""

    payout: Payout
    person: Person


class Left(NamedTuple):
    """A payout that is not in the export, and why: a clause."""

    payout: Payout
    why: str


@dataclass(frozen=True, kw_only=True)
class Export:
    """The files by name, the payouts in them, and those that are not."""

    files: Mapping[str, bytes]
    paid: tuple[Payout, ...]
    left: tuple[Left, ...] = ()

    def totals(self) -> dict[str, int]:
        """What the export holds, in minor units by currency."""
        sums: Counter[str] = Counter()
        for payout in self.paid:
            sums[payout.currency] += payout.amount
        return dict(sorted(sums.items()))

    def payees(self) -> int:
        """How many people it pays."""
        return len({payout.payee for payout in self.paid})


def chosen(job: Job, pay_by: str) -> tuple[tuple[Paid, ...], tuple[Left, ...]]:
    """The payouts above zero of those who are paid in this way, and all the others with the reason.

    Raises RefusedError where people are missing, by name, or where there is nobody to pay.
    """
    found = payouts(job.lines)
    missing = sorted({payout.payee for payout in found if payout.payee not in job.people and payout.amount > 0})
    if missing:
        raise RefusedError(
            f"Nobody says who is paid for {', '.join(missing)}.",
            hint="Add them to the file of people (--people); pay_by: by-hand leaves them out of every export.",
        )
    paid: list[Paid] = []
    left: list[Left] = []
    for payout in found:
        if payout.amount <= 0:
            left.append(Left(payout, "there is nothing to pay" if payout.amount == 0 else "the payee owes it"))
        elif (person := job.people[payout.payee]).pay_by == pay_by:
            paid.append(Paid(payout, person))
        else:
            left.append(Left(payout, f"pay_by is {person.pay_by}"))
    if not paid:
        raise RefusedError(
            f"{job.window.id} pays nobody by {pay_by}.", hint=f"Write pay_by: {pay_by} for those whom it pays."
        )
    return tuple(paid), tuple(left)


def in_one_currency(paid: tuple[Paid, ...], currency: str, *, system: str) -> None:
    """Raises RefusedError, by name, where somebody is due another currency than the one that a payroll pays in."""
    for payout, person in paid:
        if payout.currency != currency:
            raise RefusedError(
                f"{person.name} ({payout.payee}) is due {payout.currency}, and {system} pays in {currency}.",
                hint="Pay them by another format: pay_by in the file of people.",
            )
