"""How do events and the credits in them lie in columns, and how do they come back exactly as they were?

Two tables: an event once, and each credit in it with the event's number. Days are days, amounts minor units; what
has no fixed set of names (values, facts) is JSON text, where each fact says what it is.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from salesrepo.commission.values import Credit, Event, Fact

T = TypeVar("T")

EVENTS, CREDITS = "events.parquet", "credits.parquet"
FORM = "1"  # of the two tables; a file that was kept under another is not read

_TEXT, _DAY, _WHOLE = pa.string(), pa.date32(), pa.int64()
_OF_EVENT = {
    "deal": _TEXT,
    "account": _TEXT,
    "currency": _TEXT,
    "signed": _DAY,
    "amount": _WHOLE,
    "commit": _TEXT,
    "booked_on": _DAY,
    "place": _WHOLE,
    "item": _WHOLE,
    "name": _TEXT,
    "order": _TEXT,
    "values": _TEXT,
    "facts": _TEXT,
    "kind": _TEXT,
    "happened": _DAY,
    "starts": _DAY,
    "component": _TEXT,
}
_OF_CREDIT = {
    "payee": _TEXT,
    "role": _TEXT,
    "starts": _TEXT,
    "ends": _TEXT,
    "number": _WHOLE,
    "via": _TEXT,
    "node": _TEXT,
    "level": _WHOLE,
    "node_starts": _DAY,
}
EVENT_COLUMNS = pa.schema({"event": _WHOLE, **_OF_EVENT})
CREDIT_COLUMNS = pa.schema({"event": _WHOLE, **{f"credit_{name}": kind for name, kind in _OF_CREDIT.items()}})
_AT_ONCE = 50_000  # rows held in memory while files are written


def write(credits: Iterable[Credit], folder: Path) -> int:
    """Put credits into two files of `folder`; returns how many. The credits of one event follow each other."""
    count, number = 0, -1
    last: Event | None = None
    with (
        pq.ParquetWriter(folder / EVENTS, EVENT_COLUMNS, compression="zstd") as events,
        pq.ParquetWriter(folder / CREDITS, CREDIT_COLUMNS, compression="zstd") as shares,
    ):
        waiting = _Waiting(events, shares)
        for credit in credits:
            if credit.event is not last:
                last, number = credit.event, number + 1
                waiting.events.append((number, *_event_row(last)))
            waiting.credits.append((number, *_credit_row(credit)))
            count += 1
            if len(waiting.credits) >= _AT_ONCE:
                waiting.flush()
        waiting.flush()
    return count


class _Waiting:
    """Rows that are not written yet."""

    def __init__(self, events: pq.ParquetWriter, credits: pq.ParquetWriter) -> None:
        self.events: list[tuple[object, ...]] = []
        self.credits: list[tuple[object, ...]] = []
        self._events, self._credits = events, credits

    def flush(self) -> None:
        """Write them."""
        for writer, rows, schema in (
            (self._events, self.events, EVENT_COLUMNS),
            (self._credits, self.credits, CREDIT_COLUMNS),
        ):
            if rows:
                writer.write_table(table_of(rows, schema))
                rows.clear()


def table_of(rows: Iterable[tuple[object, ...]], schema: pa.Schema) -> pa.Table:
    """Rows as a table of columns."""
    columns = [pa.array(column, type=field.type) for column, field in zip(zip(*rows, strict=True), schema, strict=True)]
    return pa.Table.from_arrays(columns, schema=schema) if columns else schema.empty_table()


class Reader:
    """Reads joined rows back; texts that repeat are taken apart once."""

    def __init__(self) -> None:
        self._values: dict[str, Mapping[str, int]] = {}
        self._facts: dict[str, Mapping[str, Fact]] = {}

    def credits(self, rows: pa.Table) -> Iterator[Credit]:
        """The credits of a table that has the columns of both."""
        events = zip(*self._columns(rows, list(_OF_EVENT)), strict=True)
        shares = zip(*(rows.column(f"credit_{name}").to_pylist() for name in _OF_CREDIT), strict=True)
        for event, (payee, role, starts, ends, *rest) in zip(events, shares, strict=True):
            yield Credit(Event(*event), payee, role, _ratio(starts), _ratio(ends), *rest)

    def _columns(self, rows: pa.Table, names: Iterable[str]) -> Iterator[Sequence[object]]:
        for name in names:
            held = rows.column(name).to_pylist()
            if name == "values":
                values = _remembered(held, self._values, json.loads)
                yield values
            elif name == "facts":
                facts = _remembered(held, self._facts, read_facts)
                yield facts
            else:
                yield held


def _remembered(texts: list[str], known: dict[str, T], read: Callable[[str], T]) -> list[T]:
    for text in set(texts) - known.keys():
        known[text] = read(text)
    return [known[text] for text in texts]


def write_facts(facts: Mapping[str, Fact]) -> str:
    """Facts as text: a word or a whole number as it is, a day by {"day": ...}, a fraction by {"over": [...]}."""
    return json.dumps({name: _plain(fact) for name, fact in facts.items()}, separators=(",", ":"))


def read_facts(text: str) -> Mapping[str, Fact]:
    """The facts that `write_facts` wrote."""
    return {name: _fact(plain) for name, plain in json.loads(text).items()}


def _plain(fact: Fact) -> object:
    if isinstance(fact, Fraction):
        return {"over": fact.as_integer_ratio()}
    return {"day": fact.isoformat()} if isinstance(fact, date) else fact


def _fact(plain: str | int | Mapping[str, object]) -> Fact:
    if isinstance(plain, str | int):
        return plain
    day, over = plain.get("day"), plain.get("over")
    return date.fromisoformat(day) if isinstance(day, str) else Fraction(*over)  # type: ignore[misc]


def _event_row(event: Event) -> tuple[object, ...]:
    fields = event._asdict()
    fields["values"] = json.dumps(dict(event.values), separators=(",", ":"))
    fields["facts"] = write_facts(event.facts)
    return tuple(fields[name] for name in _OF_EVENT)


def _credit_row(credit: Credit) -> tuple[object, ...]:
    starts, ends = (f"{over}/{under}" for over, under in (credit.starts, credit.ends))
    return (credit.payee, credit.role, starts, ends, *credit[5:])


def _ratio(text: str) -> tuple[int, int]:
    over, _, under = text.partition("/")
    return int(over), int(under)
