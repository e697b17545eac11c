"""Which formats can a period be exported in? A new one is its file and one line below; only the chosen one loads."""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Protocol

from salesrepo.errors import UsageError
from salesrepo.export.job import Export, Job

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "gusto": "gusto:export_gusto",
        "adp": "adp:export_adp",
        "csv": "mapped_csv:export_csv",
        "self-billing": "self_billing:export_self_billing",
        "accrual": "accrual:export_accrual",
        "hledger": "hledger:export_hledger",
        "beancount": "beancount:export_beancount",
    }
)
WITH_PEOPLE = frozenset({"gusto", "adp", "csv", "self-billing"})
"""The formats that pay people, and so need finance's file of them."""
WITH_MAPPING = frozenset({"adp", "csv", "self-billing"})
"""The formats that cannot do without a section of the mapping."""


class Format(Protocol):
    """A way to write a closed period down."""

    def __call__(self, job: Job) -> Export:
        """The files. Raises RefusedError for what the format cannot hold."""
        ...


def export(name: str, job: Job) -> Export:
    """The period in the format `name`: the same bytes for the same lines, people and mapping."""
    module, _, function = FORMATS[known_format(name)].partition(":")
    write: Format = getattr(import_module(f"salesrepo.export.{module}"), function)
    return write(job)


def known_format(name: str) -> str:
    """The name of a format. Raises UsageError for an unknown one."""
    if name not in FORMATS:
        raise UsageError(f"Nothing here exports to {name[:40]!r}.", hint=f"Choose one of: {', '.join(FORMATS)}.")
    return name
