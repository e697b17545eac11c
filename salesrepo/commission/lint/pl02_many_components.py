"""PL02: can anybody keep in mind what this plan pays for?"""

from collections.abc import Iterator

from salesrepo.commission.lint.warning import Look, plan_warning
from salesrepo.commission.shape import Problem

_MOST = 5


@plan_warning("PL02", "many-components")
def PL02(look: Look) -> Iterator[Problem]:
    """A plan pays for five things at most.

    ## Why
    A plan steers only as far as people remember it while they sell. From the sixth component on most of them move no
    decision; they still cost money and questions.

    ## Fix
    Take out the components that pay least, or let a factor do what a component of its own does.
    """
    count = len(look.plan.components)
    if count > _MOST:
        names = ", ".join(component.name for component in look.plan.components)
        yield Problem(
            ("components", _MOST),
            f"The plan pays for {count} things ({names}); more than {_MOST} are hard to keep in mind.",
            "Take out those that pay least.",
        )
