"""What becomes of a CRM's export in four CSV files: products, sellers, accounts and opportunities?"""

from collections.abc import Callable, Mapping

from salesrepo.errors import RefusedError
from salesrepo.importers.crm_accounts import read_accounts
from salesrepo.importers.crm_deals import holders_of, make_claims, place_deals
from salesrepo.importers.crm_people import read_people
from salesrepo.importers.crm_products import read_products
from salesrepo.importers.crm_sales import Reader
from salesrepo.importers.crm_territories import draw_territories
from salesrepo.importers.csv_rows import Table, read_table
from salesrepo.importers.job import ImportPlan, Job, Known, Progress, Terms, plain_text, quiet
from salesrepo.importers.mapping import (
    IMPORT_MAPPING,
    AccountColumns,
    CrmMapping,
    DealColumns,
    PeopleColumns,
    ProductColumns,
)

__all__ = ["IMPORT_MAPPING", "files_of", "plan_import"]

NOTHING = Known()


def files_of(mapping: CrmMapping) -> tuple[str, ...]:
    """The names of the files that an export consists of."""
    return tuple(part.file for part in _parts(mapping))


def plan_import(
    tables: Mapping[str, bytes],
    mapping: CrmMapping,
    *,
    terms: Terms,
    known: Known = NOTHING,
    unfit: Callable[[str], str] = plain_text,
    progress: Progress = quiet,
) -> ImportPlan:
    """What to send for an export, `tables` being its files' bytes by name, and the report on every row.

    A record whose path is in `known` is never written again, so that a second run plans nothing. `unfit` says what is
    wrong with a text that a record would hold (empty: nothing). Raises RefusedError where a file or a column is
    missing; a bad row is reported and never stops the others.
    """
    products_csv, people_csv, accounts_csv, deals_csv = (_table(tables, part) for part in _parts(mapping))
    job = Job(mapping=mapping, terms=terms, known=known, unfit=unfit, progress=progress)
    for table in (products_csv, people_csv, accounts_csv, deals_csv):
        if table.unused:
            job.remark(table.name, f"columns that are not imported: {', '.join(table.unused)}", rows=len(table.rows))
    products = read_products(job, products_csv)
    people = read_people(job, people_csv)
    accounts = read_accounts(job, accounts_csv)
    sales = tuple(Reader(job, accounts.by_name, people.by_name, products.by_name).sales(deals_csv))
    holders = holders_of(job, sales, people.by_name.values())
    territories = draw_territories(job, people)
    claims = make_claims(job, holders, territories.by_office, accounts.by_name, sales)
    deals = tuple(place_deals(job, sales, holders))
    return ImportPlan(
        organisation=(*products.drafts, *people.drafts, *territories.drafts, *claims.locks),
        history=(*accounts.drafts, *claims.drafts, *deals),
        report=job.tally.finish(),
    )


_Part = ProductColumns | PeopleColumns | AccountColumns | DealColumns


def _parts(mapping: CrmMapping) -> tuple[_Part, ...]:
    return mapping.products, mapping.people, mapping.accounts, mapping.deals


def _table(tables: Mapping[str, bytes], part: _Part) -> Table:
    """The table of a part of the mapping; every column that the part names must be there."""
    if part.file not in tables:
        raise RefusedError(
            f"The export lacks the file {part.file}.", hint="Put all its files into one folder, or correct the mapping."
        )
    columns = [cell for name, cell in vars(part).items() if name not in ("file", "revenue_unit") and cell is not None]
    return read_table(part.file, tables[part.file], needed=columns)
