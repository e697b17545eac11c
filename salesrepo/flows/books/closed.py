"""Which months are closed, by whom and when, and what does a period say once it is?

A close settles the month and every longer period that ends with it. The figures of a period are asked three times:
when the close is prepared, when it is agreed to, and after it was booked; they come from the same place each time.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from salesrepo.checks.pay_closes import closed_months
from salesrepo.commission.booked.line import book, read_line
from salesrepo.commission.booked_lines import lines_that_hold
from salesrepo.commission.payday.balance import Balance, balances
from salesrepo.domain.kinds.close import CLOSE, Close
from salesrepo.domain.money import show_amount
from salesrepo.domain.period import MONTHS, Calendar, Span, Window, day_in
from salesrepo.domain.receipt import read_receipt
from salesrepo.domain.statement import LineItem, LineType
from salesrepo.errors import SalesRepoError
from salesrepo.flows.proposals.judge import node_of
from salesrepo.store.ledger import Ledger
from salesrepo.store.plain import to_plain
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.vcs.history import touching
from salesrepo.vcs.objects import Objects

_DAY = timedelta(days=1)
_OF_THE_MERGE = ("deal_commit", "booked_on")  # the same close has others when it is prepared and when it is merged


@dataclass(frozen=True, kw_only=True)
class Closed:
    """A close as main holds it: its record, the day of its merge, and the nodes who agreed to it."""

    record: Close
    day: date
    agreed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one payee's money in one currency, in the periods that a close settles."""

    payee: str
    currency: str
    balance: Balance


@dataclass(frozen=True)
class CloseFigures:
    """All that a close says: each payee's balances, what still waits, and the digest of the periods' lines."""

    rows: tuple[Row, ...]
    pending: tuple[LineItem, ...]
    digest: str

    @property
    def closing(self) -> dict[str, dict[str, str]]:
        """What is carried on, by payee and currency; nothing of what is settled to zero."""
        return _sums((row, row.balance.closing) for row in self.rows)

    @property
    def paid(self) -> dict[str, dict[str, str]]:
        """What is paid out, by payee and currency."""
        return _sums((row, row.balance.paid) for row in self.rows)

    def differences(self, record: Close, *, of: str | None = None) -> Iterator[str]:
        """Where a record says other sums than these, a sentence for each; one about the lines where all sums agree.

        These figures may be `of` one payee alone: then nothing is said of others, nor of lines.
        """
        found = of is not None
        for what, told, due in (("paid", record.paid, self.paid), ("carried on", record.closing, self.closing)):
            for payee in sorted({*told, *due}) if of is None else (of,):
                for currency in sorted({*told.get(payee, {}), *due.get(payee, {})}):
                    was, now = (side.get(payee, {}).get(currency, "nothing") for side in (told, due))
                    if was != now:
                        found = True
                        yield f"{payee}: {now} {currency} {what}, and the record says {was}."
        if not found and record.digest != self.digest:
            yield "Other lines make the same sums."


def order_of(calendar: Calendar, period: str) -> tuple[int, int]:
    """Where a booking period stands: by its last day, of those that end together the shorter first."""
    window = calendar.named(period)
    return window.ends.toordinal(), -window.starts.toordinal()


def settled_with(calendar: Calendar, month: Window) -> frozenset[str]:
    """The ids of the periods that are settled when a month closes: the month, and what ends with it."""
    windows = (calendar.window(span, month.ends - _DAY) for span in MONTHS)
    return frozenset(window.id for window in windows if window.ends == month.ends)


def closing_month(calendar: Calendar, period: str) -> str:
    """The month with which a period closes."""
    return calendar.window_id(Span.MONTH, calendar.named(period).ends - _DAY)


def closed(objects: Objects, tip: RecordSnapshot, month: str, *, zone: str) -> Closed | None:
    """The close of a month, by whom and when; None while it is open, or where its record cannot be read.

    Months before the first that was closed were closed with it.
    """
    month = min((each for each in closed_months(tip) if each >= month), default=month)
    try:
        record = tip.get(CLOSE, period=month)
    except SalesRepoError:
        record = None
    merges = touching(objects.repo, tip.commit, CLOSE.path.fill(period=month), since=0) if record else ()
    if record is None or not merges:
        return None
    receipt = read_receipt(merges[0].message)
    agreed = (node_of(tip, one) for one in receipt.approvals) if receipt else ()
    day = day_in(zone, datetime.fromtimestamp(merges[0].committed, UTC))
    return Closed(record=record, day=day, agreed_by=tuple(node.node for node in agreed if node))


class LinesByPeriod:
    """All lines of payees, sorted by booking period once, so that many months are asked for cheaply."""

    def __init__(self, lines: Mapping[str, Iterable[LineItem]], calendar: Calendar) -> None:
        self.calendar = calendar
        self._by_period: dict[str, dict[str, list[LineItem]]] = {}
        self._types: dict[str, dict[str, LineType]] = {}
        self._waiting: list[LineItem] = []
        for payee in sorted(lines):
            own = tuple(lines[payee])
            periods = self._by_period.setdefault(payee, {})
            for line in own:
                periods.setdefault(line.booking_period, []).append(line)
            self._types[payee] = {line.key: line.type for line in own}
            self._waiting += [line for line in lines_that_hold(own) if line.type is LineType.PENDING]
        known = {period for periods in self._by_period.values() for period in periods}
        self._ends = {period: calendar.named(period).ends for period in known}
        self._sums = {
            (payee, period): _by_currency(of)
            for payee, periods in self._by_period.items()
            for period, of in periods.items()
        }

    def figures(self, month: str) -> CloseFigures:
        """The figures of a month's close, with what the close itself booked."""
        window = self.calendar.named(month)
        settled = settled_with(self.calendar, window)
        rows: list[Row] = []
        inside: list[LineItem] = []
        for payee, periods in self._by_period.items():
            opening: dict[str, int] = {}
            for period in periods:
                if self._ends[period] < window.ends:
                    for currency, amount in self._sums[payee, period].items():
                        opening[currency] = opening.get(currency, 0) + amount
            carried = {currency: amount for currency, amount in opening.items() if amount}
            within = [line for period in settled for line in periods.get(period, ())]
            balance = balances(within, carried, types=self._types[payee])
            rows += [Row(payee, currency, of) for currency, of in balance.items()]
            inside += within
        pending = (line for line in self._waiting if self._ends[line.booking_period] <= window.ends)
        return CloseFigures(tuple(rows), tuple(pending), _digest(inside))


def all_lines(ledger: Ledger, nodes: Iterable[str] | None = None) -> dict[str, tuple[LineItem, ...]]:
    """All that was booked, by payee; of these nodes alone where some are named."""
    return {
        node: tuple(read_line(line) for file in ledger.batches(node) for line in ledger.batch(file).lines)
        for node in (ledger.nodes() if nodes is None else nodes)
    }


def booked_figures(
    ledger: Ledger, calendar: Calendar, month: str, *, nodes: Iterable[str] | None = None
) -> CloseFigures:
    """The figures of a month's close as a ledger has them; of these nodes alone where some are named."""
    return LinesByPeriod(all_lines(ledger, nodes), calendar).figures(month)


def _by_currency(lines: Iterable[LineItem]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for line in lines:
        sums[line.currency] = sums.get(line.currency, 0) + line.amount
    return sums


def _sums(amounts: Iterable[tuple[Row, int]]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row, amount in amounts:
        if amount:
            found.setdefault(row.payee, {})[row.currency] = show_amount(amount, row.currency)
    return found


def _digest(lines: Iterable[LineItem]) -> str:
    """SHA-256 over the lines, without what a merge gives them."""
    sha = hashlib.sha256()
    for line in sorted(lines, key=lambda line: (line.payee, line.key)):
        plain = {name: value for name, value in to_plain(book(line)).items() if name not in _OF_THE_MERGE}
        sha.update(json.dumps(plain, sort_keys=True).encode() + b"\n")
    return sha.hexdigest()
