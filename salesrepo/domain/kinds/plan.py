"""What is paid for what: one version of a commission plan, from its effective day on.

A field without a default must be written: nothing about pay is assumed. A word of the plan language that stands nowhere
below is not known to this version, and the reader refuses it. Rows of a table begin with `at_least` (the bound belongs
to the row) or `above` (it does not): drafts of the language wrote `from`, which leaves open whose the bound is. Names
of measures, components and roles are slugs, because keys of ledger lines are made of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from salesrepo.domain.fields import Amount, Currency, Line, Pattern, Percent, Prose, Slug
from salesrepo.domain.record import TABLE_CAP, Kind, Owner, PathPattern

Role = Slug
SpanName = Literal["each", "month", "quarter", "half-year", "year", "always"]
NegativeLimit = Annotated[str, Pattern(r"none|(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,4})?", 'none, or an amount "5400.00"')]


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A filter: every field that is written must hold one of its values; a sale that lacks the field does not match."""

    product: Slug | tuple[Slug, ...] | None = None
    category: Line | tuple[Line, ...] | None = None
    series: Line | tuple[Line, ...] | None = None
    kind: Slug | tuple[Slug, ...] | None = None
    currency: Currency | tuple[Currency, ...] | None = None


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
    value: Literal["amount"]
    when: Condition | None = None


@dataclass(frozen=True, kw_only=True)
class Step:
    """A row of a table: `rate` holds from `at_least` (included) or `above` (excluded) up to the next row."""

    rate: Percent
    at_least: Amount | None = None
    above: Amount | None = None


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rates by the running total of what counts (`base`); every `slice` of it is paid at the row that it lies in."""

    by: Literal["base"]
    mode: Literal["slice"]
    steps: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True)
class TableRate:
    """A rate that is looked up: `rate: {table: ...}`."""

    table: Table


Rate = Percent | TableRate


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


PLAN = Kind("plan", Plan, PathPattern("plans/<plan>/<effective>.yml"), Owner.FINANCE, cap=TABLE_CAP)
