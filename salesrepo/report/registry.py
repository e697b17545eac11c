"""Which formats can a report be written in? A new one is its file and one line below; only the chosen one loads."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import Protocol

from salesrepo.domain.finding import CheckReport, Verdict
from salesrepo.errors import UsageError

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "text": "text:render_text",
        "json": "json_:render_json",
        "github": "github:render_github",
        "sarif": "sarif:render_sarif",
        "markdown": "markdown:render_markdown",
        "junit": "junit:render_junit",
    }
)
LAYOUTS: Mapping[str, str] = MappingProxyType(
    {
        "text": "page_text:render_text",
        "markdown": "page_markdown:render_markdown",
        "html": "page_html:render_html",
    }
)
"""How a page is laid out (`pages.py`)."""

DRAWINGS: Mapping[str, str] = MappingProxyType(
    {
        "svg": "chart_svg:render_svg",
        "html": "chart_html:render_html",
        "text": "chart_text:render_text",
    }
)
"""How charts are drawn (`charts.py`)."""

COMMANDS = ("github",)
"""The formats that speak to a workflow's runner on purpose."""


class RuleNote(Protocol):
    """What a format may say of a rule: its code, its name and its page in Markdown."""

    @property
    def code(self) -> str:
        """Such as SR201."""

    @property
    def name(self) -> str:
        """Such as claim-taken."""

    @property
    def page(self) -> str:
        """A sentence, `## Why`, `## Fix`; indented as it stands in the source."""


class Format(Protocol):
    """A way to write a report down."""

    def __call__(self, report: CheckReport, *, verdict: Verdict, plain: bool, rules: Sequence[RuleNote]) -> str:
        """The whole text, ending with a line break. `plain` asks for a seller's words where the format has them."""
        ...


def render(
    name: str,
    report: CheckReport,
    *,
    verdict: Verdict | None = None,
    plain: bool = False,
    rules: Sequence[RuleNote] = (),
) -> str:
    """The report in the format `name`, ending with a line break; the sink makes it safe to show.

    `verdict` stands in for the report's own where approvals were counted; `rules` are what formats that describe rules
    find them in. Raises UsageError for an unknown format.
    """
    module, _, function = FORMATS[known_format(name)].partition(":")
    write: Format = getattr(import_module(f"salesrepo.report.{module}"), function)
    return write(report, verdict=verdict or report.verdict, plain=plain, rules=rules)


def known_format(name: str) -> str:
    """The name of a format. Raises UsageError for an unknown one."""
    if name not in FORMATS:
        raise UsageError(f"There is no format called {name[:40]!r}.", hint=f"Choose one of: {', '.join(FORMATS)}.")
    return name
