"""SR342: does a quote still stand for what is sold?"""

from collections.abc import Iterator

from salesrepo.checks.handles import called
from salesrepo.checks.prices import priced, pricing
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.deal import Deal
from salesrepo.domain.quote import digest_of, last_day


@rule("SR342", "quote-stale")
def SR342(ctx: CheckContext) -> Iterator[Finding]:
    """A quote stands for exactly the lines, term and billing that were asked for, and for the policy's days.

    ## Why
    Who agreed to a price agreed to one deal. An agreement that outlives a change of the deal, or the quarter, is how
    discounts nobody allowed reach customers. Known as P03.

    ## Fix
    Ask again for what it is now: `sr quote acme/2`.
    """
    for change, deal in priced(ctx):
        if deal.quote is None:
            continue
        fault = _fault(ctx, deal)
        if fault:
            hint = f"Ask again for what it is now: sr quote {called(ctx, deal)}"
            yield Finding("SR342", Severity.ERROR, fault, Location(change.path, ("quote",)), hint=hint)


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
