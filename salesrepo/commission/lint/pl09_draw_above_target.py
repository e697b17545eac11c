"""PL09: is not selling worth as much as selling?"""

from collections.abc import Iterator

from salesrepo.commission.lint.reading import of_a_year
from salesrepo.commission.lint.warning import Look, plan_warning
from salesrepo.commission.shape import Problem
from salesrepo.domain.money import group_amount


@plan_warning("PL09", "draw-above-target")
def PL09(look: Look) -> Iterator[Problem]:
    """A draw is lower than the target.

    ## Why
    Who is guaranteed more than reaching the whole quota pays has no reason to reach it; who is advanced more cannot
    earn back what is owed.

    ## Fix
    Lower the draw's `amount`, or raise the target.
    """
    plan = look.plan
    target = of_a_year(plan.target.amount, plan.target.per, plan.currency) if plan.target else 0
    for place, draw in enumerate(plan.pay.draws):
        drawn = of_a_year(draw.amount, plan.paid, plan.currency)
        if target and drawn > target:
            most = group_amount(target, plan.currency)
            yield Problem(
                ("pay", "draws", place, "amount"),
                f"The draw {draw.name} of {draw.amount} {plan.currency} a {plan.paid} makes "
                f"{group_amount(drawn, plan.currency)} a year, and the target is {most}.",
                "Lower the draw, or raise the target.",
            )
