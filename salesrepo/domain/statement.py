"""What does one line of the ledger say? A sum of money with everything that made it, so that anyone can recompute it.

Amounts are whole minor units, shares and exact results are ratios (domain/money.py). How a line is written down stands
in `domain/kinds/ledger_batch.py`. A line and its parts are named tuples: a million are made at a time, and a dataclass
takes five times as long to define and three times as long to fill.
"""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from salesrepo.domain.money import Ratio

OWN = "own"  # the credit that a payee has themselves, not by somebody else


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
    """First rounding point: the share of `of` from `starts` to `ends` (cumulative, in the deal's order) is `gives`.

    `via` says whose credit it is for the payee: `own`, or that of `node`: who reports to them, whom they referred, a
    member of the team.
    """

    role: str
    currency: str
    of: int
    starts: Ratio
    ends: Ratio
    gives: int
    via: str = OWN
    node: str = ""


class FxPart(NamedTuple):
    """Second rounding point: `amount` (minor units of `into`) is what `rate` makes of minor units of `out_of`.

    `rate` is so many `into` for one `out_of`, that of `day`, as `source` published it.
    """

    out_of: str
    into: str
    rate: Ratio
    day: date
    source: str
    amount: int


class MeasurePart(NamedTuple):
    """What counted: the measure's name, how much of it, its unit (a currency, or "" for things that are counted), and
    how much the whole event has, of which the credit's share is `base`; things are counted whole where it is None."""

    name: str
    base: int
    unit: str
    of: int | None = None


class EnterPart(NamedTuple):
    """Where the figure that the table is entered `by` stood before and after this line; `each` starts at zero.

    Minor units or things for a running total (`base`), a share of the `quota` for `attainment.…`, else the event's own.
    """

    by: str
    window: str
    before: Ratio
    after: Ratio
    unit: str = ""
    quota: Ratio | None = None


class MovedPart(NamedTuple):
    """A running figure that the event moved for its payee: from `before` on by `base`, whether or not it paid anything.

    Stands on the first line of an event, so that taking it back moves every figure back.
    """

    measure: str
    window: str
    unit: str
    before: int
    base: int


class SlicePart(NamedTuple):
    """`part` of the base was paid at `rate` ("5%", as the plan writes it) because it lay in `row`; exactly `gives`.

    `price` is the rate as a number: minor units for the smallest unit of what counts. A sum gives its price, once.
    """

    row: str
    part: Ratio
    rate: str
    price: Ratio
    gives: Ratio  # minor units


class FactorPart(NamedTuple):
    """The exact amount was multiplied by `times`, because of what the factor looked up `by` (its figure: `at`)."""

    name: str
    by: str
    at: Ratio | None
    times: Ratio


class LimitPart(NamedTuple):
    """A limit changed the line's amount `before` to `after`; `used` had been used in its window until then."""

    name: str
    window: str
    before: int
    after: int
    used: int


class LessPart(NamedTuple):
    """What had been paid already and is subtracted: for this `event` (a line's stem), because `by` re-rated it, or for
    the whole window, where a sum is reached (`event` is "")."""

    booked: int
    event: str = ""
    by: str = ""


class ReleasePart(NamedTuple):
    """How much of a line is payable: the share of it `before` and `after`, and what let it go.

    The line's amount is round(of x after) - round(of x before), so that parts sum to the whole.
    """

    of: int
    before: Ratio
    after: Ratio
    by: str


class TakenPart(NamedTuple):
    """What a cancellation or refund takes back: by which rule (`70%`, `unserved` ...) which `share` of `of` minor units
    in all, of which `before` was taken earlier; no more than `stood` of the line until then (None: no such bound)."""

    rule: str
    of: int
    share: Ratio
    before: int
    stood: int | None = None


class DrawPart(NamedTuple):
    """A draw: which one, what pay was compared with, its amount, what the payee owes before and after (minor units)."""

    name: str
    compared: int
    amount: int
    before: int
    after: int


class SharePart(NamedTuple):
    """A member's share of a team's line `of` minor units: from the cumulative weight `starts` to `ends`."""

    team: str
    of: int
    starts: Ratio
    ends: Ratio


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
    counts the deal's lines from 1. `exact` (minor units), rounded (the last rounding point), `less` what was paid
    already, is `calculated`; what the limits leave of that is `amount`. `rule` is the rate's rule that paid, where it
    has several. `reverses` is the key of the line that a reversal undoes; `needs` says what a pending line waits for.
    `about` is the key of the line that a reserve, release, clawback or share stands beside. Lines of a period have no
    deal. The sum of all amounts is what is payable and not paid out: an earning counts in full, what is not released
    of it stands beside it as a reserve below zero.
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
    moved: tuple[MovedPart, ...] = ()
    enter: EnterPart | None = None
    slices: tuple[SlicePart, ...] = ()
    factors: tuple[FactorPart, ...] = ()
    exact: Ratio | None = None
    calculated: int | None = None
    limits: tuple[LimitPart, ...] = ()
    plan: PlanRef | None = None
    rule: str | None = None
    less: LessPart | None = None
    reverses: str | None = None
    needs: str | None = None
    about: str | None = None
    fx: FxPart | None = None
    paid_in: FxPart | None = None
    released: ReleasePart | None = None
    taken: TakenPart | None = None
    drawn: DrawPart | None = None
    shared: SharePart | None = None

    @property
    def money(self) -> str:
        """The currency in which the line was calculated: the plan's; `currency` is the one that is paid."""
        return self.paid_in.out_of if self.paid_in else self.currency

    @property
    def stem(self) -> str:
        """The key without its sequence number: what the lines of one deal, payee, component and version share."""
        return self.key.rpartition(" ")[0]
