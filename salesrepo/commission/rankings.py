"""Which place does somebody have among others by a figure, which group is that, and with whom do they share it?"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Literal, NamedTuple

Missing = Fraction | Literal["best", "worst"]


class Rank(NamedTuple):
    """A place in a field of `size`, counted from 0: the better one of those that equals fill.

    `tied` are all who have it, the payee among them, by ascending node id.
    """

    place: int
    tied: tuple[str, ...]
    size: int


class Order(NamedTuple):
    """Which figure is the better one, and what stands for somebody who has none.

    Whoever counts as `best` stands before all who have a figure, as `worst` behind them; they are equals of each other.
    """

    highest: bool
    missing: Missing


def rank_of(payee: str, field: Iterable[str], figures: Mapping[str, Fraction], order: Order) -> Rank:
    """The payee's place among the nodes of a field, of which the payee is one whether or not it is named."""
    scores = {node: _score(figures.get(node), order) for node in {*field, payee}}
    own = scores[payee]
    tied = tuple(sorted(node for node, score in scores.items() if score == own))
    return Rank(sum(score < own for score in scores.values()), tied, len(scores))


def group_of(place: int, size: int, groups: int | None) -> int:
    """The group of a place, from 1: of as many `groups` of the same size, or each place by itself (None)."""
    return 1 + (place if groups is None else groups * place // size)


def _score(figure: Fraction | None, order: Order) -> tuple[int, Fraction]:
    """What sorts the better before the worse."""
    known = order.missing if figure is None else figure
    if not isinstance(known, Fraction):
        return (-1 if known == "best" else 1), Fraction(0)
    return 0, -known if order.highest else known
