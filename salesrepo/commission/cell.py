"""One cell: a price of what counts, a sum that is reached, or how many times."""

from fractions import Fraction
from typing import NamedTuple

from salesrepo.commission.version import NextRow, Rating, Terms, Way
from salesrepo.domain.statement import SlicePart

PRICES = ("rate", "each", "target_rate")
SUMS = ("flat", "target")
_BY_TARGET = ("target_rate", "target")
ALL = "all"
SUM = "event"  # the row of a sum that is paid for an event as such


class ReadyCell(NamedTuple):
    """A cell: its kind, how the plan writes it, and its number: a ratio, or minor units (`each`, `flat`)."""

    kind: str
    text: str
    number: Fraction

    @property
    def is_sum(self) -> bool:
        """Whether it is a sum that is reached, not a price."""
        return self.kind in SUMS

    def worth(self, terms: Terms) -> Fraction:
        """The price of one part of what counts, or the sum, in minor units.

        A cell by the target needs one (and a quota, for a rate): `lacks` says so beforehand.
        """
        if self.kind not in _BY_TARGET:
            return self.number
        target = terms.target or Fraction(0)
        return self.number * target if self.kind == "target" else self.number * target / (terms.quota or Fraction(1))

    def lacks(self, terms: Terms) -> bool:
        """Whether a target or quota that it needs is missing, or a quota of nothing would have to be divided by."""
        return self.kind in _BY_TARGET and (terms.target is None or (self.kind == "target_rate" and not terms.quota))


class CellFormula(NamedTuple):
    """A cell by itself: base x price, or the sum for each event."""

    cell: ReadyCell

    @property
    def re_rates(self) -> bool:
        """Never: it is the same wherever the figure stands."""
        return False

    @property
    def reaches(self) -> bool:
        """Never: a sum by itself is paid for each event."""
        return False

    @property
    def cells(self) -> tuple[ReadyCell, ...]:
        """The one cell."""
        return (self.cell,)

    def out_of_reach(self, figure: Fraction) -> bool:
        """Never: it holds at every figure."""
        return False

    def ahead(self, figure: Fraction) -> NextRow | None:
        """None: it has no rows."""
        return None

    def pay(self, base: int, way: Way, reached: Fraction, terms: Terms) -> Rating:
        """One part: the whole base; a sum is paid for each event that counts at all."""
        row, counts = (SUM, Fraction(1)) if self.cell.is_sum else (ALL, Fraction(base))
        part = slice_of(row, counts, self.cell, terms)
        return Rating((part,), Fraction(*part.gives))


def slice_of(row: str, part: Fraction, cell: ReadyCell, terms: Terms) -> SlicePart:
    """A part of the base at a cell's price, with what that gives."""
    price = cell.worth(terms)
    return SlicePart(
        row, part.as_integer_ratio(), cell.text, price.as_integer_ratio(), (part * price).as_integer_ratio()
    )


def reached_sum(text: str, worth: Fraction) -> Rating:
    """A sum that is reached, once; `text` is how the plan writes it."""
    price = worth.as_integer_ratio()
    return Rating((SlicePart(SUM, (1, 1), text, price, price),), worth, worth)
