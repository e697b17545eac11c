"""What do the codes in rules and accounts mean in this company: which regions are there, which industry scheme?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from salesrepo.domain.kinds.policy_territory import TerritoryPolicy
from salesrepo.territory import industry, isic
from salesrepo.territory.geography import geography
from salesrepo.territory.intervals import Intervals, union


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
    """What codes mean: `industries` is an `industry_scheme` of the policy, `regions` are its sets of ISO 3166 codes."""

    industries: str = "naics2022"
    regions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

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
    return Codes(policy.industry_scheme, policy.regions)


def unknown_in_regions(codes: Codes) -> dict[str, tuple[str, ...]]:
    """The codes of each region that are no ISO 3166 codes, where there are any."""
    ranges = geography().ranges
    wrong = {name: tuple(c for c in inside if c not in ranges) for name, inside in codes.regions.items()}
    return {name: unknown for name, unknown in wrong.items() if unknown}


def spans(codes: Codes, code: str, *, unstated: bool) -> Intervals | None:
    """The numbers of a place or region; with `unstated` also those of accounts too vague to tell. None: unknown."""
    inside = codes.places(code)
    if inside is None:
        return None
    tree = geography()
    own = [tree.ranges[place] for place in inside]
    vague = [span for place in inside for span in tree.unstated_around(place)] if unstated else []
    return union([*own, *vague])
