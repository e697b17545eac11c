"""SR220: has a new holder of a territory passed what the role asks for?"""

from collections.abc import Iterator

from salesrepo.checks.borders import borders
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.cert import CERT


@rule("SR220", "holder-not-certified", audit=True)
def SR220(ctx: CheckContext) -> Iterator[Finding]:
    """Whoever covers a territory has passed the module that policy/territory.yml asks for in that role.

    ## Why
    A role with `certified: MODULE` is given to people who have shown that they can do it. The certificate must hold
    when the term starts, or today where it has started. It is the check T010 of the definition of territories.

    ## Fix
    Let the node pass the module first, or give the territory to somebody who has.
    """
    found = borders(ctx)
    for area, at, cover in found.covers() if found else ():
        terms = found.policy.roles.get(cover.role) if found else None
        if terms is None or terms.certified is None:
            continue
        day = max(cover.starts, ctx.today)
        cert = ctx.result.get(CERT, node=cover.node, module=terms.certified)
        if cert is None or not cert.holds(day):
            message = (
                f"{ctx.who(cover.node)} is not certified in {terms.certified} on {day}, which {cover.role} asks for."
            )
            where = Location(area.file, ("coverage", at, "node"))
            yield Finding("SR220", Severity.ERROR, message, where, hint="Let them pass the module before this term.")
