"""PL13: are there two rates on one thing?"""

from collections.abc import Iterator
from itertools import combinations

from salesrepo.commission.lint.reading import sorts_of
from salesrepo.commission.lint.warning import Look, plan_warning
from salesrepo.commission.shape import Problem


@plan_warning("PL13", "paid-twice")
def PL13(look: Look) -> Iterator[Problem]:
    """Two components on one measure differ in `when`, or in what they pay: a rate of it, or a sum for reaching it.

    ## Why
    Two rates on the same deals are one rate that is hard to read: nobody can say what a deal pays without adding them
    up. Often one of the two was meant for other deals.

    ## Fix
    Write one component with the sum of both rates, or the `when` that tells them apart.
    """
    for (_, first), (place, second) in combinations(enumerate(look.plan.components), 2):
        if first.measure != second.measure or first.when != second.when or first.share_out != second.share_out:
            continue
        if sorts_of(first) & sorts_of(second):
            yield Problem(
                ("components", place, "when"),
                f"{first.name} and {second.name} both pay on {first.measure}, with no difference in when.",
                "Make one of them, or write the when that tells them apart.",
            )
