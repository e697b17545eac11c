"""Which numbers does a sentence hold, and which does a construct?"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction

_DAY = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b", re.ASCII)
_NUMBER = re.compile(r"(?<![\w.])([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)([KkMm]\b)?", re.ASCII)
_TIMES = {"": 1, "k": 1_000, "m": 1_000_000}


def spelt(text: str) -> dict[str, Fraction]:
    """The numbers of a text as they stand there, days left out, each with its value: 50K and 50,000.00 are one."""
    return {
        number + letter: Fraction(number.replace(",", "")) * _TIMES[letter.lower()]
        for number, letter in _NUMBER.findall(_DAY.sub(" ", text))
    }


def numbers_in(text: str) -> frozenset[Fraction]:
    """The numbers of a text."""
    return frozenset(spelt(text).values())


def values_of(text: str) -> frozenset[Fraction]:
    """What a number of a plan may be called: 1.5x is also 150 %, and 50% a half."""
    return frozenset(value for number in numbers_in(text) for value in (number, number * 100, number / 100))


def texts_in(value: object) -> Iterator[str]:
    """Every text and number in a construct, keys too."""
    if isinstance(value, str | int):
        yield str(value)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_in(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield str(key)
            yield from texts_in(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_in(item)
