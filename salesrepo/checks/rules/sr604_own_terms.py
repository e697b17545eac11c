"""SR604: does somebody change their own roles, plan or pay?"""

from collections.abc import Iterator

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.plan import PLAN
from salesrepo.domain.kinds.policy_roles import ROLES_POLICY


@rule("SR604", "own-terms")
def SR604(ctx: CheckContext) -> Iterator[Finding]:
    """Whoever changes their own node file, the plan that pays them, or what roles may do, needs another to agree.

    ## Why
    The right to write a file is not the right to raise one's own pay, or one's own rights.

    ## Fix
    Nothing: it waits for one of the roles that are named.
    """
    if ctx.actor is None:
        return
    mine = {term.plan for term in ctx.actor.plans}
    own = [change.path for change in ctx.change.of(NODE) if change.ids["node"] == ctx.me]
    own += [change.path for change in ctx.change.of(PLAN) if change.ids["plan"] in mine]
    own += [change.path for change in ctx.change.of(ROLES_POLICY)]
    for path in own:
        roles = {*ctx.roles_policy.review.organisation, *ctx.roles_policy.review.pay}
        yield Finding(
            "SR604",
            Severity.REVIEW,
            "This changes the sender's own terms, so somebody else must agree.",
            Location(path),
            hint="Nothing: it waits for them.",
            roles=tuple(sorted(roles)),
            not_by=(ctx.me,),
        )
