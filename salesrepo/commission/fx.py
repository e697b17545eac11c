"""Which exchange rate holds on a day, and what does an amount become by it? Exact ratios, one rounding (DESIGN 9)."""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple

from salesrepo.domain.money import Ratio, decimals_of, ratio, round_half_away

OLDEST = 10  # days: over a weekend and the longest run of bank holidays

_NONE: Mapping[date, Ratio] = MappingProxyType({})


class FoundRate(NamedTuple):
    """So many units of the one currency for one unit of the other, exactly, and the day that it is of.

    `inverse`: it is one divided by a rate that is written the other way round.
    """

    rate: Ratio
    day: date
    inverse: bool = False


def rate_on(rates: Mapping[date, Ratio], day: date, *, inverse: Mapping[date, Ratio] = _NONE) -> FoundRate | None:
    """The rate of a day, else the last one before, at most ten days old; None where there is none.

    `rates` are written in the direction that is asked for, `inverse` the other way round: one of the first that is not
    too old comes before any of the second.
    """
    found = _last(rates, day)
    if found is not None:
        return FoundRate(rates[found], found)
    found = _last(inverse, day)
    if found is not None:
        over, under = inverse[found]
        return FoundRate(ratio(under, over), found, inverse=True)
    return None


def _last(rates: Mapping[date, Ratio], day: date) -> date | None:
    days = (day - timedelta(days=age) for age in range(OLDEST + 1))
    return next((one for one in days if one in rates), None)


def convert(amount: int, source: str, target: str, rate: Ratio) -> int:
    """Minor units of `source` in minor units of `target`, at so many units of `target` for one of `source`.

    Rounded once, half away from zero, at the target's own decimals: 3.435 becomes 3.44. Raises RefusedError for a
    currency that money cannot be kept in.
    """
    over, under = rate
    return round_half_away(amount * over * 10 ** decimals_of(target), under * 10 ** decimals_of(source))
