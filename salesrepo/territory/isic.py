"""Which numbers stand for a branch of ISIC Rev. 4 (a section's letter, then two to four digits, a prefix tree)?

The letter is part of every code, so that no code of this scheme is one of NAICS. It and the digits count from 1 in base
22 (0: not stated further), so that a prefix is an interval. 0 is "none stated".
Structure: United Nations Statistics Division, Statistical Papers Series M No. 4/Rev. 4.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from salesrepo.territory.intervals import Interval, Intervals, union

NAME = "ISIC"
PLACES = 5
BASE = 22
UNSTATED: Interval = (0, 1)
_FORM = re.compile(r"[A-U](?:[0-9]{2,4})?")

# The first and the last division of each section.
SECTIONS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "A": (1, 3),
        "B": (5, 9),
        "C": (10, 33),
        "D": (35, 35),
        "E": (36, 39),
        "F": (41, 43),
        "G": (45, 47),
        "H": (49, 53),
        "I": (55, 56),
        "J": (58, 63),
        "K": (64, 66),
        "L": (68, 68),
        "M": (69, 75),
        "N": (77, 82),
        "O": (84, 84),
        "P": (85, 85),
        "Q": (86, 88),
        "R": (90, 93),
        "S": (94, 96),
        "T": (97, 98),
        "U": (99, 99),
    }
)


def _number(code: str) -> int:
    value = ord(code[0]) - ord("A") + 1
    for digit in code[1:]:
        value = value * BASE + int(digit) + 1
    return value * int(BASE ** (PLACES - len(code)))


def _span(code: str) -> Interval:
    low = _number(code)
    return low, low + int(BASE ** (PLACES - len(code)))


ANY: Intervals = union([UNSTATED, *(_span(letter) for letter in SECTIONS)])


def branch(code: str) -> Intervals | None:
    """The industries of a prefix; None where it is no ISIC code."""
    if _FORM.fullmatch(code) is None:
        return None
    first, last = SECTIONS[code[0]]
    return (_span(code),) if len(code) == 1 or first <= int(code[1:3]) <= last else None


def unstated_around(code: str) -> Intervals:
    """The numbers of accounts too vague to tell whether they are inside: a shorter prefix, none."""
    shorter = [_number(code[:length]) for length in (1, *range(3, len(code))) if length < len(code)]
    return (UNSTATED, *((number, number + 1) for number in shorter))


def number_of(code: str) -> int | None:
    """The number of an account's industry; None where it is no ISIC code."""
    spans = branch(code)
    return spans[0][0] if spans else None


def code_of(number: int) -> str:
    """The code of a number, empty for 0."""
    digits: list[int] = []
    while number:
        number, digit = divmod(number, BASE)
        if digit:
            digits.append(digit - 1)
    if not digits:
        return ""
    letter = chr(ord("A") + digits.pop())
    return letter + "".join(str(digit) for digit in reversed(digits))
