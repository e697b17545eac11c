"""How far is a deal on a day, by what billing says of it: what came in, what went back, how long has it run?

A month after a day is complete on the same day of the next month; where that month is shorter, on its last day. Months
are always counted from the first day itself: 31 January, 28 February, 31 March. A year after 29 February is complete on
28 February.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from salesrepo.domain.money import parse_amount
from salesrepo.errors import RefusedError

if TYPE_CHECKING:
    from salesrepo.domain.kinds.deal import Deal
    from salesrepo.domain.kinds.payment import Payment


class Billing(NamedTuple):
    """A deal as billing knows it at the end of `day`; sums so far, in minor units of the deal's `currency`.

    `amount` is what the deal is worth in all, `term` its months of service from `starts` on, `invoices_paid` the names
    of invoices that are paid, `months_paid` the months of service that payments name. `refunds` are the days on which
    money went back, `cancelled` the day on which the deal was.
    """

    currency: str
    amount: int
    day: date
    signed: date
    starts: date
    term: int | None = None
    received: int = 0
    invoiced: int = 0
    refunded: int = 0
    invoices_paid: frozenset[str] = frozenset()
    months_paid: frozenset[int] = frozenset()
    first_paid: date | None = None
    refunds: tuple[date, ...] = ()
    cancelled: date | None = None

    @property
    def share_received(self) -> Fraction:
        """What came in of the amount, at most 1; of a deal that is worth nothing, or less, all."""
        return self._share_of(self.received)

    @property
    def share_invoiced(self) -> Fraction:
        """What was invoiced of the amount, at most 1. What came in without an invoice counts as invoiced."""
        return self._share_of(max(self.invoiced, self.received))

    @property
    def share_refunded(self) -> Fraction:
        """What went back of the amount, at most 1."""
        return self._share_of(self.refunded) if self.refunded else Fraction(0)

    def month_paid(self, month: int) -> bool:
        """Whether a month of service, counted from 1, is paid.

        A payment names it, or so much came in that it is reached when months are paid one after the other: one
        prepayment covers many. A month beyond the term is paid with the last one; where there is no term, with the
        whole amount.
        """
        reached = min(Fraction(month, self.term), Fraction(1)) if self.term else Fraction(1)
        return month in self.months_paid or self.share_received >= reached

    def stands_after(self, months: int) -> bool:
        """Whether the deal stands so many completed months after its start: they are over, and it was not cancelled
        before they were."""
        due = months_after(self.starts, months)
        return due <= self.day and (self.cancelled is None or due <= self.cancelled)

    def instalments_due(self, count: int) -> int:
        """How many of so many monthly instalments are due: the first at the start, then one each month.

        A cancellation does not stop them: a plan's `reversal` says what it takes back.
        """
        return min(completed_months(self.starts, self.day) + 1, count) if self.starts <= self.day else 0

    def months_served(self, day: date) -> int:
        """The completed months of service up to a day, at most the term."""
        served = completed_months(self.starts, day)
        return min(served, self.term) if self.term else served

    def _share_of(self, part: int) -> Fraction:
        return min(Fraction(part, self.amount), Fraction(1)) if self.amount > 0 else Fraction(1)


def months_after(day: date, months: int) -> date:
    """The day on which so many months after a day are complete."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def completed_months(since: date, day: date) -> int:
    """How many months after `since` are complete on a day; none before it."""
    months = (day.year - since.year) * 12 + day.month - since.month
    return max(months - (months_after(since, months) > day), 0)


def billing_of(deal: "Deal", payments: "Iterable[Payment]", *, day: date) -> Billing:
    """A won deal with the payment records of it that are dated up to `day`.

    Service starts on the day of the signature where the deal does not say. An invoice is paid once what was paid under
    its name reaches what was invoiced under it. Raises RefusedError for a deal without a signed date, for an amount
    that is none and for a payment in another currency than the deal's.
    """
    known = sorted((one for one in payments if one.day <= day), key=lambda one: (one.day, one.payment))
    return running_billing(deal, known).as_of(day)


class RunningBilling:
    """A won deal as its billing records come in, in whatever order; `add` costs the same however many there were."""

    def __init__(self, deal: "Deal") -> None:
        if deal.signed is None:
            raise RefusedError(f"{deal.deal} has no signed date.", hint="Amend the deal.")
        self._deal = deal
        self._day = date.min
        self._paid: dict[str, int] = {}
        self._invoiced: dict[str, int] = {}
        self._now = Billing(
            currency=deal.currency,
            amount=sum(line.quantity * parse_amount(line.price, deal.currency) for line in deal.lines),
            day=date.min,
            signed=deal.signed,
            starts=deal.starts or deal.signed,
            term=deal.term,
        )

    def add(self, one: "Payment") -> None:
        """Take in a record. Raises RefusedError where its currency is not the deal's, or its amount is none."""
        deal, now = self._deal, self._now
        if one.currency != deal.currency:
            message = f"Payment {one.payment} is in {one.currency}, its deal {deal.deal} in {deal.currency}."
            raise RefusedError(message, hint="Amend the payment.")
        amount = parse_amount(one.amount, one.currency)
        match one.kind:
            case "paid":
                now = _paid(now, one, amount)
                _count(self._paid, one, amount)
            case "invoiced":
                now = now._replace(invoiced=now.invoiced + amount)
                _count(self._invoiced, one, amount)
            case "refunded":
                days = now.refunds if one.day in now.refunds else tuple(sorted((*now.refunds, one.day)))
                now = now._replace(refunded=now.refunded + amount, refunds=days)
            case "cancelled":
                now = now._replace(cancelled=min(now.cancelled or one.day, one.day))
        if one.invoice is not None and one.invoice in self._paid:
            is_paid = self._paid[one.invoice] >= self._invoiced.get(one.invoice, 0)
            if is_paid != (one.invoice in now.invoices_paid):
                now = now._replace(invoices_paid=now.invoices_paid ^ {one.invoice})
        self._now = now
        self._day = max(self._day, one.day)

    def as_of(self, day: date) -> Billing:
        """The deal with the records so far: on a day, or on that of the latest record where that is later."""
        return self._now._replace(day=max(day, self._day))


def running_billing(deal: "Deal", payments: "Iterable[Payment]") -> RunningBilling:
    """A won deal with these records taken in. Raises RefusedError as `billing_of`."""
    running = RunningBilling(deal)
    for one in payments:
        running.add(one)
    return running


def _paid(now: Billing, one: "Payment", amount: int) -> Billing:
    months = frozenset(range(one.months.first, one.months.last + 1)) if one.months else frozenset[int]()
    return now._replace(
        received=now.received + amount,
        months_paid=now.months_paid if months <= now.months_paid else now.months_paid | months,
        first_paid=min(now.first_paid or one.day, one.day),
    )


def _count(sums: dict[str, int], one: "Payment", amount: int) -> None:
    if one.invoice is not None:
        sums[one.invoice] = sums.get(one.invoice, 0) + amount
