"""What do finance's own files say: who is who in payroll, and how this company's payroll and books want it?"""

from pathlib import Path
from typing import Any

from salesrepo.errors import RecordError
from salesrepo.export.mapping import EXPORT_MAPPING, ExportMapping
from salesrepo.export.people import PEOPLE, PLAIN_COLUMNS, Person
from salesrepo.flows.here.outside import read_report
from salesrepo.importers.csv_rows import read_table
from salesrepo.store.model import validate
from salesrepo.store.snapshot import parse

_LESS = "Leave out whom nothing is paid to."
_NEEDED = ("node", "first_name", "last_name", "pay_by")


def read_people(path: Path) -> dict[str, Person]:
    """Each person by node, from YAML, or from CSV where the name ends so.

    Raises RefusedError where the file cannot be read, RecordError with its place for a faulty one.
    """
    data = read_report(path, most=PEOPLE.cap, hint=_LESS)
    if path.suffix.lower() == ".csv":
        return validate(PEOPLE, {"people": _rows(path.name, data)}, path=path.name).by_node()
    return parse(PEOPLE, data, path=path.name)[0].by_node()


def read_mapping(path: Path) -> ExportMapping:
    """The mapping. Raises RefusedError where the file cannot be read, RecordError with its place for a faulty one."""
    return parse(EXPORT_MAPPING, read_report(path, most=EXPORT_MAPPING.cap, hint=_LESS), path=path.name)[0]


def _rows(name: str, data: bytes) -> list[dict[str, Any]]:
    """The rows of a CSV file as a YAML file would say them; an empty cell says nothing."""
    table = read_table(name, data, needed=_NEEDED, remedy="name the columns as docs/exports.md does")
    for bad in table.bad:
        raise RecordError(bad.sentence, path=name, line=bad.line, hint="Correct this line.")
    people: list[dict[str, Any]] = []
    for row in table.rows:
        told = {column: cell for column, cell in row.cells.items() if cell}
        plain: dict[str, Any] = {column: told[column] for column in PLAIN_COLUMNS if column in told}
        ids = {column: cell for column, cell in told.items() if column not in PLAIN_COLUMNS}
        people.append({**plain, **({"ids": ids} if ids else {})})
    return people
