"""How do rows become a CSV file that a spreadsheet opens without running anything in it?"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

Cell = str | int


class Form(NamedTuple):
    """How a reader wants its CSV written; with `sparing`, a cell of letters, digits and plain marks has no quotes."""

    separator: Literal[",", ";"] = ","
    line_end: Literal["\n", "\r\n"] = "\n"
    encoding: Literal["utf-8", "utf-8-sig", "cp1252"] = "utf-8"
    sparing: bool = False


_STANDARD = Form()

# What spreadsheets take for the beginning of a formula (OWASP, "CSV Injection"), full-width forms included, behind
# whatever they pass over.
_FORMULA = re.compile(
    "[\\s\x00-\x20\ufffd\u00ad\u200b-\u200f\u2060-\u2064\ufeff]*[=+\\-@|%＝＋－＠｜％]|(?:[^\\S\t\r\n]|[\u200b\ufeff])*[\t\r\n]"
)
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_JOINERS = "\u200c\u200d"  # several scripts are written with them
_NEEDS_NO_QUOTES = re.compile(r"(?:\w[\w .#/-]*)?")


def encoded(columns: Sequence[str], rows: Iterable[Sequence[Cell]], form: Form = _STANDARD) -> bytes:
    """A head and rows as CSV, in UTF-8 with every cell quoted unless `form` says otherwise: one line each, no text a
    formula.

    An int stays a number and may begin with its sign; what a record holds as text is text, however it looks. A
    character that shows nothing or would break the line becomes U+FFFD. Raises UnicodeEncodeError for a character
    that the encoding lacks.
    """
    lines = (form.separator.join(_quoted(_cell(cell), form) for cell in row) for row in (columns, *rows))
    return "".join(f"{line}{form.line_end}" for line in lines).encode(form.encoding)


def _quoted(cell: str, form: Form) -> str:
    if form.sparing and _NEEDS_NO_QUOTES.fullmatch(cell):
        return cell
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'


def _cell(cell: Cell) -> str:
    if not isinstance(cell, str):
        return str(int(cell))
    plain = "".join(map(_plain, cell))
    return f"'{plain}" if _FORMULA.match(cell) or _FORMULA.match(plain) else plain


def _plain(char: str) -> str:
    return "\ufffd" if unicodedata.category(char) in _HIDDEN and char not in _JOINERS else char
