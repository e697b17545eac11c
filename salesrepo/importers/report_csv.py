"""How do the reported rows become a CSV file that a spreadsheet opens without running anything in it?"""

from salesrepo.encode.csv_ import encoded
from salesrepo.importers.report import Report

COLUMNS = ("file", "line", "id", "reason", "explanation")


def reported_csv(report: Report) -> bytes:
    """The reported rows as CSV in UTF-8."""
    return encoded(COLUMNS, ((row.file, row.line, row.id, row.reason, row.sentence) for row in report.rows))
