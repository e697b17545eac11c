"""SR334: is what the seller calls this deal borne out by what is known of it?"""

from collections.abc import Iterator

from salesrepo.checks.hygiene import Look, Remark, remarks
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding
from salesrepo.domain.money import parse_percent
from salesrepo.domain.period import Calendar, Span
from salesrepo.domain.pipeline import CATEGORIES, called, category_of
from salesrepo.domain.qualification import score_of


@rule("SR334", "forecast-call", audit=True)
def SR334(ctx: CheckContext) -> Iterator[Finding]:
    """A committed deal is qualified and closes this quarter; an own call is a step from the stage's and says why (H14).

    ## Why
    The seller knows the deal best, so the call is theirs, and the report shows it next to what the stage stands for.
    A call two steps away is another stage. `commit_score` is what a committed deal's qualification reaches.

    ## Fix
    `sr stage DEAL --call best_case --why TEXT`, or qualify it: `sr qualify DEAL QUESTION TEXT --score 2`.
    """
    yield from remarks(ctx, "SR334", called_too_high)


def called_too_high(look: Look) -> Iterator[Remark]:
    """An own call out of bounds, or a commitment that nothing bears out."""
    deal, before = look.deal, look.before
    if deal.category is not None:
        far = abs(CATEGORIES.index(deal.category) - CATEGORIES.index(category_of(deal, look.policy))) > 1
        fresh = before is None or (before.category, before.category_reason) != (deal.category, deal.category_reason)
        if far:
            message = f"{look.handle} at {deal.stage} is too far from {deal.category.replace('_', ' ')}."
            hint = f"Call it one step higher or lower: sr stage {look.handle} --call CATEGORY"
            yield Remark(message, hint, "category", wrong=fresh)
        if deal.category_reason is None:
            hint = f"Say why: sr stage {look.handle} --call {deal.category} --why TEXT"
            yield Remark(f"Your call on {look.handle} gives no reason.", hint, "category", wrong=fresh)
    if called(deal, look.policy) == "commit":
        yield from _unborne(look)


def _unborne(look: Look) -> Iterator[Remark]:
    deal = look.deal
    score = score_of(deal.qualification, look.policy.frameworks[0])
    share, whole = parse_percent(look.limits.commit_score)
    if score.points * whole < share * score.most:
        message = f"{look.handle} is committed, and its qualification stands at {score.percent}%."
        yield Remark(message, f"Qualify it: sr qualify {look.handle} QUESTION TEXT --score 2", "category")
    quarter = Calendar(look.ctx.settings.fiscal_year_starts).window(Span.QUARTER, look.today)
    if deal.closes is not None and deal.closes >= quarter.ends:
        message = f"{look.handle} is committed, and closes on {deal.closes}, after this quarter."
        yield Remark(message, f"Call it lower: sr stage {look.handle} --call best_case --why TEXT", "category")
