"""SR302: do the credits of a deal add up?"""

from collections.abc import Iterator

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.policy_credits import CREDITS_POLICY, CreditsPolicy
from salesrepo.domain.money import Ratio, add, parse_percent, show_percent

_WHOLE: Ratio = (1, 1)


@rule("SR302", "credits-not-whole")
def SR302(ctx: CheckContext) -> Iterator[Finding]:
    """The credits of a deal sum to 100 % in each role, name known nodes, and none twice in one role.

    Only who referred the lead is credited beside the others, with the share that policy/claims.yml gives, and whoever
    has a role that policy/credits.yml lets stand by itself (`shares: any`): there each share is 100 % at most. Where
    the company has policy/credits.yml, a credit is given in one of its roles, and in none that goes with the account
    (`from: account`).

    ## Why
    Shares that do not sum to the whole pay too much or too little, and somebody finds out on pay day. A role that
    nobody knows pays nobody.

    ## Fix
    Agree on the split and write it: `--credit ana:closer:60% --credit ben:closer:40%`.
    """
    for change, deal in ctx.change.readable(DEAL):
        referral = ctx.claims_policy.referral.role if ctx.claims_policy.referral else ""
        policy = ctx.tip.get(CREDITS_POLICY)
        at = Location(change.path, ("credits",))
        if deal.stage == "won" and not deal.credits:
            hint = "Add the credits: --credit ana:closer:100%"
            yield Finding("SR302", Severity.ERROR, "A won deal says who gets the credit.", at, hint=hint)
        yield from _each(ctx, change, deal)
        if policy is not None:
            yield from _roles(change, deal, policy, referral)
        yield from _sums(at, deal, policy.loose - {referral} if policy else frozenset(), referral)


def _each(ctx: CheckContext, change: RecordChange[Deal], deal: Deal) -> Iterator[Finding]:
    """Who is credited twice in a role, or is nobody."""
    seen: set[tuple[str, str]] = set()
    for index, credit in enumerate(deal.credits):
        here = Location(change.path, ("credits", index))
        if (credit.role, credit.node) in seen:
            message = f"{credit.node} is credited twice as {credit.role}."
            yield Finding("SR302", Severity.ERROR, message, here, hint="Add the two shares up.")
        seen.add((credit.role, credit.node))
        if ctx.result.get(NODE, node=credit.node) is None:
            message = f"There is no node {credit.node}."
            yield Finding("SR302", Severity.ERROR, message, here, hint="Write the colleague's node.")


def _roles(change: RecordChange[Deal], deal: Deal, policy: CreditsPolicy, referral: str) -> Iterator[Finding]:
    """Credits in a role that the company does not have; what stood there before stays."""
    known = change.before.credits if change.before else ()
    for index, credit in enumerate(deal.credits):
        if credit in known or credit.role == referral:
            continue
        at = Location(change.path, ("credits", index, "role"))
        if credit.role in policy.of_account:
            message = f"{credit.role} is whoever holds the account, so no deal names them."
            yield Finding("SR302", Severity.ERROR, message, at, hint="Leave this credit out.")
        elif credit.role not in policy.roles:
            message = f"Nobody is credited as {credit.role} in this company."
            named = sorted(policy.roles.keys() - policy.of_account)
            hint = f"Choose among: {', '.join(named) or 'none yet'}; or add it to policy/credits.yml."
            yield Finding("SR302", Severity.ERROR, message, at, hint=hint)


def _sums(at: Location, deal: Deal, loose: frozenset[str], beside: str) -> Iterator[Finding]:
    sums: dict[str, Ratio] = {}
    for index, credit in enumerate(deal.credits):
        share = parse_percent(credit.share)
        if credit.role not in loose:
            sums[credit.role] = add(sums.get(credit.role, (0, 1)), share)
        elif share[0] > share[1]:
            message = f"{credit.node} has a share of {credit.share} as {credit.role}, more than the whole."
            here = Location(at.path, ("credits", index, "share"))
            yield Finding("SR302", Severity.ERROR, message, here, hint="Write 100% or less.")
    for role, total in sums.items():
        if total != _WHOLE and (role != beside or total[0] > total[1]):
            message = f"The shares of {role} sum to {show_percent(total)}, not to 100%."
            yield Finding("SR302", Severity.ERROR, message, at, hint="Correct the shares of this role.")
