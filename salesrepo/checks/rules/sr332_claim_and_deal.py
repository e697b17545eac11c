"""SR332: is the account of an open deal still its seller's?"""

from collections.abc import Iterator

from salesrepo.checks.holdover import loss_of
from salesrepo.checks.hygiene import Look, Remark, remarks
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.checks.territories import Refusal, judge_claim
from salesrepo.domain.finding import Finding
from salesrepo.domain.holding import handle_of
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.claim import Claim


@rule("SR332", "deal-claim-over", audit=True)
def SR332(ctx: CheckContext) -> Iterator[Finding]:
    """While a deal is open, the claim it rests on runs, and its account lies in the territory of the claim (H12).

    ## Why
    When the claim is over anybody may take the account, and the deal with it. The territory is looked at where all
    records are at hand; `holdover:` of policy/territory.yml says how long a deal keeps what has passed to another.

    ## Fix
    Log your work to renew the claim, or claim the account again: `sr claim LEAD`.
    """
    yield from remarks(ctx, "SR332", not_held)


def not_held(look: Look) -> Iterator[Remark]:
    """No claim of the deal's node, one that ended, or one outside of its territory."""
    deal, claim, lead = look.deal, look.claim, look.lead
    if claim is None or claim.status != "held" or claim.holder != deal.node:
        if look.whole:  # SR304 refuses it in a change
            message = f"{look.ctx.who(deal.node)} holds no claim on {deal.account}, and {look.handle} is open."
            yield Remark(message, f"Claim it: sr claim {deal.account}", "account")
        return
    if claim.until < look.today:
        message = f"The claim under {look.handle} ended on {claim.until}: anybody may take {deal.account}."
        yield Remark(message, f"Log your work to renew it: sr log call {lead} TEXT", "account")
    account = look.ctx.result.get(ACCOUNT, account=deal.account) if look.whole else None
    if account is not None and (refusal := judge_claim(look.ctx, claim, account)):
        yield from _ground_lost(look, claim, refusal)


def _ground_lost(look: Look, claim: Claim, refusal: Refusal) -> Iterator[Remark]:
    """What becomes of an account that lies elsewhere now; nothing where its holder sells there too, or sold to it."""
    loss = loss_of(look.ctx, claim)
    if loss is None:
        return
    account, pass_on = look.deal.account, f"pass the account on: sr transfer {look.lead} --to NODE"
    if loss.last is not None and loss.last < look.today:
        message = f"The claim under {look.handle} ends with the next nightly run: {refusal.sentence}"
        yield Remark(message, f"Lose the deal, or {pass_on}", "account")
        return
    until = min(loss.last, claim.until) if loss.last else claim.until
    kept = handle_of(account, loss.deal)
    message = f"{account} lies elsewhere now, and is kept until {until} only because of {kept}."
    yield Remark(message, f"Close the deal by then, or {pass_on}", "account")
