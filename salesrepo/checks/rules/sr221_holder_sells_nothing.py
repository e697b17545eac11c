"""SR221: is a new holder of a territory somebody who sells?"""

from collections.abc import Iterator

from salesrepo.checks.borders import borders
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.territory import Coverage


@rule("SR221", "holder-sells-nothing", audit=True)
def SR221(ctx: CheckContext) -> Iterator[Finding]:
    """Whoever covers a territory is a node that is still there and has a role that sells.

    ## Why
    A territory in the hands of somebody who left has no seller, and nobody notices before the leads are cold. Roles
    that sell are those under `write: seller:` of policy/roles.yml; who only helps (an overlay) needs none. It is the
    check T011 of the definition of territories.

    ## Fix
    Admit the node first, give it a role that sells, or give the territory to somebody else:
    `salesrepo territory reassign`.
    """
    found = borders(ctx)
    for area, at, cover in found.covers() if found else ():
        wrong = _wrong(ctx, cover, helps=found is not None and found.helps(cover))
        if wrong:
            where = Location(area.file, ("coverage", at, "node"))
            yield Finding("SR221", Severity.ERROR, wrong[0], where, hint=wrong[1])


def _wrong(ctx: CheckContext, cover: Coverage, *, helps: bool) -> tuple[str, str] | None:
    """A sentence and the next step; None where all is well."""
    node = ctx.result.get(NODE, node=cover.node)
    if node is None:
        return f"There is no node {cover.node}.", "Admit it first, or correct the name."
    if node.status != "active":
        return f"{node.name} has left.", "Give the territory to somebody else: salesrepo territory reassign"
    day = max(cover.starts, ctx.today)
    if not helps and not set(node.roles_on(day)) & set(ctx.roles_policy.write.seller):
        return f"{node.name} has no role that sells on {day}.", "Give them one from that day, or name somebody else."
    return None
