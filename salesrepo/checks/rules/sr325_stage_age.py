"""SR325: has this deal stood at its stage for too long?"""

from collections.abc import Iterator

from salesrepo.checks.hygiene import Look, Remark, remarks
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding
from salesrepo.domain.pipeline import since


@rule("SR325", "stage-age", audit=True)
def SR325(ctx: CheckContext) -> Iterator[Finding]:
    """An open deal stands at a stage no longer than policy allows, nor many times longer than its node's others (H05).

    ## Why
    Deals that win move. One that stands three times as long as the others do rarely wakes up again. The limit is the
    stage's `most_days`; where all deals are at hand, also `slow_factor` times the median of the node's own.

    ## Fix
    Bring it a stage further, or back to where it truly stands (`sr stage`), or close it: `sr lose`.
    """
    yield from remarks(ctx, "SR325", stands)


def stands(look: Look) -> Iterator[Remark]:
    """Longer than the stage's limit, or than the node's own pace allows."""
    age, limit = (look.today - since(look.deal)).days, look.terms.most_days if look.terms else None
    usual = look.usual_stay if look.whole else None
    slow = usual is not None and age > look.limits.slow_factor * max(usual, 1)
    if slow or (limit is not None and age > limit):
        told = f"; yours usually take {usual}" if slow else ""
        yield Remark(
            f"{look.handle} has stood at {look.deal.stage} for {age} days{told}.",
            f"Move it or close it: sr stage {look.handle} STAGE",
        )
