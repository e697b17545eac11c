"""PL04: does the sentence say that the first part of the way pays nothing?"""

import re
from collections.abc import Iterator

from salesrepo.commission.lint.reading import RateTable, rate_tables, worth
from salesrepo.commission.lint.says import numbers_in, values_of
from salesrepo.commission.lint.warning import Look, plan_warning
from salesrepo.commission.shape import Problem
from salesrepo.domain.kinds.plan import Cell, Point, Step

_SAID = re.compile(r"\b(?:nothing|zero|no (?:pay|commission|bonus)|threshold|unpaid)\b", re.IGNORECASE)


@plan_warning("PL04", "silent-start")
def PL04(look: Look) -> Iterator[Problem]:
    """Where the first row pays nothing, `says` tells it.

    ## Why
    `says` is what people read and remember. Who learns on pay day that the first 200,000 do not count feels cheated,
    although the table says it.

    ## Fix
    Name in `says` the figure at which pay begins, or say that nothing is paid below it.
    """
    for place, component in enumerate(look.plan.components):
        for found in rate_tables(component, running=True):
            begins = _begins(found)
            if begins is None:
                continue
            edge = _edge(begins)
            if not (_SAID.search(component.says) or values_of(edge) & numbers_in(component.says)):
                yield Problem(
                    ("components", place, "says"),
                    f"{component.name} pays nothing below {edge}, and its sentence does not say so.",
                    f"Name {edge} in says, or write that nothing is paid below it.",
                )


def _begins(found: RateTable) -> Cell | None:
    """The row or point at which pay begins; None where it begins at the bottom, or nowhere."""
    cells = list(found.cells)
    paying = next((row for row, cell in enumerate(cells) if _number(cell)), 0)
    first = paying - 1 if found.name == "points" else paying  # a line rises from the point before
    return cells[first] if first > 0 else None


def _number(cell: Cell) -> object:
    found = worth(cell)
    return found[1] if found else None


def _edge(cell: Cell) -> str:
    if isinstance(cell, Step):
        return cell.at_least or cell.above or ""
    return cell.at if isinstance(cell, Point) else ""
