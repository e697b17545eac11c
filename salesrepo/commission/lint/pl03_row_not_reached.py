"""PL03: has anybody reached this row in two years?"""

from collections.abc import Iterator

from salesrepo.commission.lint.reading import rate_tables
from salesrepo.commission.lint.warning import CannotTellError, Look, plan_warning
from salesrepo.commission.rates.steps import StepTable
from salesrepo.commission.shape import Problem

_MONTHS = 24


@plan_warning("PL03", "row-not-reached")
def PL03(look: Look) -> Iterator[Problem]:
    """Every row of a table has paid somebody within two years.

    ## Why
    A row that nobody reaches promises what does not come: people stop to believe the plan. Or the quotas are too high.
    This needs what was booked in at least 24 months; with less it is skipped, and says so.

    ## Fix
    Take the row out, begin it lower, or look at the quotas.
    """
    if look.version is None:
        raise CannotTellError("the plan cannot be paid by yet")
    if look.history is None or look.history.months < _MONTHS:
        had = f"it has paid for {look.history.months}" if look.history else "nobody looked at the ledger"
        raise CannotTellError(f"it takes what a plan paid in {_MONTHS} months, and {had}")
    for place, component in enumerate(look.plan.components):
        ready = look.version.components[place]
        for found in rate_tables(component):
            formula = ready.rules[found.rule].formula
            if not isinstance(formula, StepTable):
                continue
            for row, (name, cell) in enumerate(zip(formula.names, formula.cells, strict=True)):
                if row and not {(component.name, name), (component.name, cell.text)} & look.history.paid:
                    message = f"Nobody has reached the row {name} of {component.name} in {look.history.months} months."
                    route = ("components", place, *found.route, "steps", row)
                    yield Problem(route, message, "Take it out, begin it lower, or look at the quotas.")
