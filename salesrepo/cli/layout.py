"""How are lines and tables fitted into so many letters, without breaking a name or a key?

Lengths are cells of a terminal: a wide character takes two, a combining one none.
"""

import re
import unicodedata
from collections.abc import Sequence

_GAP = "  "


def wrapped(text: str, width: int) -> list[str]:
    """A line as lines of at most `width`, broken at spaces alone; a longer word stays whole. Indented as it begins."""
    if _width(text) <= width:
        return [text]
    indent = _indent(text)
    lines = [""]
    for part in re.findall(r" *[^ ]+", text):
        if lines[-1].strip(" ") and _width(lines[-1] + part) > width:
            lines.append(indent + part.lstrip(" "))
        else:
            lines[-1] += part
    return lines


def drawn(rows: Sequence[Sequence[str]], right: Sequence[bool], width: int) -> list[list[str]] | None:
    """Each row as lines of columns that fit `width` together; None where that would break a word.

    `right` says of each column whether its values stand at the right.
    """
    columns = list(zip(*rows, strict=True))
    widths = _fitted(
        [max(_width(word) for cell in cells for word in _words(cell)) for cells in columns],
        [max(map(_width, cells)) for cells in columns],
        width - len(_GAP) * (len(columns) - 1),
    )
    if widths is None:
        return None
    return [
        _beside([wrapped(cell, most) for cell, most in zip(row, widths, strict=True)], widths, right) for row in rows
    ]


def stacked(head: Sequence[str], body: Sequence[Sequence[str]], width: int) -> list[list[str]]:
    """Each row as lines of their own: the column's name and the value, where there is one."""
    return [
        [
            line
            for name, cell in zip(head, row, strict=True)
            if cell.strip()
            for line in wrapped(f"{name}: {cell.strip()}" if name else cell.strip(), width)
        ]
        for row in body
    ]


def aligned(rows: Sequence[Sequence[str]], right: Sequence[bool]) -> list[str]:
    """Each row as one line of columns, however wide."""
    widths = [max(map(_width, cells)) for cells in zip(*rows, strict=True)]
    return [_beside([[cell] for cell in row], widths, right)[0] for row in rows]


def _fitted(least: Sequence[int], most: Sequence[int], room: int) -> list[int] | None:
    """A width for each column, between the two and together at most `room`; None where the least are too much."""
    left = room - sum(least)
    if left < 0:
        return None
    widths = list(least)
    for done, at in enumerate(sorted(range(len(least)), key=lambda at: most[at] - least[at])):
        more = min(most[at] - least[at], left // (len(least) - done))
        widths[at] += more
        left -= more
    return widths


def _beside(cells: Sequence[Sequence[str]], widths: Sequence[int], right: Sequence[bool]) -> list[str]:
    lines = []
    for at in range(max(map(len, cells))):
        parts = []
        for cell, width, side in zip(cells, widths, right, strict=True):
            text = cell[at] if at < len(cell) else ""
            blanks = " " * (width - _width(text))
            parts.append(blanks + text if side else text + blanks)
        lines.append(_GAP.join(parts).rstrip())
    return lines


def _words(text: str) -> list[str]:
    """What is never broken: the words, each with the blanks before the first."""
    indent = _indent(text)
    return [indent + word for word in text.split(" ") if word] or [""]


def _indent(text: str) -> str:
    return text[: len(text) - len(text.lstrip(" "))]


def _width(text: str) -> int:
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
