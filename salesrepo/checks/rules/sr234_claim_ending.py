"""SR234: does a claim end by its holder's word, or when it is due?"""

from collections.abc import Iterator

from salesrepo.checks.handles import called
from salesrepo.checks.holdover import loss_of
from salesrepo.checks.passages import comes_by_itself
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.checks.transitions import due_for
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.holding import handle_of
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.kinds.deal_hold import DEAL_HOLD

_OVER = {"lapsed": "has lapsed", "territory": "has lost its territory"}


@rule("SR234", "claim-ending")
def SR234(ctx: CheckContext) -> Iterator[Finding]:
    """A claim ends by its holder's word, or as it is due: after its last day, or once its holder sells there no longer.

    ## Why
    What follows from dates needs nobody's power, so anybody may send it (`salesrepo ci sweep` does, every night), and
    what does not follow from them is refused, whoever sends it. When a territory passes to somebody else, its claims
    end with it, to the first who waits; `holdover:` of policy/territory.yml says how long a deal keeps one. A claim
    with an open deal on it is not given up: the deal would hang in the air.

    ## Fix
    Let `sr release` and the sweep write it. Win, lose or transfer open deals first.
    """
    for change, claim in ctx.change.readable(CLAIM):
        before = change.before
        if claim.status != "released" or before is None or before.status != "held" or comes_by_itself(ctx, change):
            continue
        if claim.ending in ("lapsed", "territory"):
            hint = "Leave it to the sweep (salesrepo ci sweep), or give it up: sr release LEAD"
            at = Location(change.path, ("ending",))
            message = _not_due(ctx, before) if claim.ending == "lapsed" else _still_sold(ctx, before)
            yield Finding("SR234", Severity.ERROR, message, at, hint=hint)
            continue
        for deal in _open_deals(ctx, claim):
            message = f"{called(ctx, deal)} is still open on it."
            hint = "Win or lose it first, or transfer the account: sr transfer LEAD --to NODE"
            yield Finding("SR234", Severity.ERROR, message, Location(change.path, ("status",)), hint=hint)


def _not_due(ctx: CheckContext, before: Claim) -> str:
    if before.until >= ctx.today:
        return f"{before.account} has not lapsed: it is kept until {before.until}."
    return _otherwise(ctx, before, "lapsed")


def _still_sold(ctx: CheckContext, before: Claim) -> str:
    loss = loss_of(ctx, before)
    if loss is None:
        holder = ctx.who(before.holder)
        if before.standing == "customer":
            return f"{before.account} is {holder}'s customer, and stays so."
        return f"{holder} sells where {before.account} lies."
    if loss.last is None or loss.last >= ctx.today:
        deal = handle_of(before.account, loss.deal)
        return f"{before.account} is kept until {loss.last or before.until}, because of {deal}."
    return _otherwise(ctx, before, "territory")


def _otherwise(ctx: CheckContext, before: Claim, ending: str) -> str:
    """What is due instead of this ending of a claim that is over."""
    due = due_for(ctx, before)
    if due is not None and due.steps == ("granted",):
        return f"{before.account} {_OVER[ending]}, and it is {ctx.who(due.claim.holder)}'s turn."
    if due is not None and due.claim.status == "held":
        return f"{before.account} is kept until {due.claim.until}, once what is due is written."
    if due is not None and due.claim.ending != ending:
        return f"{before.account} {_OVER[due.claim.ending or ending]}: write that as its ending."
    ended = due.claim.ended if due is not None else ctx.today
    return f"{before.account} {_OVER[ending]}: {ended} is the day on which it ended, and nothing else changes."


def _open_deals(ctx: CheckContext, claim: Claim) -> Iterator[Deal]:
    folder = DEAL_HOLD.path.fill(node=claim.holder, account=claim.account, deal="x").rsplit("/", 1)[0]
    for path in ctx.result.paths(folder):
        deal = ctx.result.get(DEAL, account=claim.account, deal=path.rsplit("/", 1)[1])
        if deal is not None and deal.is_open and deal.layer == claim.layer:
            yield deal
