"""What would other plans have paid for the same history? Figures side by side; sums are minor units."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, kw_only=True)
class Attained:
    """How far a payee came with a quota in a window, both counted in the smallest part of `unit` ("": things)."""

    quota: str
    window: str
    unit: str
    reached: int
    amount: Fraction

    @property
    def share(self) -> Fraction:
        """The share of the quota that was reached."""
        return self.reached / self.amount


@dataclass(frozen=True, kw_only=True)
class Paid:
    """What one payee earned in one currency under one plan, altogether and by month of the event (`2017-03`)."""

    payee: str
    currency: str
    earned: int
    months: Mapping[str, int] = field(default_factory=dict)
    attained: tuple[Attained, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What was paid under one plan: `name` says which. `waits` counts lines that could not be rated."""

    name: str
    payees: tuple[Paid, ...] = ()
    waits: int = 0

    @property
    def totals(self) -> dict[str, int]:
        """The cost by currency."""
        sums: dict[str, int] = {}
        for paid in self.payees:
            sums[paid.currency] = sums.get(paid.currency, 0) + paid.earned
        return dict(sorted(sums.items()))

    @property
    def months(self) -> dict[tuple[str, str], int]:
        """The cost by month and currency."""
        sums: dict[tuple[str, str], int] = {}
        for paid in self.payees:
            for month, earned in paid.months.items():
                sums[month, paid.currency] = sums.get((month, paid.currency), 0) + earned
        return dict(sorted(sums.items()))

    def of(self, payee: str, currency: str) -> Paid:
        """What a payee earned in a currency; nothing where nothing is known."""
        nothing = Paid(payee=payee, currency=currency, earned=0)
        return next((paid for paid in self.payees if (paid.payee, paid.currency) == (payee, currency)), nothing)


@dataclass(frozen=True, kw_only=True)
class Simulation:
    """What `instead_of` (a plan, or "" for whatever paid the nodes that are named) paid, and what others would have.

    Counted are the events from `since` on (None: all) up to `until`, the day of the newest record; `deals` of them.
    """

    instead_of: str
    since: date | None
    until: date
    deals: int
    now: Outcome
    others: tuple[Outcome, ...]

    @property
    def whose(self) -> tuple[tuple[str, str], ...]:
        """Every payee and currency in any of the outcomes, sorted."""
        return tuple(sorted({(p.payee, p.currency) for one in (self.now, *self.others) for p in one.payees}))


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How pay is spread over payees in one currency: the least, the quartiles and the most."""

    currency: str
    payees: int
    least: int
    first: int
    median: int
    third: int
    most: int


@dataclass(frozen=True, kw_only=True)
class Shift:
    """Who gains and who loses in one currency: how many payees, how much together (losses below zero)."""

    currency: str
    gain: int
    gained: int
    lose: int
    lost: int
    same: int
