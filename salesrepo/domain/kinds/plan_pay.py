"""How does what is earned become money, and what is taken back? The parts of a plan after the rate.

Every choice that changes pay is a field that must be written; `at_once`, `none` and `keep` are choices like any other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from salesrepo.domain.fields import Amount, Pattern, Slug, Whole
from salesrepo.domain.kinds.plan_when import Condition, Multiple

NegativeLimit = Annotated[str, Pattern(r"none|(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,4})?", 'none, or an amount "5400.00"')]
Instalments = Annotated[str, Pattern(r"term|[1-9][0-9]{0,2}", "a number of instalments, or term (one for each month)")]
Take = Annotated[
    str,
    Pattern(
        r"in_proportion|unserved|unreleased|(?:0|[1-9][0-9]{0,2})(?:\.[0-9]{1,6})?%",
        "a share such as 40%, in_proportion, unserved or unreleased",
    ),
]
Residuals = Annotated[str, Pattern(r"stop|[1-9][0-9]? months", "stop, or so long after leaving: 3 months")]


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One of: service month N is paid, the invoice of a name is, or N months after the start the deal still stands."""

    paid_month: Annotated[int, Whole(1, 240)] | None = None
    invoice: Slug | None = None
    months_after: Annotated[int, Whole(1, 240)] | None = None


@dataclass(frozen=True, kw_only=True)
class Part:
    """A share of a line, released `at` a moment, in proportion to cash or invoices, or in equal `instalments`."""

    share: Multiple
    at: Literal["earned"] | Moment | None = None
    in_proportion_to: Literal["cash", "invoiced"] | None = None
    instalments: Instalments | None = None
    every: Literal["month"] | None = None
    leftover: Literal["first", "last"] | None = None


Release = Literal["at_once"] | tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class AgeStep:
    """From so many completed months on, this share is taken back."""

    at_least: Annotated[int, Whole(0, 240)]
    share: Multiple


@dataclass(frozen=True, kw_only=True)
class ByAge:
    """The share by the age of the deal, in completed months since the start of its service, its signature or its first
    payment."""

    by: Literal["months_since_start", "months_since_signed", "months_since_paid"]
    steps: tuple[AgeStep, ...]


@dataclass(frozen=True, kw_only=True)
class Taking:
    """What is taken back: which share, `of` the amount `calculated` before limits or `booked` after them, and whether
    the running total of an open window is `reduced` by the same share."""

    take: Take | ByAge
    of: Literal["calculated", "booked"]
    quota: Literal["kept", "reduced"]


@dataclass(frozen=True, kw_only=True)
class ReversalRules:
    """What a cancelled and what a refunded deal takes back."""

    cancelled: Literal["keep"] | Taking
    refunded: Literal["keep"] | Taking


Reversal = Literal["none"] | ReversalRules


@dataclass(frozen=True, kw_only=True)
class ShareOut:
    """A team's line is shared among its members: equally, by their weight or by what each has of a measure of the plan.

    `leftover: first`: cut to the smallest unit, odd ones one each in the order of node ids; `cumulative`: the rounded
    running total.
    """

    by: Slug
    leftover: Literal["first", "cumulative"]
    when: Condition | None = None


@dataclass(frozen=True, kw_only=True)
class Recover:
    """When a draw that is owed is taken back, and what is left in the payee's hands: the draw's amount, or nothing."""

    out_of: Literal["same_period", "next_period", "period_without_draw"]
    leave: Literal["draw", "zero"]


@dataclass(frozen=True, kw_only=True)
class Draw:
    """A `guarantee` tops pay up to the amount, an `advance` pays the amount before anything is known.

    `against` says what a guarantee is compared with: what was released in the pay period, or what was earned.
    """

    name: Slug
    kind: Literal["guarantee", "advance"]
    against: Literal["released", "earned"]
    amount: Amount
    recover: Literal["never"] | Recover
    when: Condition | None = None


@dataclass(frozen=True, kw_only=True)
class Negative:
    """What becomes of a balance below zero: carried on, up to `limit` (an amount or `none`), who may write it off."""

    carry: Literal["next_period"]
    limit: NegativeLimit
    written_off_by: Literal["finance"]


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """What somebody who has left is still paid, by the reason of leaving; the reason `otherwise` is every other.

    `unreleased`: what was earned and not released goes on being released (`pay`) or is cancelled (`forfeit`).
    `residuals`: whether events after leaving still count, and how long. `owed`: what becomes of draws and negative
    balances.
    """

    unreleased: Mapping[Slug, Literal["pay", "forfeit"]]
    residuals: Residuals
    owed: Literal["written_off", "deducted_from_last_pay", "invoiced"]


@dataclass(frozen=True, kw_only=True)
class Pay:
    """How released money becomes a payout."""

    draws: tuple[Draw, ...]
    negative: Negative
    leaving: Leaving
