"""SR301: has a won deal all that makes it a sale?"""

from collections.abc import Iterator

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.kinds.deal import DEAL, Deal


@rule("SR301", "won-deal-incomplete")
def SR301(ctx: CheckContext) -> Iterator[Finding]:
    """A won deal needs a claim on confirmed facts, something sold, a signed date and the customer's order reference.

    ## Why
    A won deal is paid for. What the commission rests on must be there, and must be checkable against billing.

    ## Fix
    `sr win DEAL --order REFERENCE --signed DAY`. Without a claim: claim the account first. On a provisional claim: ask
    sales operations to confirm the account's facts.
    """
    for change, deal in ctx.change.readable(DEAL):
        if deal.stage == "lost" and (deal.closed is None or deal.reason is None):
            message = "A lost deal needs the day it was lost and the reason."
            yield Finding("SR301", Severity.ERROR, message, Location(change.path, ("reason",)), hint="sr lose DEAL")
        if deal.stage != "won":
            continue
        past = deal.imported is not None and (change.before is None or change.before.stage == "won")
        lacks = _lacks(ctx, deal) if past else (*_lacks(ctx, deal), *_lacks_claim(ctx, deal))
        for route, sentence, hint in lacks:
            yield Finding("SR301", Severity.ERROR, sentence, Location(change.path, route), hint=hint)


def _lacks(ctx: CheckContext, deal: Deal) -> Iterator[tuple[tuple[str, ...], str, str]]:
    if not deal.lines:
        yield ("lines",), "A won deal says what was sold.", "Add the product, quantity and price."
    if deal.signed is None:
        yield ("signed",), "A won deal says on which day the customer signed.", "sr win DEAL --signed DAY"
    elif deal.signed > ctx.today:
        yield ("signed",), f"{deal.signed} has not come yet.", "Write the day on which the customer signed."
    if deal.order is None:
        yield ("order",), "A won deal names the customer's order.", "sr win DEAL --order REFERENCE"


def _lacks_claim(ctx: CheckContext, deal: Deal) -> Iterator[tuple[tuple[str, ...], str, str]]:
    claim = ctx.result.get(CLAIM, account=deal.account, layer=deal.layer)
    if claim is None or claim.status != "held" or claim.holder != deal.node:
        yield ("account",), f"{ctx.who(deal.node)} holds no claim on {deal.account}.", "Claim the account first."
    elif claim.provisional:
        yield (
            ("account",),
            f"The claim on {deal.account} is provisional: nobody has confirmed the account's facts yet.",
            "Ask sales operations to confirm them; then send the deal again.",
        )
    elif claim.until < ctx.today:
        yield ("account",), f"The claim on {deal.account} ended on {claim.until}.", "Log your work to renew it first."
