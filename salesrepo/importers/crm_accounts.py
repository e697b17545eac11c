"""What does the export's list of accounts become: companies on name keys, with facts that the import confirms?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from salesrepo.domain.identity import name_key
from salesrepo.domain.identity.blocks import blocks_of
from salesrepo.domain.kinds.account import ACCOUNT, Account, Confirmation
from salesrepo.domain.kinds.alias import ALIAS
from salesrepo.domain.kinds.near import NEAR, Near
from salesrepo.errors import RefusedError
from salesrepo.importers.cells import scaled_of, text_of, whole_of
from salesrepo.importers.csv_rows import Row, Table
from salesrepo.importers.fault import RowFault, shown
from salesrepo.importers.job import Draft, Job

_MOST_PEOPLE = 1_000_000_000  # domain.fields.Count
_MOST_REVENUE = 10**15


@dataclass(frozen=True, slots=True)
class Listed:
    """An account of the export: its key here, and whether it was here before."""

    key: str
    there: bool


@dataclass(frozen=True)
class Accounts:
    """Accounts by the name that deals give them, and the records to be written."""

    by_name: Mapping[str, Listed]
    drafts: tuple[Draft, ...]


def read_accounts(job: Job, table: Table) -> Accounts:
    """Accounts of the export. One whose name key, or an alias of it, is there already stays as it is."""
    columns = job.mapping.accounts
    used = tuple(filter(None, (columns.name, columns.country, columns.sector, columns.parent)))
    found: dict[str, tuple[Row, Account]] = {}
    keys: set[str] = set()
    for row in job.rows(table, columns.name, used):
        try:
            account = _account(job, row)
            if account.account in keys:
                raise RowFault("duplicate", f"{shown(account.name)} is the same name as that of an earlier account.")
        except RowFault as why:
            job.fault(table.name, row, columns.name, why)
            continue
        keys.add(account.account)
        found[account.name] = (row, account)
    listed = {name: _listed(job, account) for name, (_, account) in found.items()}
    drafts: list[Draft] = []
    for name, (row, account) in found.items():
        if listed[name].there:
            job.tally.known[table.name] += 1
            continue
        job.tally.done[table.name] += 1
        drafts.extend(job.fresh(ACCOUNT, _with_parent(job, row, account, listed)))
        for block in blocks_of(account):
            drafts.extend(job.fresh(NEAR, Near(block=block, account=account.account)))
    return Accounts(listed, tuple(drafts))


def _account(job: Job, row: Row) -> Account:
    """The account of a row without its parent. No domain is guessed: the key comes from the name."""
    columns, terms, cells = job.mapping.accounts, job.terms, row.cells
    name = text_of(job.correct(columns.file, columns.name, cells[columns.name], by="account"), columns.name)
    country = _country(job, row)
    try:
        key = name_key(name, country)
    except RefusedError as error:
        raise RowFault("bad-id", error.message) from error
    return Account(
        account=key,
        name=name,
        country=country,
        industry=_industry(job, row),
        employees=_whole(row, columns.employees, least=0, most=_MOST_PEOPLE),
        revenue=_revenue(job, row),
        founded=_whole(row, columns.founded, least=1000, most=2100),
        added_by=terms.importer,
        added=terms.day,
        confirmed=Confirmation(by=terms.importer, day=terms.day, how="import"),
    )


def _country(job: Job, row: Row) -> str:
    columns = job.mapping.accounts
    text_of(row.cells[columns.country], columns.country)
    country = job.correct(columns.file, columns.country, row.cells[columns.country], by="country")
    code = job.mapping.countries.get(country)
    if code is None:
        raise RowFault("unknown-country", f"{columns.country} is {shown(country)}, which the mapping does not know.")
    return code


def _industry(job: Job, row: Row) -> str | None:
    columns = job.mapping.accounts
    if columns.sector is None or not row.cells[columns.sector]:
        return None
    sector = job.correct(columns.file, columns.sector, row.cells[columns.sector], by="sector")
    code = job.mapping.industries.get(sector)
    if code is None:
        job.remark(columns.file, f"no industry: {columns.sector} {shown(sector)} has no clear code in the mapping file")
    return code


def _whole(row: Row, column: str | None, *, least: int, most: int) -> int | None:
    written = row.cells[column] if column else ""
    return whole_of(written, column or "", least=least, most=most) if written else None


def _revenue(job: Job, row: Row) -> int | None:
    columns = job.mapping.accounts
    written = row.cells[columns.revenue] if columns.revenue else ""
    if not written:
        return None
    return scaled_of(written, columns.revenue_unit, columns.revenue or "", most=_MOST_REVENUE)


def _listed(job: Job, account: Account) -> Listed:
    if ACCOUNT.path_of(account) in job.known.paths:
        return Listed(account.account, there=True)
    if ALIAS.path.fill(alias=account.account) in job.known.paths:
        owner = job.known.account_of(account.account)
        if owner:
            job.remark(job.mapping.accounts.file, f"known here already as {owner}")
            return Listed(owner, there=True)
    return Listed(account.account, there=False)


def _with_parent(job: Job, row: Row, account: Account, listed: Mapping[str, Listed]) -> Account:
    columns = job.mapping.accounts
    written = row.cells[columns.parent] if columns.parent else ""
    if not written:
        return account
    parent = listed.get(job.correct(columns.file, columns.parent or "", written, by="account"))
    if parent is None or parent.key == account.account:
        job.remark(columns.file, f"no parent: {columns.parent} {shown(written)} is no other account that was placed")
        return account
    return replace(account, parent=parent.key)
