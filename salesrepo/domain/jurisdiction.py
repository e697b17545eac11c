"""Does what holds in some places hold in a country?"""

from collections.abc import Collection

EU = "EU"
_UNION = frozenset(
    "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split()  # since 2020-02-01
)


def holds_in(country: str, places: Collection[str]) -> bool:
    """Whether `country` is one of `places`: ISO 3166 codes, and EU for all members. Without places it is everywhere."""
    return not places or country in places or (EU in places and country in _UNION)
