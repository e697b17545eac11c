"""SR212: is a changed territory, or a lock on an account's name, sound in itself?"""

from collections.abc import Iterator

from salesrepo.checks.rule import CannotJudge, CheckContext, rule, sentence
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.named_account import NAMED_ACCOUNT, NamedAccount
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
    changed = {f"{c.ids['folder']}/{c.ids['id']}" for c in ctx.change.of(TERRITORY)}
    named = (*(lock for _, lock in ctx.change.readable(NAMED_ACCOUNT)), *_orphans(ctx))
    if changed or named:
        policy = ctx.tip.get(TERRITORY_POLICY)
        if policy is None:
            raise CannotJudge(f"{TERRITORY_POLICY.path.text} is missing")
        known = areas(value for _, value in ctx.result.all(TERRITORY, "territories"))
        for problem in problems(known, policy=policy, changed=changed, named=named):
            at = Location(problem.file, problem.route)
            hint = problem.hint or "Correct this line of the territory."
            doubt = problem.name == "unprovable" and policy.unprovable == "warning"
            severity = Severity.WARNING if doubt else Severity.ERROR
            yield Finding("SR212", severity, sentence(problem.message), at, hint=hint)
    for change, territory in ctx.change.readable(TERRITORY):
        for index, coverage in enumerate(territory.coverage):
            if ctx.result.get(NODE, node=coverage.node) is None:
                at = Location(change.path, ("coverage", index, "node"))
                message = f"There is no node {coverage.node}."
                yield Finding("SR212", Severity.ERROR, message, at, hint="Admit it first, or correct the name.")


def _orphans(ctx: CheckContext) -> tuple[NamedAccount, ...]:
    """Locks that stay and name a territory which is removed, or holds accounts of that layer no longer."""
    lost = {
        c.before.territory
        for c in ctx.change.of(TERRITORY)
        if c.before and (c.after is None or (c.before.kind, c.before.layer) != (c.after.kind, c.after.layer))
    }
    if not lost:
        return ()
    locks = ctx.result.all(NAMED_ACCOUNT, "territories/named")
    return tuple(lock for path, lock in locks if lock.territory in lost and ctx.change.at(path) is None)
