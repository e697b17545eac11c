"""SR233: may this account be claimed at all?"""

from collections.abc import Iterator
from datetime import timedelta

from salesrepo.checks.leases import deals_on, taken
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.claim import Claim
from salesrepo.domain.kinds.exclusion import EXCLUSION
from salesrepo.domain.kinds.node import NODE

_REASONS = {
    "house": "is looked after by the house",
    "do_not_contact": "asked not to be contacted",
    "competitor": "is a competitor",
    "tender": "has published a tender, which is answered by the house",
}


@rule("SR233", "not-eligible")
def SR233(ctx: CheckContext) -> Iterator[Finding]:
    """Nobody claims another node's customer, or an account that the company keeps out: by key or by any alias.

    ## Why
    Whoever sold to a company goes on looking after it. House accounts, competitors and those who asked not to be
    contacted stand in `exclusions/`, one lock for each, so that one look-up is enough.

    ## Fix
    Pick another account. A customer passes to somebody else when its holder transfers or releases it; an exclusion is
    taken away by sales operations.
    """
    for change, claim in taken(ctx):
        at = Location(change.path, ("account",))
        for message, hint in (*_excluded(ctx, claim), *_customer(ctx, change.before, claim)):
            yield Finding("SR233", Severity.ERROR, message, at, hint=hint)


def _excluded(ctx: CheckContext, claim: Claim) -> Iterator[tuple[str, str]]:
    known = ctx.result.get(ACCOUNT, account=claim.account)
    for key in dict.fromkeys((claim.account, *(known.aliases if known else ()))):
        lock = ctx.tip.get(EXCLUSION, account=key)
        if lock is not None and lock.holds(ctx.today):
            until = f" until {lock.until}" if lock.until else ""
            why = f" ({lock.why})" if lock.why else ""
            hint = "Pick another account, or ask sales operations about this one."
            yield f"{claim.account} {_REASONS[lock.reason]}{why}, so nobody claims it{until}.", hint
            return


def _customer(ctx: CheckContext, before: Claim | None, claim: Claim) -> Iterator[tuple[str, str]]:
    days = ctx.claims_policy.customer_days
    if days is None:
        return
    since = ctx.today - timedelta(days=days)
    sold = {
        deal.node
        for deal in deals_on(ctx.tip, claim.account)
        if deal.stage == "won" and deal.layer == claim.layer and deal.signed and deal.signed >= since
    }
    if claim.holder in sold:
        return
    for name in sorted(sold):
        node = ctx.tip.get(NODE, node=name)
        let_go = before is not None and before.holder == name and before.status == "released"
        if node is not None and node.works_on(ctx.today) and not (let_go and before and before.ending != "lapsed"):
            hint = f"Talk to {node.name}: a customer passes by a transfer or a release."
            yield f"{claim.account} is a customer of {node.name}.", hint
            return
