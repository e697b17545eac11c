"""In which ways can charts be drawn? A new one is its file and one line in `registry.py`; one alone loads."""

from collections.abc import Callable, Sequence
from importlib import import_module

from salesrepo.domain.chart import Chart
from salesrepo.errors import UsageError
from salesrepo.report.registry import DRAWINGS


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
