"""SR223: do the territories form a tree, with layers and roles that exist?"""

from collections.abc import Iterator

from salesrepo.checks.borders import told
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding


@rule("SR223", "territory-form", audit=True)
def SR223(ctx: CheckContext) -> Iterator[Finding]:
    """A territory has a group above it, a layer and roles of the policy, and a group has one residual for each layer.

    ## Why
    What the other checks prove holds for a sound tree only. A territory in the wrong place, a lock that names none, or
    a band from more to less means nothing, and nobody notices.

    ## Fix
    The finding says which line is wrong and what would be right.
    """
    yield from told(
        ctx,
        "SR223",
        "misplaced",
        "no-group",
        "no-territory",
        "range",
        "residual-rules",
        "two-residuals",
        "unknown-layer",
        "unknown-role",
    )
