"""By what is a table entered: a figure that runs over a window, or one that each event has?

`by` is as a plan writes it: `base`, `attainment.<quota>`, or the name of a fact.
"""

from fractions import Fraction
from typing import NamedTuple

from salesrepo.commission.version import Way

BASE = "base"
_ATTAINMENT = "attainment"
METRIC, RANK = "metric", "rank"
_RUNS = (BASE, _ATTAINMENT)
_SHARES = (_ATTAINMENT, "discount", "margin_of_price", "margin_of_cost")
_TENURE = "payee.tenure_month"


class Pool(NamedTuple):
    """The groups of the places that equals fill together, best first, and which of them is the payee, from 0."""

    groups: tuple[int, ...]
    number: int


class Entry(NamedTuple):
    """How a table is entered: by what, in which window, on which way, where the figure stands, by which quota.

    Where equals share the sums of the places that they fill, `pool` says which these are.
    """

    by: str
    window: str
    way: Way
    reached: Fraction
    quota: Fraction | None = None
    pool: Pool | None = None


def runs(by: str) -> bool:
    """Whether a table is entered by a figure that runs over a window, not by one that each event has."""
    return _kind(by) in _RUNS


def quota_of(by: str) -> str:
    """The quota whose attainment a table is entered by; "" for none."""
    return by.partition(".")[2] if _kind(by) == _ATTAINMENT else ""


def ranking_of(by: str) -> str:
    """The ranking by whose places a table is entered; "" for none."""
    return by.partition(".")[2] if _kind(by) == RANK else ""


def is_share(by: str) -> bool:
    """Whether a table is entered by a share, which people write as a percentage."""
    return _kind(by) in _SHARES


def unit_entered(by: str, unit: str) -> str:
    """In what the figure is counted by which a table is entered: the measure's `unit` for its total, else plainly."""
    return unit if by == BASE else ""


def lowest(by: str) -> Fraction:
    """The lowest figure that a table is entered with: months of service and places begin at 1, all else at 0."""
    return Fraction(1 if by == _TENURE or _kind(by) == RANK else 0)


def _kind(by: str) -> str:
    return by.partition(".")[0]
