"""PL08: is this still a thank-you for a colleague, or a pyramid?"""

from collections.abc import Iterator

from salesrepo.commission.lint.warning import Look, plan_warning
from salesrepo.commission.shape import Problem

_ONE = "1"


@plan_warning("PL08", "referred-too-far")
def PL08(look: Look) -> Iterator[Problem]:
    """What people earn by those whom they referred goes one level deep and ends.

    ## Why
    Pay for the sales of those whom others referred rewards recruiting, not selling. Many countries forbid it, and
    customers read it as what it is.

    ## Fix
    Write `level: "1"` at the credit, and `lasts` at the measure.
    """
    for name, measure in look.plan.measures.items():
        if measure.credit.of != "referred":
            continue
        if measure.credit.level != _ONE:
            level = f"level {measure.credit.level}" if measure.credit.level else "no level"
            yield Problem(
                ("measures", name, "credit"),
                f"{name} counts what colleagues sell whom somebody referred, with {level}.",
                'Write level: "1".',
            )
        if measure.lasts is None:
            yield Problem(
                ("measures", name),
                f"{name} counts what a referred colleague sells without an end.",
                "Write lasts: {months: 12, after: colleague_start}.",
            )
