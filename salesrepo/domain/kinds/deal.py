"""What is being sold to an account, at which price, how far is it, and who gets the credit?"""

from dataclasses import dataclass
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
    Percent,
    Prose,
    Slug,
    Whole,
)
from salesrepo.domain.kinds.claim import DEFAULT_LAYER
from salesrepo.domain.kinds.imported import Imported
from salesrepo.domain.record import Kind, Owner, PathPattern

Stage = Literal["lead", "connected", "discovery", "demo", "proposal", "negotiation", "won", "lost"]
Billing = Literal["once", "monthly", "quarterly", "annual"]
CLOSED = ("won", "lost")
CLOSER = "closer"


@dataclass(frozen=True, kw_only=True)
class DealLine:
    """One position: `price` is the price of one unit, in the deal's currency."""

    product: Slug
    quantity: Annotated[int, Whole(1, 1_000_000)]
    price: Amount


@dataclass(frozen=True, kw_only=True)
class DealCredit:
    """A node's share of the deal's value in a role; the shares of one role sum to 100 %."""

    node: NodeId
    role: Slug
    share: Percent


@dataclass(frozen=True, kw_only=True)
class Deal:
    """One deal on a claimed account; the seller's word. What is paid for it stands elsewhere.

    `signed` is the day the customer signed (won), `closed` the day it was lost, `closes` when it is expected to close.
    `order` is the customer's order reference, `term` counts months.
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
    note: Prose | None = None
    imported: Imported | None = None

    @property
    def is_open(self) -> bool:
        """Neither won nor lost."""
        return self.stage not in CLOSED


DEAL = Kind("deal", Deal, PathPattern("deals/<s:account>/<account>/<deal>.yml"), Owner.SELLER)
