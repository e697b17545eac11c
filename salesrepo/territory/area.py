"""What is a territory to the engine: its region in numbers, ready to be compared?"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from salesrepo.domain.kinds.territory import AreaRule, Territory, groups_of, territory_file
from salesrepo.territory.codes import PLAIN, Codes
from salesrepo.territory.dimensions import ANY_DAY, BadValue, Reading, days_of, everything, products_of
from salesrepo.territory.intervals import Intervals
from salesrepo.territory.region import Product, Region

Entry = tuple[int, ...]


@dataclass(frozen=True)
class Area:
    """A territory with its region: of a leaf or group by its rules; of a residual nothing until its group is known.

    A pure function of the territory and of what codes mean.
    """

    territory: Territory
    region: Region
    bad: tuple[BadValue, ...] = ()
    codes: Codes = field(default=PLAIN, repr=False)

    @cached_property
    def above(self) -> str:
        """The path of the group right above; empty for an outermost group."""
        groups = groups_of(self.path)
        return groups[-1] if groups else ""

    @property
    def path(self) -> str:
        """The territory's path."""
        return self.territory.territory

    @property
    def file(self) -> str:
        """The territory's file."""
        return territory_file(self.path)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Bounds of each product for the quick test, one for each of its places: low and high of six dimensions."""
        return tuple(entry for product in self.region.includes for entry in bounds(product))


def bounds(product: Product) -> list[Entry]:
    """Low and high of each dimension; geography apart by interval, because lists of countries lie far apart."""
    hull = [edge for part in product[1:] for edge in (part[0][0], part[-1][1])]
    return [(low, high, *hull) for low, high in product[0]]


def area(territory: Territory, codes: Codes = PLAIN) -> Area:
    """Encode one territory. Bad values are kept as `bad`; they never widen its region."""
    if territory.kind == "residual":
        return Area(territory, Region(()), codes=codes)
    days = days_of(territory.starts, territory.ends)
    reading = Reading(unstated=territory.missing == "match", bad_is_all=False, codes=codes)
    includes, bad = _read(territory.rules, "rules", days, reading)
    if territory.kind == "group" and not territory.rules and days:
        includes = [(*everything(codes), days)]
    away = Reading(unstated=False, bad_is_all=True, codes=codes)
    excludes, worse = _read(territory.exclude, "exclude", ANY_DAY, away)
    return Area(territory, Region(tuple(includes), tuple(excludes)), (*bad, *worse), codes)


def areas(territories: Iterable[Territory], codes: Codes = PLAIN) -> list[Area]:
    """Encode many."""
    return [area(territory, codes) for territory in territories]


def _read(
    rules: Iterable[AreaRule], field: str, days: Intervals, reading: Reading
) -> tuple[list[Product], list[BadValue]]:
    found: list[Product] = []
    bad: list[BadValue] = []
    for at, rule in enumerate(rules):
        products, wrong = products_of(rule, reading=reading)
        found += [(*product, days) for product in products if days]
        bad += [replace(value, route=(field, at, *value.route)) for value in wrong]
    return found, bad
