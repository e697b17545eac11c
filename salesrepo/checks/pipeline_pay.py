"""Whom does an open deal pay as pipeline from now on, or otherwise than it did?"""

from datetime import date

from salesrepo.checks.gainers import asks_for, gainers
from salesrepo.checks.rule import CheckContext
from salesrepo.domain.kinds.deal import Deal
from salesrepo.domain.kinds.policy_pipeline import PIPELINE_POLICY, PipelinePolicy
from salesrepo.domain.quote import PAID


def pipeline_gainers(ctx: CheckContext, before: Deal | None, deal: Deal) -> set[str]:
    """Who is paid for pipeline that a deal comes to be, or that it is on other facts than before.

    Empty where plans pay for none, where the deal is closed or not so far, and where nothing of what pipeline pays for
    has changed: a later stage, a note and the day on which it is to close pay nobody.
    """
    policy = ctx.tip.get(PIPELINE_POLICY)
    if policy is None or not policy.qualified:
        return set()
    told = _pipeline(policy, deal)
    if told is None or (before is not None and told == _pipeline(policy, before)):
        return set()
    since = min(told[0], ctx.today)
    deals = [each for each in (before, deal) if each is not None]
    paid = gainers(ctx, deals, days=[since])
    return {name for name in paid if asks_for(ctx, name, since, event="qualified")}


def _pipeline(policy: PipelinePolicy, deal: Deal) -> tuple[date, tuple[object, ...]] | None:
    """Since when an open deal counts, and what it is paid on; None where it does not count by its own kind."""
    stages = policy.counts_from(deal.kind)
    first = next((move.day for move in deal.moves if move.stage in stages), None) if deal.is_open else None
    return (first, (deal.layer, *(getattr(deal, name) for name in PAID))) if first else None
