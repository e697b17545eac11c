"""Charts as one HTML page: each drawn, and its figures in a table for those who do not see it."""

from collections.abc import Iterator, Sequence

from salesrepo.domain.chart import Chart
from salesrepo.domain.page import Grid
from salesrepo.encode.html_ import words
from salesrepo.report.chart_svg import render_svg
from salesrepo.report.page_html import document, grid


def render_html(charts: Sequence[Chart]) -> str:
    """The page as a whole document."""
    return document("Pay in charts", (part for chart in charts for part in _parts(chart)))


def _parts(chart: Chart) -> Iterator[str]:
    yield f"<h2>{words(chart.title)}</h2>"
    yield render_svg([chart]).replace('id="title"', "").replace('id="desc"', "").replace(_LABEL, "")
    yield f"<p>{words(chart.says)}</p>"
    named = tuple((spot.at_text, spot.value_text) for spot in chart.spots if spot.named)
    yield grid(Grid((chart.across, chart.up), named))


_LABEL = ' aria-labelledby="title desc"'
