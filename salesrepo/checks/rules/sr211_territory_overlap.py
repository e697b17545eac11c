"""SR211: does a changed territory overlap another?"""

from collections.abc import Iterator

from salesrepo.checks.rule import CheckContext, rule, sentence
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.policy_territory import TERRITORY_POLICY
from salesrepo.domain.kinds.territory import TERRITORY, territory_file
from salesrepo.territory.area import areas
from salesrepo.territory.overlap import overlaps


@rule("SR211", "territory-overlap")
def SR211(ctx: CheckContext) -> Iterator[Finding]:
    """No account may lie in two territories of one layer on one day.

    ## Why
    Where territories overlap, two sellers are both right, and the quarrel is decided by whoever is louder. The finding
    names an account that both would hold, the day, and who holds each.

    ## Fix
    Narrow one of the two, exclude the common part from one, or name the account. A border that cannot be proved to
    separate them counts as an overlap, unless policy/territory.yml says `unprovable: warning`.
    """
    changed = {f"{c.ids['folder']}/{c.ids['id']}" for c in ctx.change.of(TERRITORY)}
    if not changed:
        return
    policy = ctx.tip.get(TERRITORY_POLICY)
    doubt = Severity.WARNING if policy is not None and policy.unprovable == "warning" else Severity.ERROR
    known = areas(value for _, value in ctx.result.all(TERRITORY, "territories"))
    for overlap in overlaps(known, changed=changed):
        mine = overlap.first if overlap.first in changed else overlap.second
        at = Location(territory_file(mine), ("rules",))
        severity = Severity.ERROR if overlap.certain else doubt
        yield Finding("SR211", severity, sentence(overlap.message), at, hint=overlap.hint)
