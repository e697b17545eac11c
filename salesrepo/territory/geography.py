"""Which numbers stand for a place, so that "inside" is an interval and one place has one number whatever its codes?

ISO 3166-1 and -2 form a tree numbered in preorder. A place that has parts also has a number of its own for "inside it,
part not stated", and 0 is "no country stated". Where ISO gives one place two codes (PR and US-PR), both mean one node,
inside the country that lists it.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from salesrepo.territory.intervals import Interval, Intervals

UNSTATED = 0

# Codes of ISO 3166-2 that name what another ISO 3166 code names already (ISO online browsing platform, entries
# US, CN, NL, FR, FI: "included also as country code").
SAME_PLACE: Mapping[str, str] = MappingProxyType(
    {
        **{f"US-{code}": code for code in ("AS", "GU", "MP", "PR", "UM", "VI")},
        **{f"CN-{code}": code for code in ("HK", "MO", "TW")},
        **{f"NL-{code}": code for code in ("AW", "CW", "SX")},
        **{f"FR-{code}": code for code in ("BL", "MF", "NC", "PF", "PM", "TF", "WF")},
        **{"FR-971": "GP", "FR-972": "MQ", "FR-973": "GF", "FR-974": "RE", "FR-976": "YT"},
        **{"NL-BQ1": "BQ-BO", "NL-BQ2": "BQ-SA", "NL-BQ3": "BQ-SE", "FI-01": "AX"},
    }
)
# Norway lists Svalbard and Jan Mayen apart, ISO 3166-1 as one country.
_PARTS_OF = MappingProxyType({"NO-21": "SJ", "NO-22": "SJ"})


@dataclass(frozen=True, slots=True)
class Geography:
    """The numbered tree. `ranges`: numbers of each code; `names`: code of each number; `outer`: codes around a code."""

    ranges: Mapping[str, Interval]
    names: tuple[str, ...]
    outer: Mapping[str, tuple[str, ...]]

    @property
    def everywhere(self) -> Intervals:
        """All numbers, "no country stated" included."""
        return ((UNSTATED, len(self.names)),)

    def unstated_around(self, code: str) -> Intervals:
        """The numbers of accounts too vague to tell: in a place around this one, part not stated, or nowhere."""
        own = ((self.ranges[outer][0], self.ranges[outer][0] + 1) for outer in self.outer[code])
        return ((UNSTATED, UNSTATED + 1), *own)

    def is_vague(self, number: int) -> bool:
        """Whether the number means a place whose part is not stated."""
        low, high = self.ranges.get(self.names[number], (0, 1))
        return number == low and high - low > 1


@cache
def geography() -> Geography:
    """The tree of the installed pycountry; a constant of the installation."""
    return _numbered(_children())


def _children() -> dict[str, list[str]]:
    """The codes directly inside each code; countries inside no other are under the empty code."""
    import pycountry  # noqa: PLC0415 (0.1 s that only who judges territories pays)

    around = {country.alpha_2: "" for country in pycountry.countries}
    for division in pycountry.subdivisions:
        if division.code in SAME_PLACE:
            same = SAME_PLACE[division.code]
            around[same.partition("-")[0]] = division.country_code
        elif division.code in _PARTS_OF:
            around[division.code] = _PARTS_OF[division.code]
            around[_PARTS_OF[division.code]] = division.country_code
        else:
            around[division.code] = division.parent_code or division.country_code
    inside: dict[str, list[str]] = defaultdict(list)
    for code in sorted(around):
        inside[around[code]].append(code)
    return inside


def _numbered(inside: Mapping[str, list[str]]) -> Geography:
    ranges: dict[str, Interval] = {}
    outer: dict[str, tuple[str, ...]] = {}
    names = ["?"]

    def visit(code: str, above: tuple[str, ...]) -> None:
        start = len(names)
        names.append(code)
        outer[code] = above
        for child in inside.get(code, ()):
            visit(child, (*above, code))
        ranges[code] = (start, len(names))

    for country in inside[""]:
        visit(country, ())
    for code, same in SAME_PLACE.items():
        if same in ranges:
            ranges[code], outer[code] = ranges[same], outer[same]
    return Geography(MappingProxyType(ranges), tuple(names), MappingProxyType(outer))


def place_of(country: str | None, region: str | None) -> int | None:
    """The number of an account that states these; None where a code is unknown or the two contradict each other.

    The narrower of the two counts, so that `US` with `PR` is Puerto Rico.
    """
    codes = [code for code in (country, region) if code is not None]
    if not codes:
        return UNSTATED
    ranges = geography().ranges
    if any(code not in ranges for code in codes):
        return None
    low, high = max((ranges[code] for code in codes), key=lambda span: (span[0], -span[1]))
    return low if all(ranges[code][0] <= low and high <= ranges[code][1] for code in codes) else None
