"""SR332: is the account of an open deal still its seller's?"""

from collections.abc import Iterator

from salesrepo.checks.hygiene import Look, Remark, remarks
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.checks.territories import judge_claim
from salesrepo.domain.finding import Finding
from salesrepo.domain.kinds.account import ACCOUNT


@rule("SR332", "deal-claim-over", audit=True)
def SR332(ctx: CheckContext) -> Iterator[Finding]:
    """While a deal is open, the claim it rests on runs, and its account lies in the territory of the claim (H12).

    ## Why
    When the claim is over anybody may take the account, and the deal with it. The territory is looked at where all
    records are at hand.

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
        yield Remark(f"{look.handle}: {refusal.sentence}", refusal.hint, "account")
