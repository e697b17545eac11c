"""SR605: can pay be calculated by this plan?"""

from collections.abc import Iterator

from salesrepo.checks.rule import CannotJudge, CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.plan import PLAN


@rule("SR605", "plan-unsound")
def SR605(ctx: CheckContext) -> Iterator[Finding]:
    """A plan that is proposed can be paid by: its measures, rates, tables and limits fit together.

    ## Why
    A plan whose parts contradict each other, or that asks for what nobody records, would be found out on pay day, when
    the deals are won already.

    ## Fix
    Correct the place that is named; `salesrepo check` says the same before it is sent. The language: `docs/plans.md`.
    """
    for change, plan in ctx.change.readable(PLAN):
        if ctx.plan_faults is None:
            raise CannotJudge("nobody is here who can read a plan")
        for route, sentence, hint in ctx.plan_faults(plan):
            told = hint or "Correct the plan there."
            yield Finding("SR605", Severity.ERROR, sentence, Location(change.path, tuple(route)), hint=told)
