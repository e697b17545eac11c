"""Whom does a plan pay?"""

from salesrepo.checks.rule import CheckContext
from salesrepo.domain.kinds.pay_terms import paid_nodes


def payees(ctx: CheckContext, plan: str) -> set[str]:
    """The nodes that a term of theirs on main puts on this plan, whenever: it reads every node of main."""
    return {node.node for node in paid_nodes(ctx.tip) if any(term.plan == plan for term in node.plans)}
