"""Which exchange rates does a file hold: one in each row, or the European Central Bank's wide table?"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from salesrepo.domain.kinds.fx import RATE_REGEX, FxRates, exact, month_of, pair_of
from salesrepo.domain.money import decimals_of
from salesrepo.errors import RefusedError
from salesrepo.importers.billing_cells import currency_of
from salesrepo.importers.cells import day_of, text_of
from salesrepo.importers.csv_rows import Row, Table, read_table
from salesrepo.importers.fault import RowFault, shown
from salesrepo.importers.report import Report, ReportedRow, Tally

COLUMNS = ("date", "from", "to", "rate", "source")
ECB = "European Central Bank"
_ECB_DAY = "Date"
_ECB_BASE = "EUR"
_NO_RATE = ("", "N/A")
_NOT_ASKED = "rates left out, as was asked for"
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, kw_only=True)
class RatesWanted:
    """Which rates are taken over: of these currencies against any (empty: all), from a day on.

    `reason` says why a rate that stands is corrected; empty where it is not to be.
    """

    currencies: frozenset[str] = frozenset()
    since: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class RatesRead:
    """The months that change, whole, and what became of every rate that was read."""

    months: tuple[FxRates, ...]
    report: Report


@dataclass(frozen=True, slots=True)
class _Written:
    line: int
    day: str
    one: str
    other: str
    rate: str
    source: str


def read_rates(
    name: str,
    data: bytes,
    *,
    wanted: RatesWanted,
    known: Callable[[str, str], FxRates | None],
    unfit: Callable[[str], str],
) -> RatesRead:
    """The rates of a file laid over the `known` ones of each pair and month. `unfit` says what is wrong with a text.

    Raises RefusedError where the file is neither a table of `COLUMNS` nor the European Central Bank's.
    """
    head = data.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0].decode("utf-8", "replace")
    is_ecb = head.partition(",")[0].strip(' "\r') == _ECB_DAY
    remedy = f"name the columns {', '.join(COLUMNS)}"
    table = read_table(name, data, needed=[_ECB_DAY] if is_ecb else COLUMNS, remedy=remedy)
    reading = _Reading(table, wanted, known, unfit)
    reading.take(_wide(table, reading) if is_ecb else _long(table))
    return RatesRead(tuple(reading.changed.values()), reading.tally.finish())


def _long(table: Table) -> Iterator[_Written]:
    for row in table.rows:
        cells = row.cells
        yield _Written(row.line, cells["date"], cells["from"], cells["to"], cells["rate"], cells["source"])


def _wide(table: Table, reading: "_Reading") -> Iterator[_Written]:
    """So many of each column's currency for one euro; a currency that is none now is counted, not read."""
    tally, asked = reading.tally, reading.wanted.currencies
    known = [column for column in (table.rows[0].cells if table.rows else {}) if column not in ("", _ECB_DAY)]
    codes = [code for code in known if not asked or asked & {code, _ECB_BASE}]
    gone = {code for code in codes if not _is_money(code)}
    if len(codes) < len(known):
        tally.remarks[table.name, _NOT_ASKED] += len(table.rows) * (len(known) - len(codes))
    for row in table.rows:
        for code in codes:
            rate = row.cells[code]
            if rate in _NO_RATE:
                tally.remarks[table.name, "days without a rate"] += 1
            elif code in gone:
                tally.remarks[table.name, f"rates of {shown(code)}, which is no currency now"] += 1
            else:
                yield _Written(row.line, _iso(row), _ECB_BASE, code, rate, ECB)


def _is_money(code: str) -> bool:
    try:
        decimals_of(code)
    except RefusedError:
        return False
    return True


def _iso(row: Row) -> str:
    """The bank's day, which it writes as 2027-09-01 in one file and as 01 September 2027 in the other."""
    found = re.fullmatch(r"([0-9]{1,2}) ([A-Z][a-z]+) ([0-9]{4})", row.cells[_ECB_DAY])
    months = "January February March April May June July August September October November December".split()
    if found is None or found[2] not in months:
        return row.cells[_ECB_DAY]
    return f"{found[3]}-{months.index(found[2]) + 1:02}-{int(found[1]):02}"


class _LeftOut(Exception):
    """Raised for a rate that nobody asked for."""


@dataclass
class _Reading:
    table: Table
    wanted: RatesWanted
    known: Callable[[str, str], FxRates | None]
    unfit: Callable[[str], str]
    tally: Tally = field(default_factory=Tally)
    changed: dict[tuple[str, str], FxRates] = field(default_factory=dict)
    seen: dict[tuple[str, date], int] = field(default_factory=dict)

    def take(self, rates: Iterator[_Written]) -> None:
        name = self.table.name
        self.tally.read[name] += len(self.table.bad)
        self.tally.rows += [ReportedRow(name, bad.line, "", bad.reason, bad.sentence) for bad in self.table.bad]
        for one in rates:
            try:
                fresh = self._take(one)
            except _LeftOut:
                self.tally.remarks[name, _NOT_ASKED] += 1
                continue
            except RowFault as fault:
                known_as = shown(f"{one.one} {one.other} {one.day}")[1:-1]
                self.tally.rows.append(ReportedRow(name, one.line, known_as, fault.reason, fault.sentence))
            else:
                (self.tally.done if fresh else self.tally.known)[name] += 1
            self.tally.read[name] += 1

    def _take(self, one: _Written) -> bool:
        """Whether a rate is new. Raises RowFault, or _LeftOut where it was not asked for."""
        source, other = currency_of(one.one, "from"), currency_of(one.other, "to")
        if self.wanted.currencies and not self.wanted.currencies & {source, other}:
            raise _LeftOut
        if _ISO.fullmatch(one.day) and self.wanted.since and one.day < self.wanted.since.isoformat():
            raise _LeftOut  # before anything else is asked: the bank's table begins earlier than any record may
        day = day_of(one.day, "year-month-day", "date")
        if source == other:
            raise RowFault("unknown-currency", f"One {source} is one {source}, which needs no rate.")
        if re.fullmatch(RATE_REGEX, one.rate, re.ASCII) is None or not exact(one.rate)[0]:
            said = "which is no rate above zero with at most eight decimals"
            raise RowFault("bad-rate", f"rate is {shown(one.rate)}, {said}.")
        return self._enter(one, pair_of(source, other), day, self._source(one.source))

    def _source(self, text: str) -> str:
        if flaw := self.unfit(text):
            raise RowFault("bad-text", f"source is {shown(text)}. {flaw}")
        return text_of(text, "source")

    def _enter(self, one: _Written, pair: str, day: date, source: str) -> bool:
        first = self.seen.setdefault((pair, day), one.line)
        if first != one.line:
            raise RowFault("duplicate", f"Line {first} has the rate of {day} already.")
        key = (pair, month_of(day))
        month = self.changed.get(key) or self.known(*key)
        if month is None:
            self.changed[key] = FxRates(pair=pair, month=key[1], source=source, rates={day: one.rate})
            return True
        if month.source != source:
            raise RowFault("other-source", f"The rates of {key[1]} come from {month.source}, this one from {source}.")
        stands = month.rates.get(day)
        if stands is not None and exact(stands) == exact(one.rate):
            return False
        self.changed[key] = self._with(month, day, one.rate, stands)
        return True

    def _with(self, month: FxRates, day: date, rate: str, stands: str | None) -> FxRates:
        rates = dict(sorted({**month.rates, day: rate}.items()))
        if stands is None:
            return replace(month, rates=rates)
        if not self.wanted.reason:
            raise RowFault("other-rate", f"The rate of {day} stands at {stands}; --reason TEXT corrects it to {rate}.")
        return replace(month, rates=rates, corrected={**month.corrected, day: self.wanted.reason})
