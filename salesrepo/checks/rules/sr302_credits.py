"""SR302: do the credits of a deal add up?"""

from collections.abc import Iterator

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.money import Ratio, add, parse_percent, show_percent


@rule("SR302", "credits-not-whole")
def SR302(ctx: CheckContext) -> Iterator[Finding]:
    """The credits of a deal sum to 100 % in each role, name known nodes, and none twice in one role.

    Only who referred the lead is credited beside the others, with the share that policy/claims.yml gives.

    ## Why
    Shares that do not sum to the whole pay too much or too little, and somebody finds out on pay day.

    ## Fix
    Agree on the split and write it: `--credit ana:closer:60% --credit ben:closer:40%`.
    """
    for change, deal in ctx.change.readable(DEAL):
        at = Location(change.path, ("credits",))
        if deal.stage == "won" and not deal.credits:
            yield Finding(
                "SR302",
                Severity.ERROR,
                "A won deal says who gets the credit.",
                at,
                hint="Add the credits: --credit ana:closer:100%",
            )
        sums: dict[str, Ratio] = {}
        seen: set[tuple[str, str]] = set()
        for index, credit in enumerate(deal.credits):
            here = Location(change.path, ("credits", index))
            sums[credit.role] = add(sums.get(credit.role, (0, 1)), parse_percent(credit.share))
            if (credit.role, credit.node) in seen:
                message = f"{credit.node} is credited twice as {credit.role}."
                yield Finding("SR302", Severity.ERROR, message, here, hint="Add the two shares up.")
            seen.add((credit.role, credit.node))
            if ctx.result.get(NODE, node=credit.node) is None:
                message = f"There is no node {credit.node}."
                yield Finding("SR302", Severity.ERROR, message, here, hint="Write the colleague's node.")
        beside = ctx.claims_policy.referral.role if ctx.claims_policy.referral else None
        for role, total in sums.items():
            if total != (1, 1) and (role != beside or total[0] > total[1]):
                message = f"The shares of {role} sum to {show_percent(total)}, not to 100%."
                yield Finding("SR302", Severity.ERROR, message, at, hint="Correct the shares of this role.")
