"""SR342: does a quote still stand for what is sold?"""

from collections.abc import Iterator
from datetime import timedelta

from salesrepo.checks.handles import called
from salesrepo.checks.prices import priced, pricing, stood
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
    covered. A quote that is new may be as old as a review takes (policy/claims.yml, `review_days`): else it would
    choose its price list. Known as P03.

    ## Fix
    Ask again for what it is now: `sr quote acme/2`.
    """
    for change, deal in priced(ctx):
        if deal.quote is None:
            continue
        before = stood(change, deal)
        fault = _fault(ctx, deal, new=before is None or before.quote != deal.quote)
        if fault:
            ask = f"sr quote {called(ctx, deal)}"
            hint = f"Ask again for what it is now: {ask}"
            if deal.stage == "won":
                hint = f"Take the win back (sr undo {called(ctx, deal)}), then ask again: {ask}"
            yield Finding("SR342", Severity.ERROR, fault, Location(change.path, ("quote",)), hint=hint)


def _fault(ctx: CheckContext, deal: Deal, *, new: bool) -> str:
    quote, until = deal.quote, last_day(deal, pricing(ctx).quote_days)
    if quote is None or until is None:
        return ""
    if quote.day > ctx.today:
        return f"The quote is of {quote.day}, which has not come yet."
    if new and quote.day < ctx.today - timedelta(days=ctx.claims_policy.review_days):
        return f"The quote is of {quote.day}, and nobody was asked then."
    if quote.digest != digest_of(deal):
        return "The deal is not the one that was quoted any more."
    ends = deal.signed if deal.stage == "won" and deal.signed else ctx.today
    return f"The quote of {quote.day} held until {until}." if ends > until else ""
