"""What did billing say of a deal: an order booked, an invoice paid, money given back?"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from salesrepo.domain.fields import Amount, Currency, DealId, Line, Slug
from salesrepo.domain.record import Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class Payment:
    """A billing record, finance's word. `ordered` confirms an order's amount and reference; the rest is money moved.

    `product` is what an order is for, where billing knows it: it must then be what the deal sells.
    """

    payment: Slug
    deal: DealId
    kind: Literal["ordered", "paid", "refunded", "cancelled"]
    amount: Amount
    currency: Currency
    day: date
    order: Line | None = None
    product: Slug | None = None


PAYMENT = Kind("payment", Payment, PathPattern("payments/<s:deal>/<deal>/<payment>.yml"), Owner.FINANCE)
