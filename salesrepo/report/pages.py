"""In which ways can a page be laid out? A new one is its file and one line in `registry.py`; one alone loads."""

from collections.abc import Callable
from importlib import import_module

from salesrepo.domain.page import Page
from salesrepo.errors import UsageError
from salesrepo.report.registry import LAYOUTS


def lay_out(name: str, page: Page) -> str:
    """The page in the layout `name`, ending with a line break. Raises UsageError for an unknown one."""
    if name not in LAYOUTS:
        raise UsageError(f"There is no format called {name[:40]!r}.", hint=f"Choose one of: {', '.join(LAYOUTS)}.")
    module, _, function = LAYOUTS[name].partition(":")
    write: Callable[[Page], str] = getattr(import_module(f"salesrepo.report.{module}"), function)
    return write(page)
