"""In which ways can charts be drawn? A new one is its file and one line below; only the chosen one loads."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from types import MappingProxyType

from salesrepo.domain.chart import Chart
from salesrepo.errors import UsageError

DRAWINGS: Mapping[str, str] = MappingProxyType(
    {
        "svg": "chart_svg:render_svg",
        "html": "chart_html:render_html",
        "text": "chart_text:render_text",
    }
)


def draw(name: str, charts: Sequence[Chart]) -> str:
    """The charts in the format `name`, ending with a line break. Raises UsageError for an unknown one."""
    if name not in DRAWINGS:
        raise UsageError(
            f"A chart cannot be drawn as {name[:40]!r}.",
            hint="Name a file that ends with .svg or .html, or - to see it.",
        )
    module, _, function = DRAWINGS[name].partition(":")
    write: Callable[[Sequence[Chart]], str] = getattr(import_module(f"salesrepo.report.{module}"), function)
    return write(charts)
