"""`rate: 6%`: one percentage of everything that counts."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from salesrepo.commission.shape import Problem
from salesrepo.commission.values import Formula
from salesrepo.domain.money import Ratio, parse_percent, ratio
from salesrepo.domain.statement import SlicePart

if TYPE_CHECKING:
    from salesrepo.domain.kinds.plan import Component, Rate

ROW = "all"


class FlatFormula(NamedTuple):
    """base x rate, wherever the running total stands."""

    text: str
    rate: Ratio

    def slices(self, before: int, base: int) -> tuple[SlicePart, ...]:
        """One part: the whole base."""
        return (SlicePart(ROW, base, self.text, ratio(base * self.rate[0], self.rate[1])),)


class BaseRate:
    """A percentage by itself."""

    name = "a flat percentage"

    def fits(self, rate: "Rate") -> bool:
        """A text is a percentage: the record's reader has matched it."""
        return isinstance(rate, str)

    def problems(self, component: "Component", currency: str) -> Iterator[Problem]:
        """None are left that the record's reader would not have found."""
        return iter(())

    def formula(self, component: "Component", currency: str) -> Formula:
        """The percentage as an exact ratio."""
        text = str(component.rate)
        return FlatFormula(text, parse_percent(text))


BASE_RATE = BaseRate()
