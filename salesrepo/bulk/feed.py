"""Which rows come to pay, in which order, cut where? DuckDB joins, partitions and sorts; and never calculates."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from salesrepo.bulk.events import CREDITS, EVENTS

_JOINED = """
select e.*, c.* exclude (event) from read_parquet($credits) c join read_parquet($events) e using (event)
where $of = 1 or hash(c.credit_payee) % $of = $part
order by c.credit_payee, e.place, coalesce(e.happened, e.signed), e.deal, e.item, c.credit_level, c.credit_number
"""
PAYEE = "credit_payee"


class Part(NamedTuple):
    """One of so many partitions: the payees who fall into it, with all that is theirs."""

    number: int = 0
    of: int = 1


def batches(folder: Path, part: Part, rows: int) -> Iterator[pa.Table]:
    """The joined rows of a part in batches of about so many, sorted; no payee lies in two of them."""
    with connection() as database:
        asked = {"credits": str(folder / CREDITS), "events": str(folder / EVENTS), "of": part.of, "part": part.number}
        yield from at_borders(database.sql(_JOINED, params=asked).to_arrow_reader(rows))


def connection() -> duckdb.DuckDBPyConnection:
    """A database in memory that keeps to one processor: several of them share the work by parts."""
    database = duckdb.connect()
    database.execute("set threads = 1")
    database.execute("set preserve_insertion_order = false")
    return database


def at_borders(stream: pa.RecordBatchReader) -> Iterator[pa.Table]:
    """Cut sorted batches anew where payees change, however they were cut before."""
    kept: pa.Table | None = None
    for batch in stream:
        if not batch.num_rows:
            continue
        table = pa.Table.from_batches([batch])
        held = pa.concat_tables([kept, table]) if kept is not None else table
        last = held.column(PAYEE)[-1]
        own = pc.sum(pc.equal(held.column(PAYEE), last)).as_py()
        if own < held.num_rows:
            yield held.slice(0, held.num_rows - own)
        kept = held.slice(held.num_rows - own)
    if kept is not None:
        yield kept


def differences(one: Path, other: Path) -> tuple[int, int]:
    """How many lines each of two folders has that the other lacks, whatever their files and order."""
    with connection() as database:
        return _beyond(database, one, other), _beyond(database, other, one)


def _beyond(database: duckdb.DuckDBPyConnection, one: Path, other: Path) -> int:
    asked = {"one": str(one / "lines-*.parquet"), "other": str(other / "lines-*.parquet")}
    query = "select count(*) from (select * from read_parquet($one) except all select * from read_parquet($other))"
    found = database.execute(query, asked).fetchone()
    return int(found[0]) if found else 0
