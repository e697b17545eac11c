"""What do we sell, and at which list price?"""

from dataclasses import dataclass

from salesrepo.domain.fields import Amount, Currency, Line, Slug
from salesrepo.domain.record import Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class Product:
    """One thing on the price list: `price` is the list price of one unit."""

    sku: Slug
    name: Line
    price: Amount
    currency: Currency
    series: Line | None = None
    category: Line | None = None
    unit: Line | None = None


PRODUCT = Kind("product", Product, PathPattern("products/<sku>.yml"), Owner.MAINTAINER)
