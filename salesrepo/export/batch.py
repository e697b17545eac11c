"""By what is an export known again? Ids and digests that depend on the ledger's lines and the files' bytes alone."""

import hashlib
import json
from collections.abc import Iterable, Mapping

from salesrepo.domain.statement import LineItem

_LONG = 12  # hexadecimal digits of the lines' digest in a batch's id


def lines_digest(lines: Iterable[LineItem]) -> str:
    """The SHA-256 of what exports use of the lines, in whichever order they come."""
    texts = sorted(json.dumps(_used(line)) for line in lines)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def _used(line: LineItem) -> list[str | int | None]:
    days = (line.event_on.isoformat(), line.booked_on.isoformat(), line.earning_period, line.booking_period)
    what = (line.key, line.type.value, line.payee, line.deal, line.event, line.component, line.reverses)
    return [*what, *days, line.currency, line.amount, *(line.drawn or ())]


def series_of(period: str, form: str, system: str | None) -> str:
    """How the ids of all batches of a period, format and system begin."""
    return "-".join([period, form, *([system] if system else [])]) + "-"


def batch_id(period: str, form: str, system: str | None, lines: str) -> str:
    """A batch's id: 2027-03-gusto-1f2e3d4c5b6a; its last part is the beginning of the lines' digest."""
    return series_of(period, form, system) + lines[:_LONG]


def short_id(batch: str) -> str:
    """Eight letters and digits of a batch's id, where a format has room for no more."""
    return f"SR{batch.rpartition('-')[2][:6].upper()}"


def files_digest(files: Mapping[str, bytes]) -> str:
    """The SHA-256 of the one file, or of the list that `sha256sum` prints of several, sorted by name."""
    each = {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}
    if len(each) == 1:
        return next(iter(each.values()))
    listed = "".join(f"{digest}  {name}\n" for name, digest in each.items())
    return hashlib.sha256(listed.encode()).hexdigest()
