"""What do we sell, and at which list price?"""

from dataclasses import dataclass
from datetime import date

from salesrepo.domain.fields import Amount, Currency, Line, Slug
from salesrepo.domain.record import Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class FormerPrice:
    """What one unit was listed at up to and without `ends`, and what it cost; without a `cost`, what it costs next."""

    price: Amount
    ends: date
    cost: Amount | None = None


@dataclass(frozen=True, kw_only=True)
class Product:
    """One thing on the price list: `price` is the list price of one unit, `former` those it had before.

    `starts` is the day from which it is sold at all; it is not sold any more from `ends` on. `cost` is what one unit
    costs the company, in the same currency. `recurring`: a price is for the deal's whole term, and due again after it.
    """

    sku: Slug
    name: Line
    price: Amount
    currency: Currency
    series: Line | None = None
    category: Line | None = None
    unit: Line | None = None
    former: tuple[FormerPrice, ...] = ()
    starts: date | None = None
    ends: date | None = None
    cost: Amount | None = None
    recurring: bool = False

    def listed(self, day: date) -> Amount | None:
        """The list price of one unit on a day; None where it was not sold then."""
        if (self.starts and day < self.starts) or (self.ends and self.ends <= day):
            return None
        past = [former for former in self.former if day < former.ends]
        return min(past, key=lambda former: former.ends).price if past else self.price

    def cost_on(self, day: date) -> Amount | None:
        """What one unit cost on a day; None where nobody has said."""
        later = sorted((former for former in self.former if day < former.ends), key=lambda former: former.ends)
        return next((former.cost for former in later if former.cost is not None), self.cost)


PRODUCT = Kind("product", Product, PathPattern("products/<sku>.yml"), Owner.MAINTAINER)
