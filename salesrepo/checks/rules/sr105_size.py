"""SR105: is the proposal of a size that a person and a bot can judge?"""

from collections.abc import Collection, Iterator

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity

MOST_PATHS = 200
MOST_BYTES = 1 << 20


@rule("SR105", "too-many-files")
def SR105(ctx: CheckContext) -> Iterator[Finding]:
    """A proposal changes at most 200 files and brings at most 1 MiB, unless it is an import.

    ## Why
    Nobody can review a flood, and one flood must not hold up everybody's day. It is counted and weighed before a single
    file of it is read.

    ## Fix
    Send it in parts. A history of another system comes in through `salesrepo import`, by a node with the role
    `import`.
    """
    if not ctx.change.changes:
        yield Finding("SR105", Severity.ERROR, "This changes nothing.", Location("."), hint="There is nothing to send.")
    elif message := flood(len(ctx.change.changes), ctx.size, ctx.roles):
        yield Finding("SR105", Severity.ERROR, message, Location("."), hint="Send it in parts.")


def is_exempt(roles: Collection[str]) -> bool:
    """Whether these roles bring in a whole history at once."""
    return "import" in roles


def flood(paths: int, size: int, roles: Collection[str]) -> str:
    """Why a change of so many files and bytes is too large to be read, as a sentence; empty where it is not."""
    if is_exempt(roles):
        return ""
    if paths > MOST_PATHS:
        return f"This changes {paths} files; {MOST_PATHS} are the most."
    return f"This brings {size:,} bytes; {MOST_BYTES:,} are the most." if size > MOST_BYTES else ""
