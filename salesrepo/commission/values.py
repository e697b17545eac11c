"""What goes into the pay engine: events, the credit that people have in them, plan versions, running totals.

Named tuples, filled by keyword: to settle one deal must not cost the definition of a dozen dataclasses.
"""

from datetime import date
from typing import NamedTuple, Protocol

from salesrepo.domain.money import Ratio
from salesrepo.domain.period import Span
from salesrepo.domain.statement import LineItem, PlanRef, SlicePart


class TotalKey(NamedTuple):
    """Which running total: a payee's measure under a plan, in a window, in that plan's currency."""

    payee: str
    plan: str
    measure: str
    window: str
    currency: str


class Event(NamedTuple):
    """One line of a deal that was won, as main held it at `commit`.

    `amount` is in minor units of `currency`; `item` counts the deal's lines from 1; `signed` decides plan, rate and
    window; `booked_on` is the company's day of the merge and `place` that merge's number in main's first-parent order.
    """

    deal: str
    account: str
    currency: str
    signed: date
    amount: int
    commit: str
    booked_on: date
    place: int
    item: int = 1
    name: str = "won"
    product: str | None = None
    category: str | None = None
    series: str | None = None
    kind: str | None = None
    order: str | None = None


class Credit(NamedTuple):
    """A payee's share of an event in a role: from the cumulative share `starts` up to `ends` (commission/credit.py).

    `number` is its place among the deal's credits.
    """

    event: Event
    payee: str
    role: str
    starts: Ratio
    ends: Ratio
    number: int = 1


class Formula(Protocol):
    """A component's rate, ready to be applied: pure, and on whole minor units."""

    def slices(self, before: int, base: int) -> tuple[SlicePart, ...]:
        """The parts of `base` by the row that pays them, the running total standing at `before`; they sum to `base`."""


class ReadyMeasure(NamedTuple):
    """A measure with its roles as a set."""

    name: str
    roles: frozenset[str]
    when: tuple[tuple[str, frozenset[str]], ...]


class ReadyComponent(NamedTuple):
    """A component with its formula; `over` is None where no running total is kept."""

    name: str
    measure: ReadyMeasure
    over: Span | None
    formula: Formula


class PlanVersion(NamedTuple):
    """A plan version, checked and ready to pay by: made by `plan_check.ready`."""

    ref: PlanRef
    plan: str
    effective: date
    currency: str
    paid: Span
    components: tuple[ReadyComponent, ...]


class PassedOver(NamedTuple):
    """A credit that a plan version pays nothing for, and why: no line, but no silence either."""

    credit: Credit
    plan: PlanRef
    because: str


class Booked(NamedTuple):
    """What paying or reversing made: new lines in booking order, all running totals after them, who was passed over."""

    lines: tuple[LineItem, ...]
    totals: dict[TotalKey, int]
    passed: tuple[PassedOver, ...] = ()
