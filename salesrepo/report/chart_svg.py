"""A chart as SVG: a line, two axes, their words; readable aloud, and without anything from elsewhere."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from salesrepo.domain.chart import Chart
from salesrepo.encode.xml_ import words

_WIDTH, _HEIGHT = 720, 380
_LEFT, _RIGHT, _TOP, _BOTTOM = 110, 30, 44, 58
_SPACE = 'xmlns="http://www.w3.org/2000/svg"'
_STYLE = (
    "text { font: 12px system-ui, sans-serif; fill: #222 } .title { font-size: 15px; font-weight: 600 } "
    ".grid { stroke: #ddd } .axis { stroke: #555 } .line { fill: none; stroke: #1f5fa8; stroke-width: 2.5 } "
    ".spot { fill: #1f5fa8 }"
)


def render_svg(charts: Sequence[Chart]) -> str:
    """The charts below each other in one file, ending with a line break."""
    height = _HEIGHT * max(len(charts), 1)
    titles = words("; ".join(chart.title for chart in charts))
    told = words(" ".join(f"{chart.title}: {chart.says}" for chart in charts))
    head = (
        f'<svg {_SPACE} viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" role="img" '
        'aria-labelledby="title desc">\n'
        f'<title id="title">{titles}</title>\n<desc id="desc">{told}</desc>\n<style>{_STYLE}</style>\n'
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>\n'
    )
    body = "".join(f"{part}\n" for place, chart in enumerate(charts) for part in _placed(place, chart))
    return f"{head}{body}</svg>\n"


def across(chart: Chart, at: Fraction) -> str:
    """Where a figure of the lower axis lies, in the chart's own units."""
    ats = [tick.at for tick in chart.across_ticks] + [spot.at for spot in chart.spots]
    return _scaled(at, min(ats), max(ats), _LEFT, _WIDTH - _RIGHT)


def up(chart: Chart, value: Fraction) -> str:
    """Where a figure of the upright axis lies; the axis begins at the top of the file."""
    values = [tick.at for tick in chart.up_ticks] + [spot.value for spot in chart.spots]
    return _scaled(value, min(values), max(values), _HEIGHT - _BOTTOM, _TOP)


def _scaled(value: Fraction, low: Fraction, high: Fraction, begin: int, end: int) -> str:
    share = (value - low) / (high - low) if high > low else Fraction(0)
    hundredths = round((begin + share * (end - begin)) * 100)
    return f"{hundredths // 100}.{hundredths % 100:02}"


def _placed(place: int, chart: Chart) -> Iterator[str]:
    yield f'<g transform="translate(0 {place * _HEIGHT})">'
    yield from _panel(chart)
    yield "</g>"


def _panel(chart: Chart) -> Iterator[str]:
    bottom, right = _HEIGHT - _BOTTOM, _WIDTH - _RIGHT
    yield f'<text class="title" x="{_LEFT}" y="24">{words(chart.title)}</text>'
    for tick in chart.up_ticks:
        y = up(chart, tick.at)
        yield f'<line class="grid" x1="{_LEFT}" x2="{right}" y1="{y}" y2="{y}"/>'
        yield f'<text x="{_LEFT - 8}" y="{y}" text-anchor="end" dominant-baseline="middle">{words(tick.text)}</text>'
    for tick in chart.across_ticks:
        x = across(chart, tick.at)
        yield f'<line class="axis" x1="{x}" x2="{x}" y1="{bottom}" y2="{bottom + 5}"/>'
        yield f'<text x="{x}" y="{bottom + 20}" text-anchor="middle">{words(tick.text)}</text>'
    yield f'<line class="axis" x1="{_LEFT}" x2="{right}" y1="{bottom}" y2="{bottom}"/>'
    yield f'<line class="axis" x1="{_LEFT}" x2="{_LEFT}" y1="{_TOP}" y2="{bottom}"/>'
    yield f'<text x="{(_LEFT + right) // 2}" y="{bottom + 44}" text-anchor="middle">{words(chart.across)}</text>'
    yield f'<text x="{right}" y="24" text-anchor="end">{words(chart.up)}</text>'
    line = " ".join(f"{across(chart, spot.at)},{up(chart, spot.value)}" for spot in chart.spots)
    yield f'<polyline class="line" points="{line}"/>'
    for spot in chart.spots:
        if spot.named:
            place = f'cx="{across(chart, spot.at)}" cy="{up(chart, spot.value)}"'
            told = f"{words(spot.at_text)}: {words(spot.value_text)}"
            yield f'<circle class="spot" {place} r="3"><title>{told}</title></circle>'
