"""PL06: how long does somebody wait to see pay?"""

from collections.abc import Iterator

from salesrepo.commission.lint.warning import Look, plan_warning
from salesrepo.commission.shape import Problem
from salesrepo.domain.period import MONTHS, Span


@plan_warning("PL06", "late-lines")
def PL06(look: Look) -> Iterator[Problem]:
    """`lines: window` has a window no longer than the pay period.

    ## Why
    Until the window is over there is no line, only an estimate: with a year's window and monthly pay nobody sees a cent
    of it for months, and what is far away steers little.

    ## Fix
    Write `lines: event` (a table of `mode: all` trues up by itself), or a shorter `over`.
    """
    paid = look.plan.paid
    for place, component in enumerate(look.plan.components):
        if component.lines != "window" or component.over is None or component.over == "each":
            continue
        if component.over == "always" or MONTHS[Span(component.over)] > MONTHS[Span(paid)]:
            yield Problem(
                ("components", place, "over"),
                f"{component.name} books one line for a window (over: {component.over}) longer than the pay period "
                f"(paid: {paid}).",
                f"Write lines: event, or over: {paid}.",
            )
