"""What goes into the pay engine: events, the credit that people have in them, terms of payees, plans ready to pay by.

Named tuples, filled by keyword: to settle one deal must not cost the definition of a dozen dataclasses.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol

from salesrepo.domain.money import Ratio
from salesrepo.domain.period import Span
from salesrepo.domain.statement import OWN, LineItem, PlanRef, SlicePart

if TYPE_CHECKING:
    from salesrepo.domain.kinds.plan_counts import Metric, Ranking
    from salesrepo.domain.kinds.plan_pay import Pay, Release, Reversal, ShareOut

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
    """What happened to one line of a deal, as main held it at `commit`: it was won, invoiced, paid ...

    `kind` is the plan's word for what happened (`won`), `name` tells this event from others of its kind (`paid-p7`).

    `amount` is in minor units of `currency`; `item` counts the deal's lines from 1; `signed` is the day of the deal's
    signature, `happened` the event's own where that is another, `starts` the first day of the service; `booked_on` is
    the company's day of the merge and `place` that merge's number in main's first-parent order. `values` has what else
    can count, by name: minor units, or a number of things. `facts` has what a condition or a table may ask of the line,
    its deal and its account (`commission/condition.py`); what is not recorded is absent.
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
    kind: str = "won"
    happened: date | None = None
    starts: date | None = None
    component: str = ""  # whose line the event is, where it is `earned`

    @property
    def day(self) -> date:
        """The event's own day: it decides windows."""
        return self.happened or self.signed


class Credit(NamedTuple):
    """A payee's share of an event in a role: from the cumulative share `starts` up to `ends` (commission/credit.py).

    `number` is its place among the deal's credits. `via` says whose it is for the payee: their own, or that of `node`,
    who stands `level` steps from them: reports to them, was referred by them, is a member of their team.
    """

    event: Event
    payee: str
    role: str
    starts: Ratio
    ends: Ratio
    number: int = 1
    via: str = OWN
    node: str = ""
    level: int = 0
    node_starts: date | None = None  # the first day of whose credit it is


class DatedFact(NamedTuple):
    """What conditions may ask of a payee from `starts` up to and without `ends`."""

    name: str
    value: Fact
    starts: date
    ends: date | None = None


class Payee(NamedTuple):
    """What plans ask of a payee: from when to when they are here, and what conditions may ask (`grade`, `team`).

    `facts` hold for good, `dated` ones for a time: of one name, the last that runs.
    `reason` is why they left, `currency` the one they are paid in, where that is not the plan's.
    """

    node: str
    starts: date | None = None
    ends: date | None = None
    facts: Mapping[str, Fact] = _NOTHING
    reason: str = ""
    currency: str | None = None
    dated: tuple[DatedFact, ...] = ()

    def facts_on(self, day: date) -> dict[str, Fact]:
        """What conditions may ask of the payee on a day, by name."""
        running = (fact for fact in self.dated if fact.starts <= day and (fact.ends is None or day < fact.ends))
        return {**self.facts, **{fact.name: fact.value for fact in running}}


class Exchange(NamedTuple):
    """So many units of `into` for one of `out_of`, exactly: the rate of `day`, as `source` published it."""

    out_of: str
    into: str
    rate: Ratio
    day: date
    source: str


class Way(NamedTuple):
    """Where the figure that a table is entered by stands before and after an event."""

    before: Fraction
    after: Fraction


class Terms(NamedTuple):
    """What the cells of a table are worth for a payee in a window: minor units; None where the plan has none.

    `needs` is what is told where one of the two is missing that a cell rests on.
    """

    target: Fraction | None = None
    quota: Fraction | None = None
    needs: str = "A target and a quota for that day, above nothing."


class Rating(NamedTuple):
    """What an event is paid: its parts with their prices, and their exact sum in minor units.

    Where a table holds sums that are reached, `worth` is that sum: where the figure runs, all that the window is worth.
    """

    slices: tuple[SlicePart, ...]
    exact: Fraction
    worth: Fraction | None = None


class NextRow(NamedTuple):
    """The row of a table that comes next: where it begins, whether that bound is its own, what it pays ("8%")."""

    edge: Fraction
    owned: bool
    pays: str


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

    def ahead(self, figure: Fraction) -> NextRow | None:
        """The row above a figure; None where there is none."""

    def pay(self, base: int, way: Way, reached: Fraction, terms: Terms) -> Rating:
        """What `base` is paid that took the figure on its `way`, while the figure now stands at `reached`."""


class ReadyMeasure(NamedTuple):
    """A measure with its roles as a set, its condition, and the unit in which its value is counted."""

    name: str
    roles: frozenset[str]
    value: str
    unit: str
    when: "ReadyCondition"
    event: str = "won"
    of: str = OWN
    level: int | None = None  # so many steps up at most; None: all
    lasts: "ReadyLasting | None" = None
    keeps_below_zero: bool = False
    component: str = ""  # whose lines are the events, where `event` is earned


class ReadyLasting(NamedTuple):
    """Events count in the first `months` calendar months `after` the start, the signature or the colleague's start."""

    months: int
    after: str


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

    `ramp` has (month of service, amount), rising; `weights` sum to one. `recorded`: for each payee as records say.
    """

    amount: Fraction
    ramp: tuple[tuple[int, Fraction], ...] = ()
    weights: tuple[Fraction, ...] = ()
    prorate: "ReadyProrate | None" = None
    recorded: bool = False


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
    by_window: bool = False  # one line for the window's sum, booked when the period that ends it closes
    release: "Release" = "at_once"
    reversal: "Reversal" = "none"
    share_out: "ShareOut | None" = None

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
    by_event: bool = False  # the event's day picks the version, not that of the signature
    restarts: bool = False  # running totals start anew with this version
    fx: str = "refuse"  # else whose day's rate converts the deal's currency: signed, event
    pay_in: str = "plan"
    pay: "Pay | None" = None
    metrics: "Mapping[str, Metric]" = MappingProxyType({})
    rankings: "Mapping[str, Ranking]" = MappingProxyType({})

    def figure(self, measure: str) -> str:
        """The name under which a measure's running figures are kept: with this version's day where they start anew."""
        return f"{measure}.{self.effective.isoformat()}" if self.restarts else measure

    @property
    def looks_back(self) -> bool:
        """Whether an event may change, or be paid by, what earlier ones of its window were paid."""
        return any(component.over is not None and component.looks_back for component in self.components)


class Holding(Protocol):
    """What of a line is not payable yet, as billing stands."""

    def lacks(self, event: Event, component: ReadyComponent) -> str | None:
        """What the deal does not record that a component's release asks for; None where nothing is missing."""

    def reserve(self, line: LineItem, component: ReadyComponent) -> LineItem | None:
        """The line that stands beside an earning for what is held back of it; None where all of it is payable."""


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
