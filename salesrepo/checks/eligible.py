"""Who may not have an account, whoever asks first: of a customer, of what the company keeps out, of a team's relay?"""

from collections.abc import Iterator
from datetime import date, timedelta

from salesrepo.checks.rule import CheckContext
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.claim import Claim
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.kinds.exclusion import EXCLUSION
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.lease import is_untouched, let_go_on

_OTHERS_DID = ("decided", "left", "territory")
_REASONS = {
    "house": "is looked after by the house",
    "do_not_contact": "asked not to be contacted",
    "competitor": "is a competitor",
    "tender": "has published a tender, which is answered by the house",
}


def barred(ctx: CheckContext, before: Claim | None, claim: Claim) -> Iterator[tuple[str, str]]:
    """Why the account of a new claim is not to be had: a sentence and the next step each; `before` stood there."""
    yield from _excluded(ctx, claim)
    yield from _customer(ctx, before, claim)


def cooldown(ctx: CheckContext, before: Claim | None) -> tuple[date, date] | None:
    """The day on which a holder let go of a claim, and the first on which it is free for them; None where it is."""
    days = ctx.claims_policy.cooldown_days
    ended = let_go_on(before, ctx.today) if before else None
    if days is None or before is None or ended is None:
        return None
    if before.status == "released" and before.ending in _OTHERS_DID:
        return None
    free = ended + timedelta(days=days + 1)
    return (ended, free) if free > ctx.today else None


def rests(ctx: CheckContext, before: Claim | None, claim: Claim) -> bool:
    """Whether a claim comes too soon after the last one for its holder to get it without a person's word."""
    if before is None or cooldown(ctx, before) is None:
        return False
    looked_at = bool(ctx.roles_policy.review.claims) and passed_round(ctx, before, claim)
    return before.holder == claim.holder or looked_at


def passed_round(ctx: CheckContext, before: Claim, claim: Claim) -> bool:
    """Whether a claim lapsed untouched, and both holders report to one manager or team, or one of them to the other."""
    if not is_untouched(before) or not (before.status == "held" or before.ending == "lapsed"):
        return False
    pair = (before.holder, claim.holder)
    nodes = [ctx.tip.get(NODE, node=name) for name in pair]
    above = [node.manager_on(ctx.today) if node else None for node in nodes]
    return (above[0] is not None and above[0] == above[1]) or above[0] == pair[1] or above[1] == pair[0]


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
        for deal in _deals(ctx, claim.account)
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


def _deals(ctx: CheckContext, account: str) -> Iterator[Deal]:
    folder = DEAL.path.fill(account=account, deal="x").rsplit("/", 1)[0]
    return (deal for _, deal in ctx.tip.all(DEAL, folder))
