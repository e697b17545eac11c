"""How do the reported rows become a CSV file that a spreadsheet opens without running anything in it?"""

import csv
import io
import unicodedata

from salesrepo.importers.report import Report

COLUMNS = ("file", "line", "id", "reason", "explanation")

# What spreadsheets take for the beginning of a formula, full-width forms included (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "|", "%")
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def reported_csv(report: Report) -> bytes:
    """The reported rows as CSV in UTF-8: every cell quoted, one line each, no cell a formula."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(
        [_cell(part) for part in (row.file, str(row.line), row.id, row.reason, row.sentence)] for row in report.rows
    )
    return text.getvalue().encode()


def _cell(text: str) -> str:
    plain = "".join("\ufffd" if unicodedata.category(char) in _HIDDEN else char for char in text)
    return f"'{plain}" if plain.lstrip().startswith(_FORMULA) else plain
