"""How many units of one currency was one unit of another worth, on which day, and who says so?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from salesrepo.domain.fields import Line, Pattern
from salesrepo.domain.money import Ratio, ratio
from salesrepo.domain.record import Kind, Owner, PathPattern

RATE_REGEX = r"(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,8})?"

CurrencyPair = Annotated[str, Pattern(r"[a-z]{3}-[a-z]{3}", "a pair of currencies such as eur-usd")]
MonthId = Annotated[str, Pattern(r"20[0-9]{2}-(?:0[1-9]|1[0-2])", "a month such as 2027-09")]
Rate = Annotated[str, Pattern(RATE_REGEX, 'a rate such as "1.0837", with at most eight decimals')]


@dataclass(frozen=True, kw_only=True)
class FxRates:
    """The rates of a month: so many of the second currency of `pair` for one of the first, on each day that has one.

    `source` is who publishes them. `corrected` says of a day why its rate is not the one that stood there first.
    """

    pair: CurrencyPair
    month: MonthId
    source: Line
    rates: Mapping[date, Rate]
    corrected: Mapping[date, Line] = field(default_factory=dict)

    def problems(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Every rate is of this month and above nothing, and only a rate that is there is corrected."""
        for day, rate in self.rates.items():
            if month_of(day) != self.month:
                yield ("rates", str(day)), f"{day} is no day of {self.month}."
            if not exact(rate)[0]:
                yield ("rates", str(day)), f"The rate of {day} is zero."
        for day in self.corrected:
            if day not in self.rates:
                yield ("corrected", str(day)), f"There is no rate of {day} that could have been corrected."

    @property
    def currencies(self) -> tuple[str, str]:
        """The codes of both currencies, as money writes them."""
        one, _, other = self.pair.upper().partition("-")
        return one, other

    def exactly(self) -> dict[date, Ratio]:
        """The rates as exact ratios, by day."""
        return {day: exact(rate) for day, rate in self.rates.items()}


def month_of(day: date) -> str:
    """The id of a day's month: 2027-09."""
    return day.isoformat()[:7]


def pair_of(one: str, other: str) -> str:
    """The id of a pair of currency codes: eur-usd."""
    return f"{one}-{other}".lower()


def exact(rate: str) -> Ratio:
    """The ratio that a rate writes; it matches RATE_REGEX."""
    whole, _, part = rate.partition(".")
    return ratio(int(whole + part), 10 ** len(part))


FX_RATES = Kind("fx-rates", FxRates, PathPattern("fx/<pair>/<month>.yml"), Owner.FINANCE)
