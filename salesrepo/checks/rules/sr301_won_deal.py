"""SR301: has a won deal all that makes it a sale?"""

from collections.abc import Iterator
from datetime import timedelta

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.checks.territories import facts_stand, judge_claim
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.quote import TERMS

_Lack = tuple[str, str, str]


@rule("SR301", "won-deal-incomplete")
def SR301(ctx: CheckContext) -> Iterator[Finding]:
    """A won deal needs a claim on confirmed facts, something sold, a signed date and the customer's order reference.

    A lost deal says when and why, and keeps the terms that it had. The day on which a deal was opened stays; where a
    new one says that it was opened longer ago than a review takes (policy/claims.yml, `review_days`), somebody agrees.

    ## Why
    A won deal is paid for. What the commission rests on must be there, and must be checkable against billing. Nobody
    looks at the prices of a lost deal, so they must not change there: it may be opened again.

    ## Fix
    `sr win DEAL --order REFERENCE --signed DAY`. Without a claim: claim the account first. On a provisional claim: ask
    sales operations to confirm the account's facts.
    """
    for change, deal in ctx.change.readable(DEAL):
        yield from _opened_long_ago(ctx, change, deal)
        lacks: list[_Lack] = [*_opened(ctx, change, deal)]
        if deal.stage == "lost":
            lacks += [*_lost(ctx, deal), *_changed(change.before, deal)]
        elif deal.stage == "won":
            lacks += _lacks(ctx, deal)
            # A claim is what a win needs; a won deal is amended, and history was won, without one.
            won_already = change.before is not None and change.before.stage == "won"
            if not won_already and not (deal.imported and change.change.before is None):
                lacks += _lacks_claim(ctx, deal)
        for field, sentence, hint in lacks:
            yield Finding("SR301", Severity.ERROR, sentence, Location(change.path, (field,)), hint=hint)


def _opened(ctx: CheckContext, change: RecordChange[Deal], deal: Deal) -> Iterator[_Lack]:
    before = change.before
    if before is not None and before.opened != deal.opened:
        yield "opened", f"The deal was opened on {before.opened}, and that stays.", "Write that day again."
    elif change.change.before is None and deal.imported is None and deal.opened > ctx.today:
        yield "opened", f"{deal.opened} has not come yet.", "Write the day on which the deal was opened."


def _opened_long_ago(ctx: CheckContext, change: RecordChange[Deal], deal: Deal) -> Iterator[Finding]:
    """Which deal came first, and what evidence is new enough for it, goes by a day that its seller alone says."""
    days, roles = ctx.claims_policy.review_days, ctx.roles_policy.review.deals
    if change.change.before is not None or deal.imported is not None or not roles:
        return
    if deal.opened < ctx.today - timedelta(days=days):
        message = f"The deal was opened on {deal.opened}, more than {days} days ago: somebody agrees."
        at, hint = Location(change.path, ("opened",)), "You need do nothing: it waits for them."
        not_by = tuple(sorted({ctx.me, deal.node, *(credit.node for credit in deal.credits)}))
        yield Finding("SR301", Severity.REVIEW, message, at, hint=hint, roles=roles, not_by=not_by)


def _changed(before: Deal | None, deal: Deal) -> Iterator[_Lack]:
    """The terms that a lost deal, or one that becomes lost, has otherwise than before."""
    for name in TERMS if before is not None else ():
        if getattr(before, name) != getattr(deal, name):
            message = f"A lost deal keeps its {name.replace('_', ' ')} as it stood."
            yield name, message, "Leave it as it was: terms change while a deal is open."


def _lost(ctx: CheckContext, deal: Deal) -> Iterator[_Lack]:
    how = "Run: sr lose DEAL --reason TEXT"
    if deal.closed is None or deal.reason is None:
        yield "reason", "A lost deal says on which day it was lost, and why.", how
    elif deal.closed > ctx.today:
        yield "closed", f"{deal.closed} has not come yet.", how


def _lacks(ctx: CheckContext, deal: Deal) -> Iterator[_Lack]:
    if not deal.lines:
        yield "lines", "A won deal says what was sold.", "Add the product, quantity and price."
    if deal.signed is None:
        yield "signed", "A won deal says on which day the customer signed.", "Run: sr win DEAL --signed DAY"
    elif deal.signed > ctx.today:
        yield "signed", f"{deal.signed} has not come yet.", "Write the day on which the customer signed."
    if deal.order is None:
        yield "order", "A won deal names the customer's order.", "Run: sr win DEAL --order REFERENCE"


def _lacks_claim(ctx: CheckContext, deal: Deal) -> Iterator[_Lack]:
    claim = ctx.result.get(CLAIM, account=deal.account, layer=deal.layer)
    if claim is None or claim.status != "held" or claim.holder != deal.node:
        message = f"{ctx.who(deal.node)} holds no claim on {deal.account}."
        yield "account", message, "Claim the account first: sr claim LEAD"
        return
    if claim.until < ctx.today:
        yield "account", f"The claim on {deal.account} ended on {claim.until}.", "Log your work to renew it first."
    account = ctx.result.get(ACCOUNT, account=deal.account)
    if account is None:
        yield "account", f"There is no account {deal.account}.", "Send the account as well."
    elif not facts_stand(account, claim.holder):
        yield (
            "account",
            f"The claim on {deal.account} is provisional: nobody else has confirmed the account's facts yet.",
            "Ask sales operations to confirm them; then send the deal again.",
        )
    elif claim.provisional and (refusal := judge_claim(ctx, claim, account)):
        # Granted on facts that nobody had confirmed: now that they stand, the border is looked at again.
        yield "account", refusal.sentence, refusal.hint
