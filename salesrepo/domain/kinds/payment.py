"""What did billing say of a deal: an order booked, an invoice sent or paid, money given back?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from salesrepo.domain.fields import AccountKey, Amount, Count, Currency, DealId, EntryId, Line, Slug, Whole
from salesrepo.domain.record import Kind, Owner, PathPattern

PaymentKind = Literal["ordered", "invoiced", "paid", "refunded", "cancelled"]
_SERVICE: tuple[PaymentKind, ...] = ("invoiced", "paid", "refunded")

Month = Annotated[int, Whole(1, 240)]


@dataclass(frozen=True, kw_only=True)
class Months:
    """Months of a deal's service, counted from 1, the first and the last included."""

    first: Month
    last: Month

    def problems(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Months run forwards."""
        if self.last < self.first:
            yield ("last",), f"months.last is {self.last}, before months.first {self.first}."


@dataclass(frozen=True, kw_only=True)
class Payment:
    """A billing record, finance's word. `ordered` confirms an order's amount and reference, `invoiced` asks for money.

    `paid` and `refunded` are money moved; an amount is never negative, `kind` says which way it goes. `product` is
    what an order is for, where billing knows it: it must then be what the deal sells. `account` is the deal's, told
    where its id comes from elsewhere and does not name it. `invoice` is the name of an invoice or milestone, `months`
    the months of service that it covers, `units` the usage that is billed.
    """

    payment: EntryId
    deal: DealId
    account: AccountKey | None = None
    kind: PaymentKind
    amount: Amount
    currency: Currency
    day: date
    order: Line | None = None
    product: Slug | None = None
    invoice: Slug | None = None
    months: Months | None = None
    units: Count | None = None

    def problems(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Months and units are of a service that is billed."""
        if self.kind not in _SERVICE:
            for name in ("invoice", "months", "units"):
                if getattr(self, name) is not None:
                    yield (name,), f"{name} belongs to what is invoiced, paid or refunded, not to what is {self.kind}."

    @property
    def holder(self) -> str:
        """The account on which the deal lies: the one that is told, else the one that an id of ours begins with."""
        return self.account or self.deal.rpartition("-")[0] or self.deal


PAYMENT = Kind("payment", Payment, PathPattern("payments/<s:deal>/<deal>/<payment>.yml"), Owner.FINANCE)
