"""In which order do findings stand, and how do they become lines that nobody else's text can break?"""

import re
from collections.abc import Iterable

from salesrepo.domain.finding import Finding, Location

# All that `str.splitlines` or a terminal takes for the end of a line.
_BREAKS = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """By path, then place, then code: the same findings always give the same text."""
    return sorted(findings, key=lambda f: (f.at.path, f.at.line, f.at.column, f.code, field_of(f.at), f.message))


def one_line(text: str) -> str:
    """`text` with every line break shown as an escape: a name in a proposal must not write a finding of its own."""
    return _BREAKS.sub(lambda m: repr(m[0])[1:-1], text)


def field_of(at: Location) -> str:
    """The route as people write it: `lines[0].price`. Items count from 0; empty where the whole record is meant."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in at.route)
    return "".join(steps).removeprefix(".")
