"""SR342: does a quote still stand for what is sold?"""

from collections.abc import Iterator
from datetime import timedelta

from salesrepo.checks.handles import called
from salesrepo.checks.prices import priced, pricing, stood, who_may_give, worst_discount
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.deal import Deal
from salesrepo.domain.quote import digest_of, last_day


@rule("SR342", "quote-stale")
def SR342(ctx: CheckContext) -> Iterator[Finding]:
    """A quote stands for exactly the lines and terms that were asked for, and for the policy's days.

    ## Why
    Who agreed to a price agreed to one deal. An agreement that outlives a change of the deal, or the quarter, is how
    discounts nobody allowed reach customers. The terms are term, billing, start, invoices, kind, layer and who else is
    covered. A quote that is new may be as old as a review takes (policy/claims.yml, `review_days`); one that is older
    waits for somebody who may give its price, since it would choose its price list. Known as P03.

    ## Fix
    Ask again for what it is now: `sr quote acme/2`.
    """
    for change, deal in priced(ctx):
        if deal.quote is None:
            continue
        before = stood(change, deal)
        fault = _fault(ctx, deal)
        if fault:
            ask = f"sr quote {called(ctx, deal)}"
            hint = f"Ask again for what it is now: {ask}"
            if deal.stage == "won":
                hint = f"Take the win back (sr undo {called(ctx, deal)}), then ask again: {ask}"
            yield Finding("SR342", Severity.ERROR, fault, Location(change.path, ("quote",)), hint=hint)
        elif before is None or before.quote != deal.quote:
            yield from _asked_long_ago(ctx, deal, Location(change.path, ("quote",)))


def _asked_long_ago(ctx: CheckContext, deal: Deal, at: Location) -> Iterator[Finding]:
    """A new quote that says it is older than a review takes: a weekend may do that, and so may a better list."""
    days = ctx.claims_policy.review_days
    if deal.quote is None or deal.quote.day >= ctx.today - timedelta(days=days):
        return
    message = f"The quote is of {deal.quote.day}, more than {days} days ago: somebody agrees that it counts from then."
    roles = who_may_give(ctx, worst_discount(ctx, deal)) or ctx.roles_policy.review.prices
    if not roles:
        handle = called(ctx, deal)
        message = f"The quote is of {deal.quote.day}, more than {days} days ago."
        yield Finding("SR342", Severity.ERROR, message, at, hint=f"Ask for it as of today: sr quote {handle}")
        return
    not_by = tuple(sorted({ctx.me, deal.node, *(credit.node for credit in deal.credits)}))
    hint = "You need do nothing: it waits for them."
    yield Finding("SR342", Severity.REVIEW, message, at, hint=hint, roles=roles, not_by=not_by)


def _fault(ctx: CheckContext, deal: Deal) -> str:
    quote, until = deal.quote, last_day(deal, pricing(ctx).quote_days)
    if quote is None or until is None:
        return ""
    if quote.day > ctx.today:
        return f"The quote is of {quote.day}, which has not come yet."
    if quote.digest != digest_of(deal):
        return "The deal is not the one that was quoted any more."
    ends = deal.signed if deal.stage == "won" and deal.signed else ctx.today
    return f"The quote of {quote.day} held until {until}." if ends > until else ""
