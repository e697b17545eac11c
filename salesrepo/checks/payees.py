"""Whom does a plan pay?"""

from salesrepo.checks.rule import CheckContext
from salesrepo.domain.kinds.node import NODE


def payees(ctx: CheckContext, plan: str) -> set[str]:
    """The nodes that a term of theirs on main puts on this plan, whenever: it reads every node of main."""
    nodes = (node for _, node in ctx.tip.all(NODE, "nodes"))
    return {node.node for node in nodes if any(term.plan == plan for term in node.plans)}
