"""How is a file read that comes from elsewhere: an export of another system, a table, a mapping?"""

from pathlib import Path

from salesrepo.errors import RefusedError
from salesrepo.importers.csv_rows import MOST_BYTES


def read_report(path: Path, *, most: int = MOST_BYTES, hint: str = "Export it in several parts.") -> bytes:
    """The file's bytes. Raises RefusedError where it is not there, or has more than so many; the hint is for those."""
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise RefusedError(f"{path} cannot be read: {error.strerror}.", hint="Check its name and rights.") from None
    if len(data) > most:
        raise RefusedError(f"{path} has more than {most:,} bytes.", hint=hint)
    return data
