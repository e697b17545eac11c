"""PL07: does this pay for ever?"""

from collections.abc import Iterator

from salesrepo.commission.lint.warning import Look, plan_warning
from salesrepo.commission.shape import Problem

_RESIDUAL = ("paid", "month")


@plan_warning("PL07", "endless-residual")
def PL07(look: Look) -> Iterator[Problem]:
    """A share of what customers go on paying ends some day, or is held by a limit.

    ## Why
    A residual without an end or a limit grows every year, whatever its holder does. It becomes the largest cost of
    sales that nobody decided on, and the hardest to end.

    ## Fix
    Write `lasts: {months: 36, after: start}` at the measure, or a `limits: [{max, per}]` at the component.
    """
    for place, component in enumerate(look.plan.components):
        measure = look.plan.measures.get(component.measure)
        if measure is None or measure.event not in _RESIDUAL or measure.lasts is not None:
            continue
        if measure.credit.of != "own" or any(limit.max and limit.per != "event" for limit in component.limits):
            continue
        yield Problem(
            ("components", place, "measure"),
            f"{component.name} pays for each {'payment' if measure.event == 'paid' else 'month of service'} without an "
            f"end: the measure {component.measure} has no lasts, and no limit holds it.",
            "Write lasts: {months: 36, after: start} at the measure, or a limit with max and per.",
        )
