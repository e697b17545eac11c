"""SR502: is every promise that a deal makes an approved one?"""

from collections.abc import Iterator

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.kinds.promises import PROMISES, Promise


@rule("SR502", "promise-not-approved")
def SR502(ctx: CheckContext) -> Iterator[Finding]:
    """A deal may promise only what brand/promises.yml approves, for these products, today.

    ## Why
    What was promised is what the customer will ask for. The list in the deal is the record of it.

    ## Fix
    Take the promise out, or cite one that is approved; the finding lists them.
    """
    for change, deal in ctx.change.readable(DEAL):
        if change.before is not None and _sold(change.before) == _sold(deal):
            continue  # what was promised with a sale stays promised when the catalogue moves on
        for index, promise in enumerate(deal.promises):
            yield from _fault(ctx, deal, promise, Location(change.path, ("promises", index)))


def _sold(deal: Deal) -> tuple[object, ...]:
    """What a promise was judged with: nothing of an open deal, for the day moves on."""
    return (deal.deal, deal.lines, deal.signed, deal.promises) if deal.stage == "won" else (object(),)


def _fault(ctx: CheckContext, deal: Deal, name: str, at: Location) -> Iterator[Finding]:
    catalogue = ctx.tip.get(PROMISES)
    known = catalogue.promises if catalogue else {}
    promise = known.get(name)
    if promise is None:
        hint = f"Take it out. Approved are: {', '.join(sorted(known)) or 'none'}."
        yield Finding("SR502", Severity.ERROR, f"There is no approved promise {name}.", at, hint=hint)
        return
    for sentence in _limits(ctx, deal, name, promise):
        yield Finding("SR502", Severity.ERROR, sentence, at, hint="Take the promise out of the deal.")


def _limits(ctx: CheckContext, deal: Deal, name: str, promise: Promise) -> Iterator[str]:
    if promise.until and promise.until < (deal.signed or ctx.today):
        yield f"The promise {name} ended on {promise.until}."
    others = [line.product for line in deal.lines if promise.products and line.product not in promise.products]
    if others:
        yield f"The promise {name} does not hold for {', '.join(others)}."
