"""Which exchange rate do the company's records give for a day, and where is it from?"""

from dataclasses import dataclass
from datetime import date, timedelta

from salesrepo.commission.fx import OLDEST, FoundRate, rate_on
from salesrepo.domain.kinds.fx import FX_RATES, FxRates, month_of, pair_of
from salesrepo.domain.money import Ratio
from salesrepo.domain.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class RecordedRate:
    """A rate, the record in which it stands (its path), and who published it."""

    found: FoundRate
    path: str
    source: str


def recorded_rate(records: Snapshot, source: str, target: str, day: date) -> RecordedRate | None:
    """So many units of `target` for one of `source` on a day; None where none is recorded that is young enough.

    Reads four records at most: both directions, in the day's month and the one of ten days before.
    """
    direct, inverse = _months(records, source, target, day), _months(records, target, source, day)
    found = rate_on(_rates(direct), day, inverse=_rates(inverse))
    if found is None:
        return None
    month = (inverse if found.inverse else direct)[month_of(found.day)]
    return RecordedRate(found, FX_RATES.path_of(month), month.source)


def _months(records: Snapshot, source: str, target: str, day: date) -> dict[str, FxRates]:
    names = dict.fromkeys((month_of(day), month_of(day - timedelta(days=OLDEST))))
    months = {name: records.get(FX_RATES, pair=pair_of(source, target), month=name) for name in names}
    return {name: month for name, month in months.items() if month is not None}


def _rates(months: dict[str, FxRates]) -> dict[date, Ratio]:
    return {day: rate for month in months.values() for day, rate in month.exactly().items()}
