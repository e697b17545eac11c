"""What does the export's list of products become?"""

from collections.abc import Mapping
from dataclasses import dataclass

from salesrepo.domain.kinds.product import PRODUCT, Product
from salesrepo.domain.money import parse_amount, parse_percent
from salesrepo.importers.cells import money_of, text_of
from salesrepo.importers.csv_rows import Row, Table
from salesrepo.importers.fault import RowFault, shown
from salesrepo.importers.job import Draft, Job
from salesrepo.importers.slugs import slug_of


@dataclass(frozen=True)
class Products:
    """The products by the name that deals give them, and the records to be written."""

    by_name: Mapping[str, Product]
    drafts: tuple[Draft, ...]


def read_products(job: Job, table: Table) -> Products:
    """Products of the export; one whose short name is there already is not written again."""
    columns = job.mapping.products
    used = tuple(filter(None, (columns.name, columns.price, columns.series)))
    by_sku: dict[str, Product] = {}
    drafts: list[Draft] = []
    for row in job.rows(table, columns.name, used):
        try:
            product = _product(job, row)
            if product.sku in by_sku:
                raise RowFault("duplicate", f"{shown(product.name)} gets the same short name as an earlier product.")
        except RowFault as why:
            job.fault(table.name, row, columns.name, why)
            continue
        by_sku[product.sku] = product
        job.settle(table.name, PRODUCT.path_of(product))
        drafts.extend(job.fresh(PRODUCT, product))
    return Products({product.name: product for product in by_sku.values()}, tuple(drafts))


def _product(job: Job, row: Row) -> Product:
    columns, mapping = job.mapping.products, job.mapping
    name = job.correct(columns.file, columns.name, row.cells[columns.name], by="product")
    text_of(name, columns.name)
    series = row.cells[columns.series] if columns.series else ""
    return Product(
        sku=slug_of(name),
        name=name,
        price=money_of(row.cells[columns.price], mapping.currency, columns.price),
        currency=mapping.currency,
        series=text_of(series, "series") if series else None,
    )


def below_floor(job: Job, product: Product, price: str) -> bool:
    """Whether policy's floor for the product lies above a unit price, both exact."""
    pricing = job.terms.pricing
    over, under = parse_percent(pricing.floors.get(product.sku, pricing.floor))
    listed = parse_amount(product.price, product.currency)
    return parse_amount(price, product.currency) * under < listed * over
