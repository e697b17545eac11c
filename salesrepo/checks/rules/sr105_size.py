"""SR105: is the proposal of a size that a person and a bot can judge?"""

from collections.abc import Iterator

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity

MOST_PATHS = 200


@rule("SR105", "too-many-files")
def SR105(ctx: CheckContext) -> Iterator[Finding]:
    """A proposal changes at most 200 files, unless it is an import.

    ## Why
    Nobody can review a flood, and one flood must not hold up everybody's day.

    ## Fix
    Send it in parts. A history of another system comes in through `salesrepo import`, by a node with the role
    `import`.
    """
    if len(ctx.change.changes) > MOST_PATHS and "import" not in ctx.roles:
        message = f"This changes {len(ctx.change.changes)} files; {MOST_PATHS} are the most."
        yield Finding("SR105", Severity.ERROR, message, Location("."), hint="Send it in parts.")
    if not ctx.change.changes:
        yield Finding("SR105", Severity.ERROR, "This changes nothing.", Location("."), hint="There is nothing to send.")
