"""What is a plan version that pay is calculated by: its measures, quotas and components, ready to be applied?

Named tuples, filled by keyword: to settle one deal must not cost the definition of a dozen dataclasses.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol

from salesrepo.domain.period import Span
from salesrepo.domain.statement import OWN, PlanRef, SlicePart

if TYPE_CHECKING:
    from salesrepo.domain.kinds.plan_counts import Metric, Ranking
    from salesrepo.domain.kinds.plan_pay import Pay, Release, Reversal, ShareOut


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
    """A plan version, checked and ready to pay by: made by `ready.plan.ready`.

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
