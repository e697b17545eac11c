"""Who agrees to what pays somebody by a record of finance's: a person with a role for pay, who gains nothing by it."""

from collections.abc import Iterable
from datetime import date

from salesrepo.checks.rule import CheckContext
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.node import NODE

WAITS = "You need do nothing: it waits for them."
_NAMED = 5


def witness(
    ctx: CheckContext, code: str, message: str, at: Location, *, gains: Iterable[str], hint: str = WAITS
) -> Finding:
    """The finding that asks for such a person; never the sender, nor one of those who gain.

    Where policy/roles.yml asks nobody about pay, finance is asked: what pays somebody is never one person's word.
    """
    policy = ctx.roles_policy
    roles = policy.review.pay or policy.write.finance or policy.write.maintainer
    barred = tuple(sorted({ctx.me, *gains} - {""}))
    return Finding(code, Severity.REVIEW, message, at, hint=hint, roles=roles, not_by=barred)


def with_members(ctx: CheckContext, nodes: Iterable[str], since: date | None = None) -> frozenset[str]:
    """Nodes, and of each team among them the members of a day (today, unless one is told) and later.

    Reads every node only where one is a team.
    """
    first = since or ctx.today
    found = frozenset(nodes)
    teams = {name for name in found if (node := ctx.tip.get(NODE, node=name)) is not None and node.kind == "team"}
    if not teams:
        return found
    members = (
        node.node
        for _, node in ctx.tip.all(NODE, "nodes")
        if any(term.team in teams and (term.ends is None or term.ends > first) for term in node.teams)
    )
    return found | frozenset(members)


def people(ctx: CheckContext, nodes: Iterable[str]) -> str:
    """Nodes as people call them, the first few by name: `Ana Lima, Ben Oduya and 3 more`."""
    found = sorted(set(nodes))
    named = [ctx.who(node) for node in found[:_NAMED]]
    if len(found) > _NAMED:
        return f"{', '.join(named)} and {len(found) - _NAMED} more"
    return " and ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else "".join(named)
