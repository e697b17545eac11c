"""What is being sold to an account, at which price, how far is it, and who gets the credit?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from salesrepo.domain.fields import (
    AccountKey,
    Amount,
    Currency,
    DealId,
    LayerId,
    Line,
    NodeId,
    Pattern,
    Percent,
    Prose,
    Slug,
    Ulid,
    Whole,
)
from salesrepo.domain.kinds.claim import DEFAULT_LAYER
from salesrepo.domain.kinds.imported import Imported
from salesrepo.domain.lists import overlong
from salesrepo.domain.record import Kind, Owner, PathPattern

Stage = Literal["lead", "connected", "discovery", "demo", "proposal", "negotiation", "won", "lost"]
Billing = Literal["once", "monthly", "quarterly", "annual"]
DealKind = Literal["new", "renewal", "expansion"]
Category = Literal["omitted", "pipeline", "best_case", "commit"]
Framework = Literal["gpct", "bant", "meddpicc", "spiced"]
ContactId = Annotated[str, Pattern(r"c-[0-9a-z]{2,20}", "an opaque contact such as c-7h2, never a name")]
ContactRole = Literal["user", "champion", "authority", "buyer", "technical", "legal", "signer", "blocker"]
CLOSED = ("won", "lost")
CLOSER = "closer"

MOST_ANSWERS = 50
MOST_OF_A_DEAL = {
    "lines": 500,
    "credits": 50,
    "promises": 100,
    "moves": 200,
    "pushed": 200,
    "contacts": 100,
    "competitors": 50,
    "schedule": 240,  # as many months as the longest term has
    "also_for": 100,
    "amended": 100,
}
MOST_INSIDE = {"lines": {"discounts": 20}, "moves": {"evidence": 50}}


@dataclass(frozen=True, kw_only=True)
class Discount:
    """One reason why a line costs less than the list: what it is called, and how much off what is left."""

    name: Slug
    percent: Percent


@dataclass(frozen=True, kw_only=True)
class DealLine:
    """One position: `price` is the price of one unit, in the deal's currency, with any `discounts` taken off."""

    product: Slug
    quantity: Annotated[int, Whole(1, 1_000_000)]
    price: Amount
    discounts: tuple[Discount, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Quote:
    """Prices that the customer may see: since when, and the digest of what was asked for (`domain/quote.py`)."""

    day: date
    digest: Annotated[str, Pattern(r"[0-9a-f]{64}", "the digest of a quote")]
    why: Line | None = None


@dataclass(frozen=True, kw_only=True)
class DealCredit:
    """A node's share of the deal's value in a role; the shares of one role sum to 100 %."""

    node: NodeId
    role: Slug
    share: Percent


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """An activity of the log: its id, and the day on which it was noted, by which its stream is found.

    `node` is whose log it is; the deal's own node where it is left out.
    """

    day: date
    id: Ulid
    node: NodeId | None = None


@dataclass(frozen=True, kw_only=True)
class Move:
    """The deal came to a stage on a day. `evidence` is what the buyer did; moves are only ever appended."""

    stage: Stage
    day: date
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A person at the customer by an opaque id, and what they are in this deal."""

    contact: ContactId
    role: ContactRole


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is known of one question of a framework. The score, 0 to 2, counts only with evidence."""

    text: Prose
    score: Annotated[int, Whole(0, 2)] = 0
    evidence: Evidence | None = None


@dataclass(frozen=True, kw_only=True)
class Qualification:
    """How well the deal is known, by the questions of one framework (`domain/qualification.py`)."""

    framework: Framework = "gpct"
    fields: Mapping[Slug, Answer] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Instalment:
    """What is to be invoiced on a day, in the deal's currency."""

    day: date
    amount: Amount


@dataclass(frozen=True, kw_only=True)
class Amendment:
    """Why a deal that was won already was changed, and on which day that was noted."""

    day: date
    reason: Line


@dataclass(frozen=True, kw_only=True)
class Deal:
    """One deal on a claimed account; the seller's word. What is paid for it stands elsewhere.

    `signed` is the day the customer signed (won), `closed` the day it was lost, `closes` when it is expected to close,
    `pushed` the days on which it was to close before. `order` is the customer's order reference, `term` counts months
    from `starts` on; the amounts of a `schedule` add up to the deal's. `category` is the seller's own forecast, one
    step from that of the stage at most. `apart` says why this is not the same deal as another open one.
    `also_for` names accounts of the same family that the order covers as well. `amended` says why it was changed after
    it was won.
    """

    deal: DealId
    account: AccountKey
    layer: LayerId = DEFAULT_LAYER
    node: NodeId
    stage: Stage
    opened: date
    currency: Currency
    lines: tuple[DealLine, ...] = ()
    credits: tuple[DealCredit, ...] = ()
    closes: date | None = None
    signed: date | None = None
    order: Line | None = None
    closed: date | None = None
    reason: Line | None = None
    term: Annotated[int, Whole(1, 240)] | None = None
    billing: Billing | None = None
    promises: tuple[Slug, ...] = ()
    quote: Quote | None = None
    kind: DealKind = "new"
    source: Slug | None = None
    moves: tuple[Move, ...] = ()
    pushed: tuple[date, ...] = ()
    category: Category | None = None
    category_reason: Line | None = None
    contacts: tuple[Contact, ...] = ()
    competitors: tuple[Slug, ...] = ()
    qualification: Qualification | None = None
    reason_code: Slug | None = None
    lost_to: Slug | None = None
    starts: date | None = None
    schedule: tuple[Instalment, ...] = ()
    apart: Line | None = None
    also_for: tuple[AccountKey, ...] = ()
    amended: tuple[Amendment, ...] = ()
    note: Prose | None = None
    imported: Imported | None = None

    def problems(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """What no field says by itself: how long its lists are."""
        yield from overlong(self, MOST_OF_A_DEAL)
        for name, most in MOST_INSIDE.items():
            for at, entry in enumerate(getattr(self, name)):
                yield from (((name, at, *route), sentence) for route, sentence in overlong(entry, most))
        if self.qualification is not None and len(self.qualification.fields) > MOST_ANSWERS:
            yield ("qualification", "fields"), f"More than {MOST_ANSWERS} questions are answered."

    @property
    def is_open(self) -> bool:
        """Neither won nor lost."""
        return self.stage not in CLOSED


DEAL = Kind("deal", Deal, PathPattern("deals/<s:account>/<account>/<deal>.yml"), Owner.SELLER)
