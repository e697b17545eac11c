"""What does each row of the export's pipeline say, once every word of it is known?"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import get_args

from salesrepo.domain.fields import DealId
from salesrepo.domain.kinds.deal import CLOSED, Stage
from salesrepo.domain.kinds.product import Product
from salesrepo.domain.record import is_device_name
from salesrepo.importers.cells import day_of, money_of
from salesrepo.importers.crm_accounts import Listed
from salesrepo.importers.crm_people import Seller
from salesrepo.importers.csv_rows import Row, Table
from salesrepo.importers.fault import RowFault, shown
from salesrepo.importers.job import Job

_ID = re.compile(get_args(DealId)[1].regex)


@dataclass(frozen=True, slots=True)
class Sale:
    """A sound row: `written` is its id as the export has it, `value` its amount as records write it."""

    row: Row
    written: str
    seller: Seller
    product: Product
    account: str
    stage: Stage
    opened: date | None
    closed: date | None
    value: str | None

    @property
    def id(self) -> str:
        """The deal's id here."""
        return self.written.lower()


@dataclass
class Reader:
    """Reads rows of the pipeline. `accounts`, `sellers` and `products` are those that were placed, by their names."""

    job: Job
    accounts: Mapping[str, Listed]
    sellers: Mapping[str, Seller]
    products: Mapping[str, Product]
    seen: set[str] = field(default_factory=set)
    days: dict[str, date] = field(default_factory=dict)

    def sales(self, table: Table) -> Iterator[Sale]:
        """The sound rows; the others are reported."""
        columns = self.job.mapping.deals
        used = (columns.id, columns.seller, columns.product, columns.account, columns.stage)
        for row in self.job.rows(table, columns.id, used):
            try:
                yield self._sale(row)
            except RowFault as why:
                self.job.fault(table.name, row, columns.id, why)

    def _sale(self, row: Row) -> Sale:
        columns, cells = self.job.mapping.deals, row.cells
        written = self._id(cells[columns.id])
        seller = self.sellers.get(self._corrected(row, columns.seller, by="seller"))
        product = self.products.get(self._corrected(row, columns.product, by="product"))
        account = self._account(row)
        if seller is None:
            raise RowFault("unknown-seller", f"{columns.seller} is {shown(cells[columns.seller])}.")
        if product is None:
            raise RowFault("unknown-product", f"{columns.product} is {shown(cells[columns.product])}.")
        stage = self.job.mapping.stages.get(cells[columns.stage])
        if stage is None:
            raise RowFault("unknown-stage", f"{columns.stage} is {shown(cells[columns.stage])}.")
        opened, closed = self._day(row, columns.opened), self._day(row, columns.closed)
        value = cells[columns.value]
        amount = money_of(value, self.job.mapping.currency, columns.value) if value else None
        sale = Sale(row, written, seller, product, account, stage, opened, closed, amount)
        self._judge(sale)
        if not account:
            raise RowFault("no-account", f"{columns.account} is empty, and nothing can be sold to nobody.")
        return sale

    def _corrected(self, row: Row, column: str, *, by: str) -> str:
        return self.job.correct(self.job.mapping.deals.file, column, row.cells[column], by=by)

    def _id(self, written: str) -> str:
        if not written:
            raise RowFault("missing-value", f"{self.job.mapping.deals.id} is empty.")
        key = written.lower()
        if _ID.fullmatch(key) is None or is_device_name(key):
            raise RowFault("bad-id", f"{shown(written)} cannot be a deal's id: letters, digits, hyphens and dots can.")
        if key in self.seen:
            raise RowFault("duplicate", f"{shown(written)} stands in an earlier row.")
        self.seen.add(key)
        return written

    def _account(self, row: Row) -> str:
        """The account's key; empty where the row names none."""
        column = self.job.mapping.deals.account
        name = self._corrected(row, column, by="account")
        listed = self.accounts.get(name)
        if name and listed is None:
            raise RowFault("unknown-account", f"{column} is {shown(name)}.")
        return listed.key if listed else ""

    def _day(self, row: Row, column: str) -> date | None:
        written = row.cells[column]
        if written and written not in self.days:
            self.days[written] = day_of(written, self.job.mapping.dates, column)
        return self.days[written] if written else None

    def _judge(self, sale: Sale) -> None:
        """What no single cell shows."""
        columns, today = self.job.mapping.deals, self.job.terms.day
        if sale.stage in CLOSED:
            told = ((columns.opened, sale.opened), (columns.closed, sale.closed), (columns.value, sale.value))
            missing = next((column for column, cell in told if cell is None), None)
            if missing:
                raise RowFault("missing-value", f"The deal is {sale.stage}, and {missing} is empty.")
            if sale.closed and sale.closed > today:
                raise RowFault("future", f"{columns.closed} is {sale.closed}, and the import is of {today}.")
        if sale.opened and sale.opened > today:
            raise RowFault("future", f"{columns.opened} is {sale.opened}, and the import is of {today}.")
        if sale.opened and sale.closed and sale.closed < sale.opened:
            raise RowFault("dates-reversed", f"{columns.closed} is {sale.closed}, {columns.opened} is {sale.opened}.")
