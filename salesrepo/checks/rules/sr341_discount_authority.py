"""SR341: may the seller give this discount?"""

from collections.abc import Iterator

from salesrepo.checks.handles import called
from salesrepo.checks.prices import exceeds, own_authority, priced, pricing, stood, who_may_give, worst_discount
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.deal import Deal
from salesrepo.domain.money import Ratio, parse_percent, show_percent
from salesrepo.domain.quote import digest_of


@rule("SR341", "discount-authority")
def SR341(ctx: CheckContext) -> Iterator[Finding]:
    """A discount beyond the seller's own authority is asked for with a quote, and somebody who may give it agrees.

    ## Why
    One seller's exception is the next customer's reference. The worst line of a deal counts, by the price list of the
    day on which it was quoted. What was agreed to holds for exactly these lines and only for the policy's days:
    policy/pricing.yml, `authority` and `quote_days`. Where the list changed since the day of the quote, the list that
    makes the discount larger counts. A deal that was lost and comes back is asked for again. Known as P02.

    ## Fix
    Ask before the customer sees it: `sr quote acme/2 --discount 15% --why TEXT`. Or come back to your own limit.
    """
    for change, deal in priced(ctx):
        policy = pricing(ctx)
        if not policy.authority:
            return
        worst, own, before = worst_discount(ctx, deal), own_authority(ctx, deal.node, policy), stood(change, deal)
        at = Location(change.path, ("lines",))
        if deal.quote is None:
            if exceeds(worst, own):
                yield _ask(ctx, deal, worst, own, at)
        elif deal.quote.digest == digest_of(deal) and (before is None or before.quote != deal.quote):
            yield _agree(ctx, deal, worst, who_may_give(worst, policy), Location(change.path, ("quote",)))


def _ask(ctx: CheckContext, deal: Deal, worst: Ratio, own: Ratio, at: Location) -> Finding:
    may = f"the {show_percent(own)} that {ctx.who(deal.node)} may give"
    message = f"{show_rounded(worst)} off the list is more than {may}."
    hint = f"Ask for it before the customer sees it: sr quote {called(ctx, deal)} --why TEXT"
    return Finding("SR341", Severity.ERROR, message, at, hint=hint)


def _agree(ctx: CheckContext, deal: Deal, worst: Ratio, roles: tuple[str, ...], at: Location) -> Finding:
    if not roles:
        most = max((parse_percent(s) for s in pricing(ctx).authority.values()), key=lambda s: s[0] / s[1])
        message = f"Nobody may give {show_rounded(worst)} off the list; {show_percent(most)} are the most."
        hint = "Raise the price, and ask again: sr quote"
        return Finding("SR341", Severity.ERROR, message, at, hint=hint)
    message = f"Somebody who may give {show_rounded(worst)} off the list must agree to this quote."
    not_by = tuple(sorted({ctx.me, deal.node, *(credit.node for credit in deal.credits)}))
    return Finding(
        "SR341",
        Severity.REVIEW,
        message,
        at,
        hint="You need do nothing: it waits for them.",
        roles=roles,
        not_by=not_by,
    )


def show_rounded(share: Ratio) -> str:
    """A share as people read it, rounded up to a tenth of a percent: 1/3 is 33.4%."""
    tenths = -(-share[0] * 1000 // share[1])
    return show_percent((tenths, 1000))
