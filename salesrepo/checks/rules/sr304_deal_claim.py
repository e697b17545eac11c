"""SR304: does the seller hold the account on which a deal is opened?"""

from collections.abc import Iterator

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.checks.territories import facts_stand
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.kinds.deal import DEAL, Deal


@rule("SR304", "deal-without-claim")
def SR304(ctx: CheckContext) -> Iterator[Finding]:
    """An open deal, and a new one, belongs to the node that holds the account; a deal stays on its layer.

    ## Why
    A deal on a colleague's account would be a second claim by the back door. A deal that changed its layer would leave
    behind what was agreed on there: who handed the account over, who brought the lead. Where policy/claims.yml says so
    (`provisional`), prices are asked for once somebody has confirmed the account's facts.

    ## Fix
    Claim the account first, or share the deal: the holder writes it and credits you.
    """
    for change, deal in ctx.change.readable(DEAL):
        if change.before is not None and change.before.layer != deal.layer:
            message = f"The deal was opened on the layer {change.before.layer}, and stays there."
            hint = f"Open another deal on the layer {deal.layer}, and lose this one."
            yield Finding("SR304", Severity.ERROR, message, Location(change.path, ("layer",)), hint=hint)
        new = change.change.before is None
        if not deal.is_open and (deal.imported is not None or not new):
            continue
        claim = ctx.result.get(CLAIM, account=deal.account, layer=deal.layer)
        if claim is None or claim.status != "held" or claim.holder != deal.node:
            holder = f"; {ctx.who(claim.holder)} does" if claim and claim.status == "held" else ""
            message = f"{ctx.who(deal.node)} does not hold {deal.account}{holder}."
            hint = "Claim the account first, or ask its holder to write the deal and credit you."
            yield Finding("SR304", Severity.ERROR, message, Location(change.path, ("account",)), hint=hint)
        elif _asks_too_soon(ctx, change.before, deal):
            message = f"Nobody else has confirmed the facts of {deal.account} yet, and prices are asked for after that."
            hint = "Ask sales operations to confirm them; then send it again."
            yield Finding("SR304", Severity.ERROR, message, Location(change.path, ("quote",)), hint=hint)


def _asks_too_soon(ctx: CheckContext, before: Deal | None, deal: Deal) -> bool:
    """Whether a new quote rests on facts that only the holder states, where policy does not have that."""
    asks = deal.quote is not None and (before is None or before.quote != deal.quote)
    if not asks or ctx.claims_policy.provisional.quote:
        return False
    account = ctx.result.get(ACCOUNT, account=deal.account)
    return account is None or not facts_stand(account, deal.node)
