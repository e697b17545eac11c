"""How do the columns and words of a billing system's report translate into ours? What a mapping file may say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from salesrepo.domain.fields import Line, Slug
from salesrepo.domain.kinds.payment import PaymentKind
from salesrepo.domain.record import TABLE_CAP, Kind, Owner, PathPattern

DayForm = Literal["month/day/year", "day/month/year", "day.month.year", "year-month-day", "utc"]


@dataclass(frozen=True, kw_only=True)
class BillingColumns:
    """Which column holds what. `deal` means a deal by its id, handle or order reference; `invoice` by its invoice.

    `payment` is the row's own id in that system. A column that is not named is not read.
    """

    kind: Line
    amount: Line
    currency: Line
    day: Line
    deal: Line | None = None
    invoice: Line | None = None
    months: Line | None = None
    units: Line | None = None
    order: Line | None = None
    payment: Line | None = None


@dataclass(frozen=True, kw_only=True)
class BillingMapping:
    """The whole mapping. `kinds` says what each word of the kind's column is here, `ignored` why a word is no billing.

    `signed`: money that goes back stands with a minus sign. `optional` names columns that a report may lack. `deals`
    gives the deal that a cell of the deal's column means where it is neither id nor order (a customer's number, say).
    With dates `utc` the day's column holds times in UTC, which become days in the company's time zone.
    """

    system: Slug
    dates: DayForm
    columns: BillingColumns
    kinds: Mapping[Line, PaymentKind]
    ignored: Mapping[Line, Line] = field(default_factory=dict)
    signed: bool = False
    optional: tuple[Line, ...] = ()
    deals: Mapping[Line, Line] = field(default_factory=dict)

    def problems(self) -> Iterable[tuple[tuple[str | int, ...], str]]:
        """What the fields alone do not show."""
        if self.columns.deal is None and self.columns.invoice is None:
            yield ("columns",), "columns name neither deal nor invoice, so no row would find its deal."
        for word in self.kinds:
            if word in self.ignored:
                yield ("ignored", word), f"{word} is a kind of billing and none."
        needed = {self.columns.kind, self.columns.amount, self.columns.currency, self.columns.day}
        for at, column in enumerate(self.optional):
            if column in needed:
                yield ("optional", at), f"The column {column} is needed in every row."


BILLING_MAPPING = Kind("billing-mapping", BillingMapping, PathPattern("billing.yml"), Owner.MAINTAINER, cap=TABLE_CAP)
