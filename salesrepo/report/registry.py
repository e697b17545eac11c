"""Which formats can a report be written in? A new one is its file and one line below; only the chosen one loads."""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Protocol

from salesrepo.domain.finding import CheckReport, Verdict
from salesrepo.errors import UsageError

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "text": "text:render_text",
        "json": "json_:render_json",
    }
)


class Format(Protocol):
    """A way to write a report down."""

    def __call__(self, report: CheckReport, *, verdict: Verdict, plain: bool) -> str:
        """The whole text, ending with a line break. `plain` asks for a seller's words where the format has them."""
        ...


def render(name: str, report: CheckReport, *, verdict: Verdict | None = None, plain: bool = False) -> str:
    """The report in the format `name`, ending with a line break; the sink makes it safe to show.

    `verdict` stands in for the report's own where approvals were counted. Raises UsageError for an unknown format.
    """
    if name not in FORMATS:
        raise UsageError(f"There is no format called {name[:40]!r}.", hint=f"Choose one of: {', '.join(FORMATS)}.")
    module, _, function = FORMATS[name].partition(":")
    write: Format = getattr(import_module(f"salesrepo.report.{module}"), function)
    return write(report, verdict=verdict or report.verdict, plain=plain)
