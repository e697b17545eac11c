"""Which months are closed, by whom and when, and what does a period say once it is?

A close settles the month and every longer period that ends with it. The figures of a period are asked three times:
when the close is prepared, when it is agreed to, and after it was booked; they come from the same place each time.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from salesrepo.commission.balance import Balance, balances
from salesrepo.commission.booked_lines import lines_that_hold
from salesrepo.commission.booking import book, read_line
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
class Figures:
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


def closed_months(tip: RecordSnapshot) -> tuple[str, ...]:
    """The months that main has closed, in their order."""
    found = (CLOSE.path.match(path) for path in tip.paths("closes"))
    return tuple(sorted(ids["period"] for ids in found if ids))


def closed(objects: Objects, tip: RecordSnapshot, month: str, *, zone: str) -> Closed | None:
    """The close of a month, by whom and when; None while it is open, or where its record cannot be read."""
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


def figures_of(lines: Mapping[str, Iterable[LineItem]], calendar: Calendar, month: str) -> Figures:
    """The figures of a month's close from all lines of each payee, with those that the close itself booked."""
    window = calendar.named(month)
    settled, reach = settled_with(calendar, window), window.ends.toordinal()
    rows: list[Row] = []
    pending: list[LineItem] = []
    inside: list[LineItem] = []
    for payee in sorted(lines):
        own = tuple(lines[payee])
        orders = {line.booking_period: order_of(calendar, line.booking_period) for line in own}
        within = tuple(line for line in own if line.booking_period in settled)
        before = [line for line in own if orders[line.booking_period][0] < reach]
        opening = {currency: sum_ for currency, sum_ in _by_currency(before).items() if sum_}
        types = {line.key: line.type for line in own}
        rows += [Row(payee, currency, of) for currency, of in balances(within, opening, types=types).items()]
        standing = lines_that_hold(own)
        pending += [x for x in standing if x.type is LineType.PENDING and orders[x.booking_period][0] <= reach]
        inside += within
    return Figures(tuple(rows), tuple(pending), _digest(inside))


def booked_figures(ledger: Ledger, calendar: Calendar, month: str, *, nodes: Iterable[str] | None = None) -> Figures:
    """The figures of a month's close as a ledger has them; of these nodes alone where some are named."""
    lines = {
        node: [read_line(line) for file in ledger.batches(node) for line in ledger.batch(file).lines]
        for node in (ledger.nodes() if nodes is None else nodes)
    }
    return figures_of(lines, calendar, month)


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
