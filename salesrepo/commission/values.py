"""What goes into the pay engine: events, the credit that people have in them, terms of payees, plans ready to pay by.

Named tuples, filled by keyword: to settle one deal must not cost the definition of a dozen dataclasses.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple, Protocol

from salesrepo.domain.money import Ratio
from salesrepo.domain.period import Span
from salesrepo.domain.statement import LineItem, PlanRef, SlicePart

Fact = str | int | Fraction | date
_NOTHING: Mapping[str, Fact] = MappingProxyType({})


class TotalKey(NamedTuple):
    """Which running figure: a payee's measure under a plan, in a window, in its unit (a currency; "" for things).

    A limit's own figures are kept in the same way, under the name of its component and its place there.
    """

    payee: str
    plan: str
    measure: str
    window: str
    unit: str


class Event(NamedTuple):
    """One line of a deal that was won, as main held it at `commit`.

    `amount` is in minor units of `currency`; `item` counts the deal's lines from 1; `signed` decides plan, rate and
    window; `booked_on` is the company's day of the merge and `place` that merge's number in main's first-parent order.
    `values` has what else can count, by name: minor units, or a number of things. `facts` has what a condition or a
    table may ask of the line, its deal and its account (`commission/condition.py`); what is not recorded is absent.
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
    order: str | None = None
    values: Mapping[str, int] = MappingProxyType({})
    facts: Mapping[str, Fact] = _NOTHING


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


class Payee(NamedTuple):
    """What plans ask of a payee: from when to when they are here, and what conditions may ask (`grade`, `team`)."""

    node: str
    starts: date | None = None
    ends: date | None = None
    facts: Mapping[str, Fact] = _NOTHING


class Way(NamedTuple):
    """Where the figure that a table is entered by stands before and after an event."""

    before: Fraction
    after: Fraction


class Terms(NamedTuple):
    """What the cells of a table are worth for a payee in a window: minor units; None where the plan has none."""

    target: Fraction | None = None
    quota: Fraction | None = None


class Rating(NamedTuple):
    """What an event is paid: its parts with their prices, and their exact sum in minor units.

    Where a table holds sums that are reached, `worth` is that sum: where the figure runs, all that the window is worth.
    """

    slices: tuple[SlicePart, ...]
    exact: Fraction
    worth: Fraction | None = None


class Cells(Protocol):
    """A cell, as far as it must be known beforehand."""

    def lacks(self, terms: Terms) -> bool:
        """Whether a target or quota that it needs is missing."""


class Formula(Protocol):
    """A rate, ready to be applied: pure, and exact."""

    @property
    def cells(self) -> "tuple[Cells, ...]":
        """The cells that it consists of."""

    @property
    def re_rates(self) -> bool:
        """Whether what was paid earlier in the window changes with the figure reached."""

    @property
    def reaches(self) -> bool:
        """Whether it says what a window is worth, not what an event is paid."""

    def out_of_reach(self, figure: Fraction) -> bool:
        """Whether the plan refuses to say what is paid at a figure; then a person must look."""

    def pay(self, base: int, way: Way, reached: Fraction, terms: Terms) -> Rating:
        """What `base` is paid that took the figure on its `way`, while the figure now stands at `reached`."""


class ReadyMeasure(NamedTuple):
    """A measure with its roles as a set, its condition, and the unit in which its value is counted."""

    name: str
    roles: frozenset[str]
    value: str
    unit: str
    when: "ReadyCondition"


class ReadyTest(NamedTuple):
    """One field's test: one of some words, none of others, or within bounds (`None`: none on that side)."""

    field: str
    words: frozenset[str] = frozenset()
    not_words: frozenset[str] = frozenset()
    least: "Fraction | date | None" = None
    least_owned: bool = True
    most: "Fraction | date | None" = None
    most_owned: bool = True


ReadyCondition = tuple[tuple[ReadyTest, ...], ...]  # one of these must fit as a whole; none at all: always fits


class ReadyQuota(NamedTuple):
    """A quota: of which measure, over which windows, and how its amount is found, in the measure's unit."""

    name: str
    measure: str
    unit: str
    over: Span
    amount: "ReadyAmount"


class ReadyAmount(NamedTuple):
    """An amount for each window: the same for all, growing by the month of service, or cut from a year's by weights.

    `ramp` has (month of service, amount), rising; `weights` sum to one.
    """

    amount: Fraction
    ramp: tuple[tuple[int, Fraction], ...] = ()
    weights: tuple[Fraction, ...] = ()
    prorate: "ReadyProrate | None" = None


class ReadyProrate(NamedTuple):
    """How the share of a window is counted: by days (of 365 days a year where `of_year`), or by whole months."""

    days: bool
    start_counted: bool = True
    of_year: bool = False


class ReadyRule(NamedTuple):
    """One of several rates: what must fit, and by which figure its table is entered ("": by none)."""

    name: str
    when: ReadyCondition
    by: str
    formula: Formula


class ReadyFactor(NamedTuple):
    """A factor: what must fit, by which figure its table is entered, and the multiple as a formula of one unit."""

    name: str
    when: ReadyCondition
    by: str
    formula: Formula


class ReadyLimit(NamedTuple):
    """A limit in minor units: `per` is `each` for an event; `carried` whether what is cut off comes later."""

    per: Span
    most: int | None = None
    least: int | None = None
    times: int | None = None
    carried: bool = False


class ReadyComponent(NamedTuple):
    """A component with its rules; `over` is None where no running total is kept."""

    name: str
    measure: ReadyMeasure
    over: Span | None
    when: ReadyCondition
    rules: tuple[ReadyRule, ...]
    factors: tuple[ReadyFactor, ...] = ()
    limits: tuple[ReadyLimit, ...] = ()
    quota: str | None = None

    @property
    def re_rates(self) -> bool:
        """Whether what was paid earlier in the window may change with an event."""
        return any(rule.formula.re_rates for rule in self.rules) or any(each.formula.re_rates for each in self.factors)

    @property
    def looks_back(self) -> bool:
        """Whether an event's pay needs what its window was paid before: where rows re-rate, or sums are reached."""
        return self.re_rates or any(rule.formula.reaches for rule in self.rules)


class ReadyTarget(NamedTuple):
    """So much in each window, in minor units."""

    over: Span
    amount: ReadyAmount


class PlanVersion(NamedTuple):
    """A plan version, checked and ready to pay by: made by `plan_check.ready`.

    `windows` are the running figures that it asks for: which measure, over which span.
    """

    ref: PlanRef
    plan: str
    effective: date
    currency: str
    paid: Span
    components: tuple[ReadyComponent, ...]
    measures: Mapping[str, ReadyMeasure] = MappingProxyType({})
    quotas: Mapping[str, ReadyQuota] = MappingProxyType({})
    target: ReadyTarget | None = None
    windows: tuple[tuple[str, Span], ...] = ()

    @property
    def looks_back(self) -> bool:
        """Whether an event may change, or be paid by, what earlier ones of its window were paid."""
        return any(component.over is not None and component.looks_back for component in self.components)


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
