"""How do rows become a CSV file that a spreadsheet opens without running anything in it?"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence

Cell = str | int

# What spreadsheets take for the beginning of a formula (OWASP, "CSV Injection"), full-width forms included, behind
# whatever they pass over.
_FORMULA = re.compile(
    "[\\s\x00-\x20\ufffd\u00ad\u200b-\u200f\u2060-\u2064\ufeff]*[=+\\-@|%＝＋－＠｜％]|(?:[^\\S\t\r\n]|[\u200b\ufeff])*[\t\r\n]"
)
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_JOINERS = "\u200c\u200d"  # several scripts are written with them


def encoded(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A head and rows as CSV in UTF-8: every cell quoted, one line each, no text a formula.

    An int stays a number and may begin with its sign; what a record holds as text is text, however it looks. A
    character that shows nothing or would break the line becomes U+FFFD.
    """
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow([_cell(name) for name in columns])
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _cell(cell: Cell) -> str:
    if not isinstance(cell, str):
        return str(int(cell))
    plain = "".join(map(_plain, cell))
    return f"'{plain}" if _FORMULA.match(cell) or _FORMULA.match(plain) else plain


def _plain(char: str) -> str:
    return "\ufffd" if unicodedata.category(char) in _HIDDEN and char not in _JOINERS else char
