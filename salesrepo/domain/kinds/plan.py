"""What is paid for what: one version of a commission plan, from its effective day on.

A field without a default must be written: nothing about pay is assumed; what an absent one means is that nothing is
applied (no filter, no factor, no limit). A word that stands nowhere below is not known to this version, and the reader
refuses it. Rows begin with `at_least` (the bound belongs to the row) or `above` (it does not). Names of measures,
components and roles are slugs, because keys of ledger lines are made of them. What fields mean together is judged in
`commission/plan_check.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from salesrepo.domain.fields import Amount, Currency, Line, Pattern, Prose, Slug, Whole
from salesrepo.domain.record import TABLE_CAP, Kind, Owner, PathPattern

Role = Slug
SpanName = Literal["each", "month", "quarter", "half-year", "year", "always"]
Value = Literal["amount", "arr", "mrr", "acv", "tcv", "units", "count"]
NegativeLimit = Annotated[str, Pattern(r"none|(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,4})?", 'none, or an amount "5400.00"')]

_NUMBER = r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?"
Multiple = Annotated[
    str, Pattern(rf"{_NUMBER}[%x]|[1-9][0-9]{{0,8}}/[1-9][0-9]{{0,8}}", "an exact rate such as 7%, 2x or 1/3")
]
Times = Annotated[str, Pattern(rf"{_NUMBER}[%x]", "a multiple such as 1.5x or 112%")]
Bound = Annotated[str, Pattern(rf"{_NUMBER}%?", 'a bound such as "40000" or 100%')]
Given = Annotated[str, Pattern(r"[^\x00-\x1f\x7f]{1,200}", "a value")]
FieldName = Annotated[str, Pattern(r"[a-z_]+(?:\.[a-z0-9._-]+)?", "a field such as category or payee.tenure_month")]
TableBy = Annotated[
    str,
    Pattern(
        r"base|units|discount|term|payee\.tenure_month|attainment\.[a-z0-9][a-z0-9.-]*",
        "what a table is entered by: base, attainment.QUOTA, units, discount, term or payee.tenure_month",
    ),
]


@dataclass(frozen=True, kw_only=True)
class Range:
    """A number or a day within bounds, or a word that is none of several."""

    at_least: Given | None = None
    above: Given | None = None
    up_to: Given | None = None
    below: Given | None = None
    none_of: tuple[Given, ...] = ()


Facts = Mapping[FieldName, Given | tuple[Given, ...] | Range]
Condition = Facts | tuple[Facts, ...]  # all of the fields must fit; of a list, one of its entries


@dataclass(frozen=True, kw_only=True)
class CreditRule:
    """Whose credit counts: the payee's `own`, in one of these roles."""

    role: Role | tuple[Role, ...]
    of: Literal["own"]


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What counts: the event, whose credit of it, and the quantity that is added up and paid on."""

    event: Literal["won"]
    credit: CreditRule
    value: Value
    when: Condition | None = None


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

    `reversal: none`: a cancelled or refunded deal takes nothing back. Correcting a record (an amended deal, one that
    was not won after all) is no reversal in this sense: it always undoes the lines that were booked.
    """

    name: Slug
    says: Line
    measure: Slug
    rate: Rate
    lines: Literal["event"]
    release: Literal["at_once"]
    reversal: Literal["none"]
    over: SpanName | None = None
    quota: Slug | None = None
    when: Condition | None = None
    factors: tuple[Factor, ...] = ()
    limits: tuple[Limit, ...] = ()


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
    """How much of a measure is to be reached in each window."""

    measure: Slug
    over: Literal["month", "quarter", "half-year", "year"]
    amount: Amount | QuotaAmount
    prorate: Prorate | None = None


@dataclass(frozen=True, kw_only=True)
class Draw:
    """No draw is known to this version: `draws: []` says so."""


@dataclass(frozen=True, kw_only=True)
class Negative:
    """What becomes of a balance below zero: carried on, up to `limit` (an amount or `none`), who may write it off."""

    carry: Literal["next_period"]
    limit: NegativeLimit
    written_off_by: Literal["finance"]


@dataclass(frozen=True, kw_only=True)
class Pay:
    """How released money becomes a payout."""

    draws: tuple[Draw, ...]
    negative: Negative


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One version of a plan: in force for deals signed from `effective` on, until a later version is."""

    plan: Slug
    effective: date
    title: Line
    summary: Prose
    currency: Currency
    paid: Literal["month", "quarter", "year"]
    version_by: Literal["signed"]
    fx: Literal["refuse"]
    pay_in: Literal["plan"]
    running_totals: Literal["continue"]
    measures: Mapping[Slug, Measure]
    components: tuple[Component, ...]
    pay: Pay
    salary: Target | None = None
    target: Target | None = None
    quotas: Mapping[Slug, Quota] = field(default_factory=dict)


PLAN = Kind("plan", Plan, PathPattern("plans/<plan>/<effective>.yml"), Owner.FINANCE, cap=TABLE_CAP)
