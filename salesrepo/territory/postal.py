"""Which numbers stand for the postal codes that begin with a prefix?

Codes are read without blanks and hyphens, as fractions in base 37 (0: end of the code): a prefix is an interval;
digits come before letters, so that a last `#` is one interval too. 0 is "no postal code stated".
"""

import re
from itertools import product

from salesrepo.territory.intervals import Interval, Intervals, union

PLACES = 12
BASE = 37
_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MOST_MARKERS = 3  # each but the last multiplies the intervals by ten
_FORM = re.compile(r"[0-9A-Z#]{1,12}")

UNSTATED: Interval = (0, 1)
ANY: Intervals = (UNSTATED, (BASE ** (PLACES - 1), BASE**PLACES))


def normal(code: str) -> str:
    """The code in capitals without blanks and hyphens."""
    return code.upper().replace(" ", "").replace("-", "")


def _width(length: int) -> int:
    """How many numbers share a beginning of this length."""
    return int(BASE ** (PLACES - length))


def _number(text: str) -> int:
    value = 0
    for sign in text:
        value = value * BASE + _SIGNS.index(sign) + 1
    return value * _width(len(text))


def prefix(text: str) -> Intervals | None:
    """The codes that begin so; None where it is no prefix (bad signs, more than three `#`)."""
    text = normal(text)
    if _FORM.fullmatch(text) is None or text.count("#") > _MOST_MARKERS:
        return None
    width = _width(len(text))
    choices = product(*("0123456789" if sign == "#" else sign for sign in text))
    return union((low, low + width) for low in (_number("".join(choice)) for choice in choices))


def number_of(code: str) -> int | None:
    """The number of one whole code; None where it is none."""
    code = normal(code)
    return None if _FORM.fullmatch(code) is None or "#" in code else _number(code)


def code_of(number: int) -> str:
    """The code of a number, empty for 0."""
    signs: list[str] = []
    while number:
        number, digit = divmod(number, BASE)
        if digit:
            signs.append(_SIGNS[digit - 1])
    return "".join(reversed(signs))
