"""What do the codes in rules and accounts mean in this company: which regions are there, which industry scheme?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from salesrepo.domain.kinds.policy_territory import TerritoryPolicy
from salesrepo.territory import industry, isic, postal
from salesrepo.territory.geography import geography
from salesrepo.territory.intervals import Intervals, meet, minus, union


class Scheme(Protocol):
    """A classification of industries as numbers: the modules `industry` (NAICS 2022) and `isic` (ISIC Rev. 4)."""

    NAME: str
    ANY: Intervals

    def branch(self, code: str) -> Intervals | None:
        """The industries of a prefix; None where it is no code."""

    def unstated_around(self, code: str) -> Intervals:
        """The numbers of accounts too vague to tell whether they are inside."""

    def number_of(self, code: str) -> int | None:
        """The number of an account's industry; None where it is no code."""

    def code_of(self, number: int) -> str:
        """The code of a number, empty for 0."""


@dataclass(frozen=True, slots=True)
class Codes:
    """What codes mean: `industries` is an `industry_scheme` of the policy, `regions` are its sets of ISO 3166 codes.

    `postal_places` are the prefixes of subdivisions, by country; a prefix that it lacks may lie anywhere.
    """

    industries: str = "naics2022"
    regions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    postal_places: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    @property
    def scheme(self) -> Scheme:
        """The tables of the industry scheme."""
        return _SCHEMES[self.industries]

    def places(self, code: str) -> tuple[str, ...] | None:
        """The ISO 3166 codes that a code or region name stands for; None where it, or one of them, is unknown."""
        ranges = geography().ranges
        found = self.regions.get(code, (code,))
        return found if all(place in ranges for place in found) else None


_SCHEMES: Mapping[str, Scheme] = MappingProxyType({"naics2022": industry, "isic4": isic})
PLAIN = Codes()
"""NAICS 2022 and no regions."""


def codes_of(policy: TerritoryPolicy) -> Codes:
    """The codes of a company."""
    return Codes(policy.industry_scheme, policy.regions, policy.postal_places)


def unknown_in_regions(codes: Codes) -> dict[str, tuple[str, ...]]:
    """The codes of each region that are no ISO 3166 codes, where there are any."""
    ranges = geography().ranges
    wrong = {name: tuple(c for c in inside if c not in ranges) for name, inside in codes.regions.items()}
    return {name: unknown for name, unknown in wrong.items() if unknown}


def unknown_in_postal_places(codes: Codes) -> dict[str, tuple[str, ...]]:
    """The codes under each country of the postal table that are no part of it."""
    ranges = geography().ranges
    wrong = {}
    for country, table in codes.postal_places.items():
        whole = ranges.get(country, (0, 0))
        wrong[country] = tuple(
            place for place in table if place not in ranges or minus((ranges[place],), (whole,)) or place == country
        )
    return {country: unknown for country, unknown in wrong.items() if unknown}


def places_of_prefix(codes: Codes, country: str, numbers: Intervals) -> Intervals | None:
    """The places in which postal codes may lie, part not stated included; None where the table does not tell."""
    tree = geography()
    table = codes.postal_places.get(country, {})
    found = [
        place
        for place, prefixes in table.items()
        if place in tree.ranges and any(meet(numbers, postal.prefix(prefix) or postal.ANY) for prefix in prefixes)
    ]
    known = [part for place in found for prefix in table[place] for part in postal.prefix(prefix) or ()]
    if not found or minus(numbers, union(known)):
        return None
    return union([*(tree.ranges[place] for place in found), *(v for p in found for v in tree.unstated_around(p))])


def spans(codes: Codes, code: str, *, unstated: bool) -> Intervals | None:
    """The numbers of a place or region; with `unstated` also those of accounts too vague to tell. None: unknown."""
    inside = codes.places(code)
    if inside is None:
        return None
    tree = geography()
    own = [tree.ranges[place] for place in inside]
    vague = [span for place in inside for span in tree.unstated_around(place)] if unstated else []
    return union([*own, *vague])
