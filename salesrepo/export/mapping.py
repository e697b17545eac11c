"""What does finance say once about its payroll and its books? A section for each format that needs to be told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from salesrepo.domain.fields import Currency, DealId, Line, Pattern, Prose, Slug, Whole
from salesrepo.domain.record import TABLE_CAP, Kind, Owner, PathPattern
from salesrepo.export.people import PayBy
from salesrepo.export.rows import Role

RoleName = Literal["expense", "payable", "reserve", "draws", "paid_out", "deferred"]
Account = Annotated[
    str,
    Pattern(
        r"(?:Assets|Liabilities|Equity|Income|Expenses)(?::[A-Z0-9][A-Za-z0-9-]{0,60}){1,6}",
        "an account such as Expenses:Commission",
    ),
]
Months = Annotated[int, Whole(1, 600)]
ColumnSource = Annotated[
    str,
    Pattern(
        r"node|first_name|last_name|name|business|tax_id|amount|currency|period|period_start|period_end|batch"
        r"|ids\.[a-z][a-z0-9_]{0,39}",
        "node, first_name, last_name, name, business, tax_id, amount, currency, period, period_start, period_end, "
        "batch or ids.NAME",
    ),
]

ACCOUNTS: Mapping[Role, str] = {
    Role.EXPENSE: "Expenses:Commission",
    Role.PAYABLE: "Liabilities:Commission:Payable",
    Role.RESERVE: "Liabilities:Commission:Reserve",
    Role.DRAWS: "Assets:Draws",
    Role.PAID_OUT: "Liabilities:Payroll:Clearing",
    Role.DEFERRED: "Assets:Commission:Deferred",
}


@dataclass(frozen=True, kw_only=True)
class AdpTerms:
    """ADP Workforce Now: the company's own earnings code for commission, and the money that ADP pays in."""

    earnings_code: Annotated[str, Pattern(r"[A-Z0-9]{1,2}", "an earnings code of one or two letters or digits")]
    currency: Currency = "USD"

    def problems(self) -> Iterable[tuple[tuple[str | int, ...], str]]:
        """ADP keeps some codes for itself."""
        if self.earnings_code in ("40", "50", "60", "61"):
            yield ("earnings_code",), f"ADP keeps the code {self.earnings_code} for itself."


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: its head, and either the field `from` which it is filled or the `text` of every row."""

    column: Line
    from_: ColumnSource | None = None
    text: Line | None = None

    def problems(self) -> Iterable[tuple[tuple[str | int, ...], str]]:
        """One of the two."""
        if (self.from_ is None) == (self.text is None):
            yield ("from",), f"The column {self.column} needs either `from` or `text`."


@dataclass(frozen=True, kw_only=True)
class CsvTerms:
    """Any payroll that reads a CSV: its name, the columns in their order, and how the file is written."""

    system: PayBy
    columns: tuple[Column, ...]
    separator: Literal[",", ";"] = ","
    decimal: Literal[".", ","] = "."
    line_end: Literal["crlf", "lf"] = "crlf"
    encoding: Literal["utf-8", "utf-8-sig", "cp1252"] = "utf-8"

    def problems(self) -> Iterable[tuple[tuple[str | int, ...], str]]:
        """What would lose the money, or say it twice."""
        heads = [column.column for column in self.columns]
        if not any(column.from_ == "amount" for column in self.columns):
            yield ("columns",), "No column is filled from `amount`."
        if len(set(heads)) < len(heads):
            yield ("columns",), "Two columns have the same name."


@dataclass(frozen=True, kw_only=True)
class SelfBillingTerms:
    """Who bills in the contractors' names, and how the documents are numbered: `<series>-<period>-<number>`."""

    issuer: Line
    address: Prose
    tax_id: Line | None = None
    series: Annotated[str, Pattern(r"[A-Z0-9][A-Z0-9-]{0,15}", "a series such as SB")] = "SB"
    note: Prose | None = None


@dataclass(frozen=True, kw_only=True)
class JournalTerms:
    """hledger and beancount: accounts of finance's own, and the draws that are an expense since nobody recovers them.

    The accounts `payable`, `reserve` and `draws` get the payee as their last part.
    """

    accounts: Mapping[RoleName, Account] = field(default_factory=dict)
    expensed_draws: tuple[Slug, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Capitalise:
    """Costs of winning contracts that are spread over months (ASC 340-40, IFRS 15): the company's own policy.

    `months` has the months of each deal; `otherwise`, months or `expense`, holds for all others. `components` names the
    parts of the plans that are spread, all of them where it is left out.
    """

    months: Mapping[DealId, Months] = field(default_factory=dict)
    otherwise: Annotated[str, Pattern(r"expense|[1-9][0-9]{0,2}", "expense, or a number of months")]
    components: tuple[Slug, ...] = ()

    def months_of(self, deal: str) -> int | None:
        """Over how many months a deal's cost is spread; None where it is an expense at once."""
        usual = None if self.otherwise == "expense" else int(self.otherwise)
        return self.months.get(deal, usual)


@dataclass(frozen=True, kw_only=True)
class AccrualTerms:
    """The journal as CSV: the general ledger's own names or numbers of accounts, and what is spread."""

    accounts: Mapping[RoleName, Line] = field(default_factory=dict)
    expensed_draws: tuple[Slug, ...] = ()
    capitalise: Capitalise | None = None


@dataclass(frozen=True, kw_only=True)
class ExportMapping:
    """The whole file; only the sections of the formats that are used need to be there."""

    adp: AdpTerms | None = None
    csv: CsvTerms | None = None
    self_billing: SelfBillingTerms | None = None
    journal: JournalTerms = field(default_factory=JournalTerms)
    accrual: AccrualTerms = field(default_factory=AccrualTerms)


EXPORT_MAPPING = Kind("export-mapping", ExportMapping, PathPattern("export.yml"), Owner.FINANCE, cap=TABLE_CAP)
