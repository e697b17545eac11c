"""How are booked lines written down? Two kinds of the ledger branch: a payee's batches, and the way to a deal's lines.

Neither lies on main. A file is added once and never changed. All that a reader needs to recompute a line stands in it.
What a line says is made out of what records say, so its fields are wider than theirs: names put together, sums of
amounts, fractions of fractions.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from salesrepo.domain.fields import (
    AccountKey,
    Currency,
    DealId,
    LineKey,
    NodeId,
    ObjectId,
    Pattern,
    Slug,
    Text,
    Whole,
)
from salesrepo.domain.money import RATIO_REGEX, SUM_REGEX
from salesrepo.domain.record import TABLE_CAP, Kind, Owner, PathPattern
from salesrepo.domain.statement import LineType

Exact = Annotated[str, Pattern(RATIO_REGEX, "an exact number such as 9750 or 263159/2000")]
WindowId = Annotated[
    str, Pattern(r"[0-9]{4}(?:-[0-9]{2}|-q[1-4]|-h[12])?|always|each", "a period such as 2017-12, 2017-q4 or 2017")
]
Sum = Annotated[str, Pattern(SUM_REGEX, 'an amount such as "1054.00"')]
Name = Annotated[str, Pattern(r"[a-z0-9][a-z0-9.-]{0,198}[a-z0-9]|[a-z0-9]", "a name of a-z, 0-9, - and .")]
Words = Annotated[str, Text(1000)]
Because = Annotated[str, Text(16_000, lines=True)]
Sequence = Annotated[int, Whole(1, 1_000_000_000)]


@dataclass(frozen=True, kw_only=True)
class BookedCredit:
    """The share of a deal's line: between two cumulative shares `of` the amount; rounded, it `gives` the credit."""

    role: Slug
    currency: Currency
    of: Sum
    starts: Exact
    ends: Exact
    gives: Sum
    via: Slug | None = None
    node: NodeId | None = None


@dataclass(frozen=True, kw_only=True)
class BookedFx:
    """A conversion: so many `into` for one `out_of` on a day, as a source published it, and what that makes."""

    out_of: Currency
    into: Currency
    rate: Exact
    day: date
    source: Words
    amount: Sum


@dataclass(frozen=True, kw_only=True)
class BookedRelease:
    """How much of an amount is payable: the share `before` and `after`, and what let it go."""

    of: Sum
    before: Exact
    after: Exact
    by: Words


@dataclass(frozen=True, kw_only=True)
class BookedTaking:
    """What is taken back: by which rule which share of an amount, less what was taken `before`; at most `stood`."""

    rule: Words
    of: Sum
    share: Exact
    before: Sum
    stood: Sum | None = None


@dataclass(frozen=True, kw_only=True)
class BookedDraw:
    """A draw: what pay was compared with, its amount, what is owed before and after."""

    name: Name
    compared: Sum
    amount: Sum
    before: Sum
    after: Sum


@dataclass(frozen=True, kw_only=True)
class BookedShare:
    """A member's share of a team's line, between two cumulative weights."""

    team: NodeId
    of: Sum
    starts: Exact
    ends: Exact


@dataclass(frozen=True, kw_only=True)
class BookedMeasure:
    """What counted: `base` of the event's whole `of`, in a currency, or things where there is none."""

    name: Name
    base: Sum
    unit: Currency | None = None
    of: Sum | None = None


@dataclass(frozen=True, kw_only=True)
class BookedMove:
    """A running figure that the event moved, from `before` on by `base`."""

    measure: Name
    window: WindowId
    unit: Currency | None = None
    before: Sum
    base: Sum


@dataclass(frozen=True, kw_only=True)
class BookedEnter:
    """Where the figure that a table is entered `by` stood before and after the line."""

    by: Words
    window: WindowId | None = None
    before: Exact
    after: Exact
    unit: Currency | None = None
    quota: Exact | None = None


@dataclass(frozen=True, kw_only=True)
class BookedSlice:
    """A part of the base, the rate of its row as the plan writes it and as a number, and exactly what that gives."""

    row: Words
    part: Exact
    rate: Words
    price: Exact
    gives: Exact


@dataclass(frozen=True, kw_only=True)
class BookedFactor:
    """What the exact amount was multiplied by, and the figure that was looked up for it."""

    name: Name
    by: Words | None = None
    at: Exact | None = None
    times: Exact


@dataclass(frozen=True, kw_only=True)
class BookedLimit:
    """A limit that changed the amount, with what had been used in its window before."""

    name: Name
    window: WindowId
    before: Sum
    after: Sum
    used: Sum


@dataclass(frozen=True, kw_only=True)
class BookedLess:
    """What had been paid already: for an `event` (a line's stem) that `by` re-rated, or for a window's sum."""

    booked: Sum
    event: LineKey | None = None
    by: Words | None = None


@dataclass(frozen=True, kw_only=True)
class BookedPlan:
    """The plan version that rated the line."""

    path: Words
    blob: ObjectId


@dataclass(frozen=True, kw_only=True)
class BookedLine:
    """A `LineItem` (domain/statement.py) as text; `exact` is in whole units of the currency."""

    key: LineKey
    type: LineType
    payee: NodeId
    deal: DealId | None = None
    event: Name
    item: Sequence
    event_on: date
    booked_on: date
    earning_period: WindowId
    booking_period: WindowId
    currency: Currency
    component: Slug | None = None
    credit: BookedCredit | None = None
    measure: BookedMeasure | None = None
    moved: tuple[BookedMove, ...] = ()
    rule: Slug | None = None
    enter: BookedEnter | None = None
    slices: tuple[BookedSlice, ...] = ()
    factors: tuple[BookedFactor, ...] = ()
    exact: Exact | None = None
    less: BookedLess | None = None
    calculated: Sum | None = None
    limits: tuple[BookedLimit, ...] = ()
    amount: Sum
    plan: BookedPlan | None = None
    engine: Slug
    deal_commit: ObjectId
    reverses: LineKey | None = None
    needs: Because | None = None
    about: LineKey | None = None
    fx: BookedFx | None = None
    paid_in: BookedFx | None = None
    released: BookedRelease | None = None
    taken: BookedTaking | None = None
    drawn: BookedDraw | None = None
    shared: BookedShare | None = None
    because: Because


@dataclass(frozen=True, kw_only=True)
class RunningTotal:
    """How far a payee's measure has come in a window, under a plan: money of a currency, or things where there is none.

    What a limit has used up is such a figure, too, under the name of its component and its place there.
    """

    plan: Slug
    measure: Name
    window: WindowId
    currency: Currency | None = None
    total: Sum


@dataclass(frozen=True, kw_only=True)
class Closing:
    """What the payee's next booking starts from: running totals, and all amounts booked so far by currency.

    `pending` names the deals of which a line of this payee waits: where to look again once a plan is there.
    """

    running: tuple[RunningTotal, ...] = ()
    amounts: Mapping[Currency, Sum] = field(default_factory=dict)
    pending: tuple[DealId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LedgerBatch:
    """What one main commit booked for one payee in one booking period, or a part of it.

    `seq` counts a node's files over all periods. The last file of a commit and node closes it: only there stands
    `closing`, and so the node's highest `seq` is all that its next booking reads.
    """

    node: NodeId
    period: WindowId
    seq: Sequence
    commit: ObjectId
    engine: Slug
    lines: tuple[BookedLine, ...]
    closing: Closing | None = None

    @property
    def number(self) -> str:
        """The file's name: `seq` with leading zeros, so that a folder lists them in order."""
        return file_number(self.seq)


@dataclass(frozen=True, kw_only=True)
class DealLine:
    """Where one line of a deal stands: batch `seq` of a node's period."""

    key: LineKey
    type: LineType
    amount: Sum
    currency: Currency
    node: NodeId
    period: WindowId
    batch: Sequence


@dataclass(frozen=True, kw_only=True)
class DealLines:
    """What one main commit booked for one deal of an account, or a part of it; `seq` counts the deal's files."""

    deal: DealId
    account: AccountKey
    seq: Sequence
    lines: tuple[DealLine, ...]

    @property
    def number(self) -> str:
        """The file's name, as in `LedgerBatch`."""
        return file_number(self.seq)


def file_number(seq: int) -> str:
    """A sequence number as a file's name: six digits, more where it needs them."""
    return f"{seq:06}"


LEDGER_BATCH = Kind(
    "ledger-batch", LedgerBatch, PathPattern("<s:node>/<node>/<period>/<number>.yml"), Owner.BOT, cap=TABLE_CAP
)
BY_DEAL = Kind("by-deal", DealLines, PathPattern("by-deal/<s:deal>/<deal>/<number>.yml"), Owner.BOT, cap=TABLE_CAP)
