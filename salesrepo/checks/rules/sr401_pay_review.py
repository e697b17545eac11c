"""SR401: has somebody who gains nothing agreed to what pays somebody?"""

from collections.abc import Iterator

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.kinds.payment import PAYMENT
from salesrepo.domain.money import parse_amount
from salesrepo.errors import RefusedError


@rule("SR401", "pay-needs-a-witness")
def SR401(ctx: CheckContext) -> Iterator[Finding]:
    """What wins a deal, or changes what a won deal pays, needs billing's word or a reviewer who is no beneficiary.

    ## Why
    Nobody is paid on their own word alone. A billing record that finance imported, with the same amount and order
    reference, is enough; else a person who gets no credit in the deal looks at it.

    ## Fix
    Nothing: it waits for one of the roles that are named.
    """
    for change in ctx.change.of(DEAL):
        deals = [deal for deal in (change.before, change.after) if deal is not None]
        if not any(deal.stage == "won" for deal in deals):
            continue
        if change.before is None and change.after is not None and change.after.imported:
            continue  # SR603 asks for the second person of an import
        if change.before and change.after and _paid_for(change.before) == _paid_for(change.after):
            continue
        if change.after is not None and _billed(ctx, change, change.after):
            continue
        gains = {credit.node for deal in deals for credit in deal.credits} | {deal.node for deal in deals} | {ctx.me}
        yield Finding(
            "SR401",
            Severity.REVIEW,
            "A won deal is paid for, so somebody who gets no credit in it must agree.",
            Location(change.path, ("stage",)),
            hint="Finance's billing record of the same order and amount would do as well.",
            roles=ctx.roles_policy.review.pay,
            not_by=tuple(sorted(gains)),
        )
    yield from _own_billing(ctx)


def _paid_for(deal: Deal) -> tuple[object, ...]:
    return (deal.stage == "won", deal.currency, deal.lines, deal.credits, deal.signed, deal.order, deal.node)


def _billed(ctx: CheckContext, change: RecordChange[Deal], deal: Deal) -> bool:
    if change.before is not None and change.before.stage == "won":
        return False
    try:
        amount = sum(line.quantity * parse_amount(line.price, deal.currency) for line in deal.lines)
    except RefusedError:
        return False
    folder = PAYMENT.path.fill(deal=deal.deal, payment="x").rsplit("/", 1)[0]
    return any(
        record.kind == "ordered"
        and record.order == deal.order
        and record.currency == deal.currency
        and parse_amount(record.amount, record.currency) == amount
        for _, record in ctx.tip.all(PAYMENT, folder)
    )


def _own_billing(ctx: CheckContext) -> Iterator[Finding]:
    for change in ctx.change.of(PAYMENT):
        record = change.value
        if record is None:
            continue
        deals = [deal for _, deal in ctx.change.readable(DEAL) if deal.deal == record.deal]
        if any(credit.node == ctx.me for deal in deals for credit in deal.credits):
            yield Finding(
                "SR401",
                Severity.ERROR,
                "A billing record and the deal that it confirms never come from the same hand.",
                Location(change.path),
                hint="Send the billing record by itself.",
            )
