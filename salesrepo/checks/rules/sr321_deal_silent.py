"""SR321: when did somebody last work on this deal's account?"""

from collections.abc import Iterator

from salesrepo.checks.hygiene import Look, Remark, remarks
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding


@rule("SR321", "deal-silent", audit=True)
def SR321(ctx: CheckContext) -> Iterator[Finding]:
    """The account of an open deal has seen meaningful activity within the days that policy gives (H01).

    ## Why
    A deal that nobody speaks about is lost already, only nobody has said so. The claim's own day of renewal is read,
    and the activities at hand: `hygiene.silent_days` in policy/pipeline.yml.

    ## Fix
    Speak with the customer and log it, or close the deal: `sr lose DEAL --reason TEXT`.
    """
    yield from remarks(ctx, "SR321", silent)


def silent(look: Look) -> Iterator[Remark]:
    """The last meaningful day lies too far back."""
    days = [look.deal.opened, *([look.claim.renewed] if look.claim else [])]
    meaningful = look.ctx.claims_policy.meaningful
    last = max([*days, *(one.day for one in look.activities if one.is_one_of(meaningful))])
    gone = (look.today - last).days
    if gone > look.limits.silent_days:
        lead = look.lead
        yield Remark(
            f"{look.handle} has been silent for {gone} days.",
            f"Speak with them, then: sr log call {lead} TEXT",
        )
