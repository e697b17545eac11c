"""Which billing records are the rows of a report, and why are the others none?"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from salesrepo.domain.blanks import ordinary_blanks
from salesrepo.domain.kinds.deal import Deal
from salesrepo.domain.kinds.payment import Payment
from salesrepo.domain.money import parse_amount
from salesrepo.errors import RefusedError
from salesrepo.importers.billing_cells import (
    amount_of,
    billed_on,
    currency_of,
    derived_id,
    kind_of,
    months_of,
    name_of,
)
from salesrepo.importers.billing_mapping import BillingMapping
from salesrepo.importers.cells import text_of, whole_of
from salesrepo.importers.csv_rows import Row, Table, read_table
from salesrepo.importers.fault import RowFault, shown
from salesrepo.importers.report import ReportedRow, Tally

MOST_UNITS = 1_000_000_000


@dataclass(frozen=True, kw_only=True)
class KnownBilling:
    """What the company knows: the deals that a text means, those that have an invoice, and what is recorded.

    `recorded` gives the deals under which a payment's id stands, and `record` what stands there. `unfit` says what is
    wrong with a text that a record would hold, or nothing.
    """

    deals: Callable[[str], Sequence[Deal]]
    invoiced: Callable[[str], Sequence[Deal]]
    recorded: Callable[[str], Sequence[str]]
    record: Callable[[str, str], Payment | None]
    unfit: Callable[[str], str]
    today: date
    zone: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A row that is a record: the line on which it stands, and what it says."""

    line: int
    payment: Payment


@dataclass(frozen=True)
class BillingRead:
    """What a report says: the new records by line, and the tally, which is not finished yet."""

    name: str
    placed: tuple[Placed, ...]
    tally: Tally


def read_billing(name: str, data: bytes, mapping: BillingMapping, known: KnownBilling) -> BillingRead:
    """Every row as a record, as one that is there already, or in the tally with its reason.

    Raises RefusedError where the file is no such table: too large, or without a column that the mapping names.
    """
    columns = [column for column in vars(mapping.columns).values() if column]
    table = read_table(name, data, needed=[column for column in columns if column not in mapping.optional])
    return _Reading(mapping, known, table).read()


class _Reading:
    def __init__(self, mapping: BillingMapping, known: KnownBilling, table: Table) -> None:
        self.mapping, self.known, self.table = mapping, known, table
        self.tally = Tally()
        self.seen: dict[tuple[str, str], int] = {}  # deal and payment, and the line that said it first
        self.here: dict[str, dict[str, Deal]] = {}  # deals by the invoices that this file names

    def read(self) -> BillingRead:
        table = self.table
        self.tally.read[table.name] += len(table.rows) + len(table.bad)
        self.tally.rows += [ReportedRow(table.name, bad.line, "", bad.reason, bad.sentence) for bad in table.bad]
        return BillingRead(table.name, tuple(self._placed()), self.tally)

    def _placed(self) -> Iterator[Placed]:
        for row in self.table.rows:
            try:
                payment = self._payment(row)
                if self._is_there(payment, row.line):
                    self.tally.known[self.table.name] += 1
                    continue
            except RowFault as fault:
                known_as = shown(self._cell(row, "payment") or self._cell(row, "invoice"))[1:-1]
                self.tally.rows.append(ReportedRow(self.table.name, row.line, known_as, fault.reason, fault.sentence))
                continue
            self.tally.done[self.table.name] += 1
            yield Placed(row.line, payment)

    def _cell(self, row: Row, field: str) -> str:
        """A cell by our name for its column; empty where the report has none."""
        column = getattr(self.mapping.columns, field)
        return ordinary_blanks(row.cells.get(column, "")).strip() if column else ""

    def _column(self, field: str) -> str:
        return getattr(self.mapping.columns, field) or field

    def _payment(self, row: Row) -> Payment:
        kind = kind_of(self._cell(row, "kind"), self.mapping)
        currency = currency_of(self._cell(row, "currency"), self._column("currency"))
        amount = amount_of(self._cell(row, "amount"), kind, currency, self.mapping)
        day = billed_on(self._cell(row, "day"), self.mapping, self.known.zone, self.known.today)
        invoice = name_of(self._cell(row, "invoice"), self._column("invoice"))
        deal = self._deal(self._cell(row, "deal"), invoice)
        if deal.currency != currency:
            raise RowFault("other-currency", f"{deal.deal} is in {deal.currency}, and the row in {currency}.")
        payment = Payment(
            payment="x",
            deal=deal.deal,
            account=None if deal.deal.rpartition("-")[0] == deal.account else deal.account,
            kind=kind,
            amount=amount,
            currency=currency,
            day=day,
            order=self._text(row, "order"),
            invoice=invoice,
            months=months_of(self._cell(row, "months"), self._column("months")),
            units=self._units(row),
        )
        for _, sentence in payment.problems():
            raise RowFault("refused", sentence)
        if invoice:
            self.here.setdefault(invoice, {})[deal.deal] = deal
        return replace(payment, payment=name_of(self._cell(row, "payment"), "payment") or derived_id(payment))

    def _deal(self, text: str, invoice: str | None) -> Deal:
        """The one deal of a row: by what the deal's column says, else by its invoice."""
        meant = self.mapping.deals.get(text, text)
        if meant:
            found, what = self.known.deals(meant), f"{self._column('deal')} is {shown(text)}"
        elif invoice:
            found = self.known.invoiced(invoice) or tuple(self.here.get(invoice, {}).values())
            what = f"{self._column('invoice')} is {shown(invoice)}"
        else:
            raise RowFault("unknown-deal", "The row names no deal and no invoice.")
        if not found:
            raise RowFault("unknown-deal", f"{what}, and no deal is known by that.")
        if len(found) > 1:
            several = " or ".join(sorted(deal.deal for deal in found)[:3])
            raise RowFault("several-deals", f"{what}, which could be {several}.")
        return found[0]

    def _text(self, row: Row, field: str) -> str | None:
        text = self._cell(row, field)
        if not text:
            return None
        if flaw := self.known.unfit(text):
            raise RowFault("bad-text", f"{self._column(field)} is {shown(text)}. {flaw}")
        return text_of(text, self._column(field))

    def _units(self, row: Row) -> int | None:
        text = self._cell(row, "units")
        return whole_of(text, self._column("units"), most=MOST_UNITS) if text else None

    def _is_there(self, payment: Payment, line: int) -> bool:
        """Whether the company has this record. Raises RowFault where another stands under its id, here or there."""
        key = (payment.deal, payment.payment)
        first = self.seen.setdefault(key, line)
        if first != line:
            raise RowFault("duplicate", f"Line {first} is {payment.payment} for {payment.deal} already.")
        elsewhere = [deal for deal in self.known.recorded(payment.payment) if deal != payment.deal]
        if elsewhere and payment.payment != derived_id(payment):
            raise RowFault("recorded", f"{payment.payment} is recorded for {elsewhere[0]}, not {payment.deal}.")
        stands = self.known.record(payment.deal, payment.payment)
        if stands is None:
            return False
        if _says(stands) != {**_says(stands), **_says(payment)}:
            raise RowFault("recorded", f"{payment.payment} of {payment.deal} is recorded with other content.")
        return True


def _says(payment: Payment) -> dict[str, object]:
    """What a record says, the amount as a number: what a person added to it later is no difference."""
    said = {name: value for name, value in vars(payment).items() if value is not None and name != "account"}
    try:
        return {**said, "amount": parse_amount(payment.amount, payment.currency)}
    except RefusedError:
        return said
