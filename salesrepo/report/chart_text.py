"""A chart in plain letters: a bar for each figure that is named."""

from collections.abc import Sequence
from fractions import Fraction

from salesrepo.domain.chart import Chart
from salesrepo.encode.hidden import shown

_BAR = 36


def render_text(charts: Sequence[Chart]) -> str:
    """The charts below each other, each line short enough for a narrow terminal."""
    return "\n".join("".join(f"{line}\n" for line in _lines(chart)) for chart in charts)


def _lines(chart: Chart) -> list[str]:
    spots = [spot for spot in chart.spots if spot.named]
    most = max((spot.value for spot in spots), default=Fraction(0)) or Fraction(1)
    left = max((len(shown(spot.at_text)) for spot in spots), default=0)
    right = max((len(shown(spot.value_text)) for spot in spots), default=0)
    bars = (
        f"{shown(spot.at_text):>{left}} |{'#' * max(round(spot.value / most * _BAR), 0):<{_BAR}} "
        f"{shown(spot.value_text):>{right}}"
        for spot in spots
    )
    return [shown(f"{chart.title}: {chart.up}, by {chart.across}"), *bars, shown(chart.says)]
