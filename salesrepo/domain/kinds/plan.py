"""What is paid for what: one version of a commission plan, from its effective day on.

A field without a default must be written: nothing about pay is assumed; what an absent one means is that nothing is
applied (no filter, no factor, no limit). A word that stands nowhere below is not known to this version, and the reader
refuses it. Rows begin with `at_least` (the bound belongs to the row) or `above` (it does not). Names of measures,
components and roles are slugs, because keys of ledger lines are made of them. What fields mean together is judged in
`commission/ready/plan.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from salesrepo.domain.fields import Amount, Currency, Line, Pattern, Prose, Slug, Whole
from salesrepo.domain.kinds.plan_counts import Measure, Metric, Ranking
from salesrepo.domain.kinds.plan_pay import Pay, Release, Reversal, ShareOut
from salesrepo.domain.kinds.plan_when import NUMBER_REGEX, Condition, Multiple
from salesrepo.domain.record import TABLE_CAP, Kind, Owner, PathPattern

SpanName = Literal["each", "month", "quarter", "half-year", "year", "always"]
Times = Annotated[str, Pattern(rf"{NUMBER_REGEX}[%x]", "a multiple such as 1.5x or 112%")]
Bound = Annotated[str, Pattern(rf"{NUMBER_REGEX}%?", 'a bound such as "40000" or 100%')]
RECORDS = "records"
AmountOrRecords = Annotated[
    str, Pattern(r"records|-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,4})?", 'an amount "40000.00", or records')
]
TableBy = Annotated[
    str,
    Pattern(
        r"base|units|discount|term|margin_of_price|margin_of_cost|payee\.tenure_month"
        r"|(?:attainment|rank|metric)\.[a-z0-9][a-z0-9.-]*",
        "what a table is entered by: base, attainment.QUOTA, rank.RANKING, metric.METRIC, units, discount, term, "
        "margin_of_price, margin_of_cost or payee.tenure_month",
    ),
]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What a row pays, one of: a price of what counts (`rate`, `each` unit, `target_rate` = N x target / quota), a sum
    that is reached (`flat`, `target` = a share of the target), or in a factor's table `times`."""

    rate: Multiple | None = None
    each: Amount | None = None
    target_rate: Times | None = None
    flat: Amount | None = None
    target: Multiple | None = None
    times: Times | None = None


@dataclass(frozen=True, kw_only=True)
class Step(Cell):
    """A row of a table, from `at_least` (included) or `above` (excluded) up to the next row.

    `mode: all` in a table of slices: reaching this row pays its rate for everything below its end.
    """

    at_least: Bound | None = None
    above: Bound | None = None
    mode: Literal["all"] | None = None


@dataclass(frozen=True, kw_only=True)
class Point(Cell):
    """A point of a pay curve; between two points lies a straight line."""

    at: Bound


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rates by a figure. `slice`: each part of the way at the row it lies in; `event`: all of the event at the row
    `before` or `after` it, for good; `all`: the row reached pays for everything in the window, with true-ups."""

    by: TableBy
    mode: Literal["slice", "event", "all"]
    at: Literal["before", "after"] | None = None
    steps: tuple[Step, ...] = ()
    points: tuple[Point, ...] = ()
    beyond: Literal["hold", "refuse"] | None = None


@dataclass(frozen=True, kw_only=True)
class Rated(Cell):
    """A rate that is more than a percentage: a cell or a table."""

    table: Table | None = None


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One of several rules, of which the first that fits pays: `when` it fits, it `pays`; the last says `otherwise`."""

    name: Slug
    when: Condition | None = None
    pays: Multiple | Rated | None = None
    otherwise: Multiple | Rated | None = None


@dataclass(frozen=True, kw_only=True)
class RateRule(Rated):
    """A component's rate: a cell, a table, or the `first` of several that fits."""

    first: tuple[Choice, ...] = ()


Rate = Multiple | RateRule


@dataclass(frozen=True, kw_only=True)
class Factor:
    """What the exact amount is multiplied by: always `times`, or by a table of `times`. `when` it fits only."""

    name: Slug
    times: Times | None = None
    table: Table | None = None
    when: Condition | None = None


@dataclass(frozen=True, kw_only=True)
class Limit:
    """At most (`max`) or at least (`min`) so much for an event or window, or at most `times` lines that pay."""

    per: Literal["event", "month", "quarter", "half-year", "year", "always"]
    max: Amount | None = None
    min: Amount | None = None
    times: Annotated[int, Whole(1, 1000)] | None = None
    excess: Literal["lost", "carried"] | None = None


@dataclass(frozen=True, kw_only=True)
class Component:
    """One thing that is paid. `says` is its sentence in the signed document; `over` how long a table's total runs.

    `lines: window`: one line for the window's sum, booked when the period that ends it closes. `reversal: none`: a
    cancelled or refunded deal takes nothing back. Correcting a record (an amended deal, one that
    was not won after all) is no reversal in this sense: it always undoes the lines that were booked.
    """

    name: Slug
    says: Line
    measure: Slug
    rate: Rate
    lines: Literal["event", "window"]
    release: Release
    reversal: Reversal
    over: SpanName | None = None
    quota: Slug | None = None
    when: Condition | None = None
    factors: tuple[Factor, ...] = ()
    limits: tuple[Limit, ...] = ()
    share_out: ShareOut | None = None


@dataclass(frozen=True, kw_only=True)
class Prorate:
    """The share of a window that somebody who starts or leaves within it has.

    By `days`: the day of the start is `counted` or not, `of` 365 or the window's actual days. By `months`: whole ones,
    that of the start included.
    """

    unit: Literal["days", "months"]
    start_day: Literal["counted", "not_counted"] | None = None
    of: Literal["365", "actual"] | None = None


@dataclass(frozen=True, kw_only=True)
class Target:
    """What is earned for reaching the quota, or a salary: so much in each window."""

    amount: Amount
    per: Literal["month", "quarter", "half-year", "year"]
    prorate: Prorate | None = None


@dataclass(frozen=True, kw_only=True)
class RampStep:
    """The quota of each window from this month on, the first being that of the start."""

    month: Annotated[int, Whole(1, 120)]
    amount: Amount


@dataclass(frozen=True, kw_only=True)
class QuotaAmount:
    """How a quota's amount is found: growing with the time that somebody is here, or a year's cut by weights."""

    ramp: tuple[RampStep, ...] = ()
    annual: Amount | None = None
    weights: tuple[Multiple, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Quota:
    """How much of a measure is to be reached in each window; `records`: as imported for each payee."""

    measure: Slug
    over: Literal["month", "quarter", "half-year", "year"]
    amount: AmountOrRecords | QuotaAmount
    prorate: Prorate | None = None


@dataclass(frozen=True, kw_only=True)
class Conversion:
    """Whose day's rate turns the deal's currency into the plan's, and the plan's into the payee's: that of the deal's
    signature or of the event; for pay that of the day on which it was earned."""

    deal: Literal["signed", "event"]
    pay: Literal["earned"]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One version of a plan: in force from `effective` on, until a later version is.

    `version_by` says which day picks the version: that of the deal's signature, whatever happens later, or each
    event's own.
    """

    plan: Slug
    effective: date
    title: Line
    summary: Prose
    currency: Currency
    paid: Literal["month", "quarter", "year"]
    version_by: Literal["signed", "event"]
    fx: Literal["refuse"] | Conversion
    pay_in: Literal["plan", "payee", "deal"]
    running_totals: Literal["continue", "restart"]
    measures: Mapping[Slug, Measure]
    components: tuple[Component, ...]
    pay: Pay
    salary: Target | None = None
    target: Target | None = None
    quotas: Mapping[Slug, Quota] = field(default_factory=dict)
    metrics: Mapping[Slug, Metric] = field(default_factory=dict)
    rankings: Mapping[Slug, Ranking] = field(default_factory=dict)


PLAN = Kind("plan", Plan, PathPattern("plans/<plan>/<effective>.yml"), Owner.FINANCE, cap=TABLE_CAP)
