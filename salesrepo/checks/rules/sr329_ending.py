"""SR329: does a closed deal say how it ended?"""

from collections.abc import Iterator

from salesrepo.checks.hygiene import Look, Remark, remarks
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding


@rule("SR329", "ending-untold", audit=True)
def SR329(ctx: CheckContext) -> Iterator[Finding]:
    """A won deal names its order, a lost one its reason, in a word that policy knows where it is a code (H09).

    ## Why
    Losses teach something only where they can be counted: policy/pipeline.yml, `lost_reasons`. SR301 refuses to close
    a deal without its order or reason; here stand those from before.

    ## Fix
    `sr lose DEAL --reason price` with one of the codes, or in words of your own.
    """
    yield from remarks(ctx, "SR329", untold, closed=True)


def untold(look: Look) -> Iterator[Remark]:
    """What the ending leaves open."""
    deal, before = look.deal, look.before
    stood = before is not None and before.stage == deal.stage  # else it is SR301's to say
    if stood and deal.stage == "won" and deal.order is None:
        yield Remark(f"{look.handle} was won without the customer's order.", "Ask for its reference.", "order")
    if stood and deal.stage == "lost" and deal.reason is None:
        yield Remark(f"{look.handle} was lost, and nobody wrote why.", "Write the reason.", "reason")
    if deal.reason_code is not None and deal.reason_code not in look.policy.lost_reasons:
        yield Remark(
            f"{deal.reason_code} is no reason for a loss here.",
            f"Choose one of: {', '.join(look.policy.lost_reasons)}.",
            "reason_code",
            wrong=before is None or before.reason_code != deal.reason_code,
        )
