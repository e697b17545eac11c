"""How does a line of pay lie in columns? Every word of it: two lines are the same where their rows are."""

import json
from collections.abc import Iterable

import pyarrow as pa

from salesrepo.bulk.events import table_of
from salesrepo.domain.statement import LineItem

_TEXT, _DAY, _WHOLE = pa.string(), pa.date32(), pa.int64()
_COLUMNS = {
    "key": _TEXT,
    "type": _TEXT,
    "payee": _TEXT,
    "deal": _TEXT,
    "event": _TEXT,
    "item": _WHOLE,
    "event_on": _DAY,
    "booked_on": _DAY,
    "earning_period": _TEXT,
    "booking_period": _TEXT,
    "currency": _TEXT,
    "amount": _WHOLE,
    "engine": _TEXT,
    "deal_commit": _TEXT,
    "because": _TEXT,
    "component": _TEXT,
}
LINE_COLUMNS = pa.schema({**_COLUMNS, "made_of": _TEXT})


def lines_table(lines: Iterable[LineItem]) -> pa.Table:
    """Lines as a table; `made_of` has what made the amount, as JSON in the order of a line's fields."""
    whole = len(_COLUMNS)
    return table_of(((*line[:whole], _made_of(line[whole:])) for line in lines), LINE_COLUMNS)


def _made_of(parts: tuple[object, ...]) -> str:
    return json.dumps(parts, default=str, separators=(",", ":"), ensure_ascii=False)
