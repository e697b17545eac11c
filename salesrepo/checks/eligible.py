"""Who may not have an account, whoever asks first: of a customer, of what the company keeps out, of a team's relay?"""

from collections.abc import Iterator
from datetime import date, timedelta

from salesrepo.checks.rule import CannotJudge, CheckContext
from salesrepo.domain.identity import name_key
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.also_excluded import also_folder
from salesrepo.domain.kinds.claim import Claim
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.kinds.exclusion import EXCLUSION, Exclusion
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.lease import is_untouched, let_go_on
from salesrepo.errors import RefusedError

OTHERS_DID = ("decided", "left", "territory")
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
    if before.status == "released" and before.ending in OTHERS_DID:
        return None
    free = ended + timedelta(days=days + 1)
    return (ended, free) if free > ctx.today else None


def let_go_lately(ctx: CheckContext, before: Claim, claim: Claim) -> tuple[date, date] | None:
    """As `cooldown`, of an earlier lease of whoever gets a claim, where others had the account in between.

    History is read only where the last lease began or ended in the days of the cooldown. Raises CannotJudge where there
    is none.
    """
    days = ctx.claims_policy.cooldown_days
    if days is None:
        return None
    since = ctx.today - timedelta(days=days)
    if before.since < since and (let_go_on(before, ctx.today) or since) <= since:
        return None
    if ctx.let_go is None:
        raise CannotJudge("nothing here tells who had the account before")
    ended = ctx.let_go(claim, claim.holder, since)
    free = ended + timedelta(days=days + 1) if ended else None
    return (ended, free) if ended and free and free > ctx.today else None


def rests(ctx: CheckContext, before: Claim | None, claim: Claim) -> bool:
    """Whether a claim comes too soon after the last one for its holder to get it without a person's word."""
    if before is None:
        return False
    if before.holder != claim.holder and let_go_lately(ctx, before, claim) is not None:
        return True
    if cooldown(ctx, before) is None:
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
    for identity in _identities(ctx, claim):
        lock = next((one for one in _locks(ctx, identity) if one.holds(ctx.today)), None)
        if lock is not None:
            until = f" until {lock.until}" if lock.until else ""
            why = f" ({lock.why})" if lock.why else ""
            who = claim.account if lock.account == identity else f"{claim.account}, known as {lock.account},"
            hint = "Pick another account, or ask sales operations about this one."
            yield f"{who} {_REASONS[lock.reason]}{why}, so nobody claims it{until}.", hint
            return


def _identities(ctx: CheckContext, claim: Claim) -> tuple[str, ...]:
    """All that the claimed company is known by: its key, its aliases, and its name in its country."""
    account = ctx.result.get(ACCOUNT, account=claim.account)
    if account is None:
        return (claim.account,)
    try:
        named = (name_key(account.name, account.country),) if account.country else ()
    except RefusedError:  # SR204 says what is wrong with the name
        named = ()
    return tuple(dict.fromkeys((claim.account, *account.aliases, *named)))


def _locks(ctx: CheckContext, identity: str) -> Iterator[Exclusion]:
    """The exclusion of this account, and those that name it as well."""
    others = (path.rpartition("/")[2] for path in ctx.tip.paths(also_folder(identity)))
    for key in (identity, *others):
        found = ctx.tip.get(EXCLUSION, account=key)
        if found is not None and identity in (found.account, *found.also):
            yield found


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
