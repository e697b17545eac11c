"""SR212: is a changed territory, or a lock on an account's name, sound in itself?"""

from collections.abc import Iterator

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.named_account import NAMED_ACCOUNT
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.policy_territory import TERRITORY_POLICY
from salesrepo.domain.kinds.territory import TERRITORY
from salesrepo.territory.area import areas
from salesrepo.territory.tree import problems


@rule("SR212", "territory-form")
def SR212(ctx: CheckContext) -> Iterator[Finding]:
    """A territory uses known codes and roles, lies inside its group, has sensible dates, and is covered by known nodes.

    ## Why
    A territory that nobody covers, or that means nothing because of a mistyped code, leaves accounts without a seller
    and nobody notices.

    ## Fix
    The finding says which line is wrong and what would be right.
    """
    changed = {f"{c.place.ids['folder']}/{c.place.ids['id']}" for c in ctx.change.of(TERRITORY) if c.place}
    named = tuple(lock for _, lock in ctx.change.readable(NAMED_ACCOUNT))
    policy = ctx.tip.get(TERRITORY_POLICY)
    if policy is not None and (changed or named):
        known = areas(value for _, value in ctx.result.all(TERRITORY, "territories"))
        for problem in problems(known, policy=policy, changed=changed, named=named):
            at = Location(problem.file, problem.route)
            yield Finding("SR212", Severity.ERROR, problem.message, at, hint=problem.hint)
    for change, territory in ctx.change.readable(TERRITORY):
        for index, coverage in enumerate(territory.coverage):
            if ctx.result.get(NODE, node=coverage.node) is None:
                at = Location(change.path, ("coverage", index, "node"))
                message = f"There is no node {coverage.node}."
                yield Finding("SR212", Severity.ERROR, message, at, hint="Admit it first, or correct the name.")
