"""PL05: is more worth less?"""

from collections.abc import Iterator

from salesrepo.commission.lint.reading import rate_tables, worth
from salesrepo.commission.lint.warning import Look, plan_warning
from salesrepo.commission.ready_cell import written
from salesrepo.commission.shape import Problem


@plan_warning("PL05", "falling-rate")
def PL05(look: Look) -> Iterator[Problem]:
    """A rate does not fall as the total or the attainment rises.

    ## Why
    Where the next deal pays less than the last one, it is worth waiting with it until the window is over; in a table
    of `mode: all`, reaching the row even takes money away.

    ## Fix
    Let the rate rise or stay. To hold what is paid, write a limit: it can be read as one.
    """
    for place, component in enumerate(look.plan.components):
        for found in rate_tables(component, running=True):
            for row in range(1, len(found.cells)):
                before, after = worth(found.cells[row - 1]), worth(found.cells[row])
                if before and after and before[0] == after[0] and after[1] < before[1]:
                    kind = written(found.cells[row])[0]
                    was, now = getattr(found.cells[row - 1], kind), getattr(found.cells[row], kind)
                    message = f"{component.name} pays less the further one comes: {kind} {was}, then {now}."
                    route = ("components", place, *found.route, found.name, row)
                    yield Problem(route, message, "Let it rise or stay; to hold what is paid, write a limit.")
