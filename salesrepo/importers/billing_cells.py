"""What does one cell of a billing report say: a kind, a signed amount, a day, months, a name? Or it is a fault."""

import hashlib
import re
from datetime import UTC, date, datetime

from salesrepo.domain.kinds.payment import Months, Payment, PaymentKind
from salesrepo.domain.money import decimals_of, parse_amount
from salesrepo.domain.period import day_in
from salesrepo.domain.record import is_device_name
from salesrepo.errors import RefusedError
from salesrepo.importers.billing_mapping import BillingMapping
from salesrepo.importers.cells import day_of, money_of, text_of
from salesrepo.importers.fault import RowFault, shown

_BACK = ("refunded", "cancelled")
_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:\.[0-9]{1,6})?(?: ?UTC|Z)?")
_MONTHS = re.compile(r"([1-9][0-9]{0,2})(?:-([1-9][0-9]{0,2}))?")
_MOST_MONTHS = 240
_MOST_NAME = 100
_SHORT = 12


def kind_of(text: str, mapping: BillingMapping) -> PaymentKind:
    """The kind that a word of the report stands for."""
    column = mapping.columns.kind
    found = mapping.kinds.get(text)
    if found is not None:
        return found
    if why := mapping.ignored.get(text):
        raise RowFault("no-billing", f"{column} is {shown(text)}: {why}.")
    if not text:
        raise RowFault("missing-value", f"{column} is empty.")
    raise RowFault("unknown-kind", f"{column} is {shown(text)}, which the mapping does not know.")


def currency_of(text: str, column: str) -> str:
    """A currency's code, in whichever case the report writes it."""
    code = text_of(text, column).upper()
    try:
        decimals_of(code)
    except RefusedError as error:
        raise RowFault("unknown-currency", f"{column} is {shown(text)}, which is no currency.") from error
    return code


def amount_of(text: str, kind: PaymentKind, currency: str, mapping: BillingMapping) -> str:
    """The amount as records keep it, without a sign; the sign that the report writes must fit the kind."""
    column = mapping.columns.amount
    bare = text_of(text, column)
    if mapping.signed and kind in _BACK:
        if not bare.startswith("-"):
            raise RowFault("bad-amount", f"{column} is {shown(text)}, and what is {kind} stands with a minus sign.")
        bare = bare[1:]
    amount = money_of(bare, currency, column)
    if kind in ("invoiced", "paid", "refunded") and not parse_amount(amount, currency):
        raise RowFault("bad-amount", f"{column} is {shown(text)}, and nothing is {kind} by 0.")
    return amount


def billed_on(text: str, mapping: BillingMapping, zone: str, today: date) -> date:
    """The day of a row in the company's time zone, today at the latest."""
    column, written = mapping.columns.day, text_of(text, mapping.columns.day)
    if mapping.dates == "utc":
        day = _of_time(written, column, zone)
    else:
        day = day_of(written, mapping.dates, column)
    if day > today:
        raise RowFault("future", f"{column} is {day}, which has not come yet.")
    return day


def _of_time(text: str, column: str, zone: str) -> date:
    found = _TIME.fullmatch(text)
    try:
        instant = datetime.fromisoformat(f"{found[1]}T{found[2]}").replace(tzinfo=UTC) if found else None
    except ValueError:
        instant = None
    if instant is None:
        raise RowFault("bad-date", f"{column} is {shown(text)}, which is no time in UTC such as 2026-11-21 10:05:00.")
    return day_in(zone, instant)


def months_of(text: str, column: str) -> Months | None:
    """Months of service: `7`, or `1-12`; None for an empty cell."""
    if not text:
        return None
    found = _MONTHS.fullmatch(text)
    first = int(found[1]) if found else 0
    last = int(found[2] or found[1]) if found else 0
    if not 1 <= first <= last <= _MOST_MONTHS:
        raise RowFault("bad-number", f"{column} is {shown(text)}, which is no months such as 7 or 1-12.")
    return Months(first=first, last=last)


def name_of(text: str, column: str) -> str | None:
    """The name of an invoice or payment as paths and plans write it: `INV-2026/7` is inv-2026-7; None for none.

    Capitals become small, and each run of other characters a hyphen.
    """
    if not text:
        return None
    name = "-".join(re.findall(r"[a-z0-9]+(?:\.[a-z0-9]+)*", text.lower())) if text.isascii() else ""
    if not name or len(name) > _MOST_NAME or is_device_name(name) or text[0] in "=+-@":
        raise RowFault("bad-id", f"{column} is {shown(text)}, which can be no name here.")
    return name


def derived_id(payment: Payment) -> str:
    """An id for a record that billing gave none: the same for the same content, so that it is recorded once."""
    months = payment.months and (payment.months.first, payment.months.last)
    said = (payment.deal, payment.amount, payment.currency, payment.invoice, months, payment.units, payment.order)
    digest = hashlib.sha256(repr((payment.kind, str(payment.day), *said)).encode()).hexdigest()
    return f"{payment.kind}-{payment.day}-{digest[:_SHORT]}"
