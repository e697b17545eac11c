"""SR602: who may change how the company itself is run?"""

from collections.abc import Iterator

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.record import Owner

_CLASSES = {
    Owner.MAINTAINER: "sales operations",
    Owner.FINANCE: "finance",
    Owner.BRAND: "the brand's owners",
    Owner.BOT: "the settle bot",
}


@rule("SR602", "protected-path")
def SR602(ctx: CheckContext) -> Iterator[Finding]:
    """Policies, nodes, territories, products, plans, payments and brand rules are written by the roles that policy names.

    ## Why
    These files decide who may sell where, at which price, and who is paid what. The roles are read at main's tip: a
    proposal cannot grant itself what it needs.

    ## Fix
    Ask one of the roles that are named to send the change.
    """
    for change in ctx.change.changes:
        owner = change.place.kind.owner if change.place else None
        if owner not in _CLASSES:
            continue
        roles = () if owner is Owner.BOT else getattr(ctx.roles_policy.write, owner.value)
        if not ctx.roles & set(roles):
            message = f"Only {_CLASSES[owner]} may change this file."
            hint = f"Ask somebody with the role {' or '.join(roles)}." if roles else "Nobody sends this by hand."
            yield Finding("SR602", Severity.ERROR, message, Location(change.path), hint=hint)
        elif owner is Owner.MAINTAINER and ctx.roles_policy.review.organisation:
            yield Finding(
                "SR602",
                Severity.REVIEW,
                "A change of how the company is run needs a second pair of eyes.",
                Location(change.path),
                roles=ctx.roles_policy.review.organisation,
                not_by=(ctx.me,),
            )
