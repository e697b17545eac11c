"""The pieces of a plan's sentences: money, figures, bounds, windows, lists of words.

A plan is told before anybody has judged it, so what cannot be read as a number is shown as it is written.
"""

from collections.abc import Iterable
from typing import NamedTuple

from salesrepo.commission.entry import BASE
from salesrepo.commission.figures import COUNTED, unit_of
from salesrepo.domain.kinds.plan import Plan
from salesrepo.domain.money import group_amount, parse_amount
from salesrepo.errors import RefusedError

EVERY = {
    "each": "each event by itself",
    "event": "each event",
    "month": "each month",
    "quarter": "each quarter",
    "half-year": "each half-year",
    "year": "each year",
    "always": "all time",
}
A_WINDOW = {
    "each": "one event",
    "event": "one event",
    "month": "a month",
    "quarter": "a quarter",
    "half-year": "a half-year",
    "year": "a year",
    "always": "all time",
}
"""A window as a length: `runs over a year`."""


class About(NamedTuple):
    """The plan that is told, of which every construct may need the currency or what a name stands for."""

    plan: Plan

    def money(self, text: str) -> str:
        """An amount of the plan's currency as people read it: `9,000.00 EUR`."""
        return f"{quantity(text, self.plan.currency)} {self.plan.currency}"

    def unit(self, measure: str) -> str:
        """In what a measure is counted: the plan's currency, "" for things."""
        found = self.plan.measures.get(measure)
        return unit_of(found.value, self.plan.currency) if found else COUNTED

    def counted(self, text: str, measure: str) -> str:
        """So much of a measure: `640,000.00 EUR`, or `40 of units`."""
        unit = self.unit(measure)
        return f"{quantity(text, unit)} {unit}".rstrip()

    def bound(self, text: str, by: str, measure: str) -> str:
        """A bound of a table: money where it is entered by the running total of money, else a figure."""
        return self.counted(text, measure) if by == BASE else figure(text)


def quantity(text: str, unit: str) -> str:
    """An amount of a currency, or a number of things, with its thousands apart."""
    if not unit:
        return figure(text)
    try:
        return group_amount(parse_amount(text, unit), unit)
    except RefusedError:
        return text


def figure(text: str) -> str:
    """A number as written, its thousands apart; a share or anything else stays as it is."""
    whole, point, part = text.partition(".")
    return f"{int(whole):,}{point}{part}" if whole.isascii() and whole.isdecimal() else text


def listed(words: Iterable[str], last: str) -> str:
    """Words as one speaks them: `a, b or c`."""
    *first, end = list(words) or [""]
    return f"{', '.join(first)} {last} {end}" if first else end


def begun(text: str) -> str:
    """A clause as a sentence: its first letter large, a full stop behind it."""
    told = text[:1].upper() + text[1:]
    return told if told.endswith((".", ":")) else f"{told}."


def some(number: int, word: str) -> str:
    """`1 month`, `6 months`."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
