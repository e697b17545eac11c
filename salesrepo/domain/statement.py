"""What does one line of the ledger say? A sum of money with everything that made it, so that anyone can recompute it.

Amounts are whole minor units, shares and exact results are ratios (domain/money.py). How a line is written down stands
in `domain/kinds/ledger_batch.py`. A line and its parts are named tuples: a million are made at a time, and a dataclass
takes five times as long to define and three times as long to fill.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from salesrepo.domain.money import Ratio


class LineType(StrEnum):
    """Every kind of line that a ledger can hold; readers know all of them from the start."""

    EARNING = "earning"
    ADJUSTMENT = "adjustment"
    BONUS = "bonus"
    DRAW_ADVANCE = "draw-advance"
    DRAW_RECOVERY = "draw-recovery"
    CLAWBACK = "clawback"
    RESERVE = "reserve"
    RELEASE = "release"
    REVERSAL = "reversal"
    PENDING = "pending"
    PAYOUT = "payout"


class CreditPart(NamedTuple):
    """First rounding point: the share of `of` from `starts` to `ends` (cumulative, in the deal's order) is `gives`."""

    role: str
    currency: str
    of: int
    starts: Ratio
    ends: Ratio
    gives: int


class MeasurePart(NamedTuple):
    """What counted: the measure's name and how much of it, in the line's currency."""

    name: str
    base: int


class EnterPart(NamedTuple):
    """Where the running total of a window stood before and after this line; `each` starts at zero every time."""

    window: str
    before: int
    after: int


class SlicePart(NamedTuple):
    """`part` of the base was paid at `rate` ("5%", as the plan writes it) because it lay in `row`; exactly `gives`."""

    row: str
    part: int
    rate: str
    gives: Ratio  # minor units


class PlanRef(NamedTuple):
    """The plan version that a line was rated by: its path, and the Git blob that stood there."""

    path: str
    blob: str

    @property
    def name(self) -> str:
        """The plan's name, which its path holds."""
        return self.path.split("/")[1]


class LineItem(NamedTuple):
    """One line. `key` is "<deal> <event> <payee> <component> <plan effective> <seq>", `-` where there is none yet.

    `earning_period` is the pay period of the event's day, `booking_period` that of the day it was booked. `item`
    counts the deal's lines from 1. `exact` (minor units) rounded is `amount`: the last rounding point. `reverses` is
    the key of the line that a reversal undoes; `needs` says what a pending line waits for.
    """

    key: str
    type: LineType
    payee: str
    deal: str
    event: str
    item: int
    event_on: date
    booked_on: date
    earning_period: str
    booking_period: str
    currency: str
    amount: int
    engine: str
    deal_commit: str
    because: str
    component: str | None = None
    credit: CreditPart | None = None
    measure: MeasurePart | None = None
    enter: EnterPart | None = None
    slices: tuple[SlicePart, ...] = ()
    exact: Ratio | None = None
    plan: PlanRef | None = None
    reverses: str | None = None
    needs: str | None = None

    @property
    def stem(self) -> str:
        """The key without its sequence number: what the lines of one deal, payee, component and version share."""
        return self.key.rpartition(" ")[0]


class Statement(NamedTuple):
    """What was booked for a payee in one booking period, oldest line first; sums are minor units by currency.

    `opening` is all that was booked before the period's first line, `closing` that plus the period's own `total`.
    `waiting` are the period's pending lines that still wait.
    """

    node: str
    period: str
    lines: tuple[LineItem, ...]
    opening: Mapping[str, int]
    total: Mapping[str, int]
    closing: Mapping[str, int]
    waiting: tuple[LineItem, ...] = ()
