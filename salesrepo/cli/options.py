"""The options that several commands share."""

from datetime import date
from typing import Annotated

import typer

from salesrepo.errors import UsageError

Json = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")]
ForgeOption = Annotated[str, typer.Option("--forge", help="The forge's folder; that of this copy if left out.")]
MostOption = Annotated[int, typer.Option("--most", help="How many lines to list, the last ones.", min=1)]
FormatOption = Annotated[str, typer.Option("--format", help="text, json, github, sarif, markdown or junit.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Show paths and ids as well.")]


def day(text: str) -> str:
    """A day as it is kept (2026-11-21); raises UsageError for anything else."""
    if not text:
        return ""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text or not (2000 <= found.year <= 2100):
        raise UsageError(f"{text} is not a day.", hint="Write it as 2026-11-21.")
    return text
