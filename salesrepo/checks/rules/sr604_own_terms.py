"""SR604: does somebody change their own roles, plan or pay?"""

from collections.abc import Iterator

from salesrepo.checks.payees import payees
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.node import NODE, Node, RoleTerm
from salesrepo.domain.kinds.plan import PLAN
from salesrepo.domain.kinds.policy_roles import ROLES_POLICY


@rule("SR604", "own-terms")
def SR604(ctx: CheckContext) -> Iterator[Finding]:
    """Whoever changes their own node file, the plan that pays them, or who may decide, needs another to agree.

    ## Why
    The right to write a file is not the right to raise one's own pay, or one's own rights, or to make the colleague
    who will approve them.

    ## Fix
    Nothing: it waits for one of the roles that are named.
    """
    if ctx.actor is None:
        return
    mine = {term.plan for term in ctx.actor.plans}
    message = "This changes the sender's own terms, so somebody else must agree."
    me = {ctx.me}
    for node in ctx.change.of(NODE):
        if node.ids["node"] == ctx.me:
            yield _review(ctx, message, node.path, me)
        elif node.after is not None and _grants(ctx, node.before, node.after) and (others := _reviewers(ctx) - me):
            told = f"This gives {node.after.name} a role that decides for others, so somebody else must agree."
            yield _review(ctx, told, node.path, me | {node.after.node} if others - {node.after.node} else me)
    for plan in ctx.change.of(PLAN):
        if plan.ids["plan"] in mine:
            yield _review(ctx, message, plan.path, me | payees(ctx, plan.ids["plan"]))
    for policy in ctx.change.of(ROLES_POLICY):
        yield _review(ctx, message, policy.path, me)


def _review(ctx: CheckContext, message: str, path: str, not_by: set[str]) -> Finding:
    roles = tuple(sorted(_deciders(ctx)))
    hint = "Nothing: it waits for them."
    return Finding(
        "SR604", Severity.REVIEW, message, Location(path), hint=hint, roles=roles, not_by=tuple(sorted(not_by))
    )


def _deciders(ctx: CheckContext) -> set[str]:
    return {*ctx.roles_policy.review.organisation, *ctx.roles_policy.review.pay}


def _reviewers(ctx: CheckContext) -> set[str]:
    """The nodes that could agree today. Whoever founds a company is alone at first, and admits the first of them."""
    nodes = (node for _, node in ctx.tip.all(NODE, "nodes") if node.forge_id is not None)
    return {node.node for node in nodes if _deciders(ctx).intersection(node.roles_on(ctx.today))}


def _grants(ctx: CheckContext, before: Node | None, after: Node) -> bool:
    """Whether a forge user gets a role that approves or rules, or gets it for longer."""
    review, write = ctx.roles_policy.review, ctx.roles_policy.write
    strong = {*review.pay, *review.organisation, *review.imports, *review.facts, *write.maintainer, *write.finance}
    same = before is not None and (before.status, before.forge_id) == ("active", after.forge_id)
    known = before.roles if before is not None and same else ()
    return (
        after.status == "active"
        and after.forge_id is not None
        and any(term.role in strong and not any(_covers(held, term) for held in known) for term in after.roles)
    )


def _covers(held: RoleTerm, term: RoleTerm) -> bool:
    lasts = held.ends is None or (term.ends is not None and term.ends <= held.ends)
    return held.role == term.role and held.starts <= term.starts and lasts
