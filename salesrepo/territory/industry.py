"""Which numbers stand for a branch of NAICS 2022 (two to six digits, a prefix tree)?

Digits count from 1 in base 11 (0: not stated further), so that a prefix is an interval and "541, no more said" lies
inside 54 but not inside 5415. The sectors that span several prefixes have a number of their own. 0 is "none stated".
Sectors: https://www.census.gov/naics/?58967?yearbck=2022 .
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from salesrepo.territory.intervals import Interval, Intervals, union

NAME = "NAICS"
PLACES = 6
BASE = 11
SECTORS = frozenset("11 21 22 23 31 32 33 42 44 45 48 49 51 52 53 54 55 56 61 62 71 72 81 92".split())
UNSTATED: Interval = (0, 1)
_FORM = re.compile(r"[0-9]{2,6}")


def _number(digits: str) -> int:
    value = 0
    for digit in digits:
        value = value * BASE + int(digit) + 1
    return value * int(BASE ** (PLACES - len(digits)))


def _span(digits: str) -> Interval:
    low = _number(digits)
    return low, low + int(BASE ** (PLACES - len(digits)))


# A one-digit code is none, so its number is free for "somewhere in the range".
_OWN: Mapping[str, int] = MappingProxyType(
    {"31-33": _number("3"), "44-45": _number("4"), "48-49": _number("4") + 1},
)
_RANGES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"31-33": ("31", "32", "33"), "44-45": ("44", "45"), "48-49": ("48", "49")}
)
ANY: Intervals = union(
    [UNSTATED, *(_span(sector) for sector in SECTORS), *((own, own + 1) for own in _OWN.values())],
)


def branch(code: str) -> Intervals | None:
    """The industries of a prefix or sector range; None where it is no NAICS code."""
    if code in _RANGES:
        return union([(_OWN[code], _OWN[code] + 1), *(_span(digits) for digits in _RANGES[code])])
    return (_span(code),) if _FORM.fullmatch(code) and code[:2] in SECTORS else None


def unstated_around(code: str) -> Intervals:
    """The numbers of accounts too vague to tell whether they are inside: a shorter prefix, the range, none."""
    shorter = [_number(code[:length]) for length in range(2, len(code))] if code not in _RANGES else []
    ranges = [_OWN[name] for name, digits in _RANGES.items() if code[:2] in digits and code != name]
    return (UNSTATED, *((number, number + 1) for number in (*ranges, *shorter)))


def number_of(code: str) -> int | None:
    """The number of an account's industry; None where it is no NAICS code."""
    if code in _OWN:
        return _OWN[code]
    spans = branch(code)
    return spans[0][0] if spans else None


def code_of(number: int) -> str:
    """The code of a number, empty for 0."""
    for name, own in _OWN.items():
        if number == own:
            return name
    digits: list[str] = []
    while number:
        number, digit = divmod(number, BASE)
        if digit:
            digits.append(str(digit - 1))
    return "".join(reversed(digits))
