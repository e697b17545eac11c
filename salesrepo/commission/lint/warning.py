"""What is a warning about a plan, and what does it get to see?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from salesrepo.commission.shape import Problem
from salesrepo.commission.version import PlanVersion
from salesrepo.domain.kinds.plan import Plan


class CannotTellError(Exception):
    """Raised by a warning that lacks what it needs; it is told as skipped, never as passed."""


class History(NamedTuple):
    """What the ledger says of a plan, over all of its versions: how many months it was booked for, and which rows or
    rates paid, by component."""

    months: int
    paid: frozenset[tuple[str, str]]


class Look(NamedTuple):
    """All that a warning may look at: the plan, what it is ready to pay by (None: it cannot be), what the ledger says
    of it (None: nobody read the ledger)."""

    plan: Plan
    version: PlanVersion | None = None
    history: History | None = None


Remarks = Callable[[Look], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class PlanWarning:
    """A coded warning. Its page is the docstring of its function: a sentence, `## Why`, `## Fix`."""

    code: str
    name: str
    remarks: Remarks

    @property
    def module(self) -> str:
        """The file in which it stands."""
        return self.remarks.__module__

    @property
    def page(self) -> str:
        """The documentation."""
        return self.remarks.__doc__ or ""


def plan_warning(code: str, name: str) -> Callable[[Remarks], PlanWarning]:
    """Make a warning of a function. Registers nothing: `registry.py` lists the warnings."""
    return lambda remarks: PlanWarning(code, name, remarks)
