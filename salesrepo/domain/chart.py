"""What does a chart consist of, before somebody draws it? Exact numbers, and the words that stand beside them."""

from fractions import Fraction
from typing import NamedTuple


class Tick(NamedTuple):
    """A place on an axis, and what stands there."""

    at: Fraction
    text: str


class Spot(NamedTuple):
    """A point of the line with its two figures in words; `named`: it is worth being read by itself."""

    at: Fraction
    value: Fraction
    at_text: str
    value_text: str
    named: bool = True


class Chart(NamedTuple):
    """One line over two axes. `says` tells in a sentence what can be seen; spots rise by `at`."""

    title: str
    says: str
    across: str
    up: str
    spots: tuple[Spot, ...]
    across_ticks: tuple[Tick, ...]
    up_ticks: tuple[Tick, ...]


def ticks_up_to(most: Fraction, count: int = 5) -> tuple[Fraction, ...]:
    """Round numbers from 0 on, about `count` of them, of which the last is at least `most`: steps of 1, 2 or 5."""
    if most <= 0:
        return (Fraction(0), Fraction(1))
    step = Fraction(1)
    while step * count < most:
        step *= 10
    while step * count >= most * 10:
        step /= 10
    step = next((step / part for part in (5, 2) if step / part * count >= most), step)
    number = -(-most // step)
    return tuple(step * place for place in range(int(number) + 1))
