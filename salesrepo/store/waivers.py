"""Which findings does a comment in a file that a person keeps set aside?

    # salesrepo: allow SR217 until 2027-06-30 because the region is split next year

It covers the line at whose end it stands, or the line below where it has one of its own.
"""

import re
from datetime import date

from salesrepo.domain.change_set import LineWaiver
from salesrepo.domain.fields import FIRST_DAY, LAST_DAY
from salesrepo.store.gate import text_spans

_MARK = re.compile(r"#[ \t]*salesrepo:[ \t]*(?P<said>[^\n]*)")
_SAID = re.compile(
    r"allow (?P<code>SR[0-9]{3}) until (?P<until>[0-9]{4}-[0-9]{2}-[0-9]{2}) because (?P<reason>\S.*)", re.ASCII
)
_FLAW = "This comment waives nothing: it does not say what, until when and why."


def line_waivers(data: bytes) -> tuple[LineWaiver, ...]:
    """The waivers in the comments of bytes that passed the gate, in their order."""
    if b"salesrepo:" not in data:
        return ()
    text = data.decode().replace("\r\n", "\n")
    inside = [(start, end) for start, end, _ in text_spans(text.encode())]
    return tuple(
        _read(text, match)
        for match in _MARK.finditer(text)
        if not any(start <= match.start() < end for start, end in inside)
    )


def _read(text: str, match: re.Match[str]) -> LineWaiver:
    comment = text.count("\n", 0, match.start()) + 1
    alone = not text[text.rfind("\n", 0, match.start()) + 1 : match.start()].strip()
    line = comment + alone
    said = _SAID.fullmatch(match["said"].strip())
    until = _day(said["until"]) if said else None
    if said is None or until is None:
        return LineWaiver(comment, line, flaw=_FLAW)
    return LineWaiver(comment, line, said["code"], until, said["reason"])


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None
