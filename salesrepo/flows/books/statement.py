"""What was booked for a payee in a period, and which lines does a key, a deal or a handle mean?"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from salesrepo.checks.pay_disputes import PayDispute
from salesrepo.commission.booked.line import read_closing, read_line
from salesrepo.commission.payday.balance import Balance, balances
from salesrepo.domain.holding import deal_names, handle_of
from salesrepo.domain.period import Calendar
from salesrepo.domain.statement import LineItem, LineType
from salesrepo.errors import RefusedError
from salesrepo.flows.books.closed import Closed, order_of
from salesrepo.store.ledger import BatchFile, Ledger

_DEAL = re.compile(r"[a-z0-9][a-z0-9.-]{0,99}", re.ASCII)
_HOLDS = (LineType.RESERVE, LineType.RELEASE)


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a payee was at the last line of a component: a share of the quota (minor units, or things)."""

    component: str
    window: str
    share: Fraction
    quota: Fraction
    unit: str


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What was booked for a payee in one booking period, oldest line first, and what its money comes to.

    `balances` are minor units by currency: from all earlier periods, through this one, to what is left. `waiting` are
    the period's pending lines that still wait, `held` the reserves of it of which something is not released. `late`
    were earned in an earlier period. `news` are lines of any period, those that were booked since somebody looked last.
    `before` is the period before and its balances. `closed` is None while the period is open: then all of it is an
    estimate. `differs` says where what was booked is not what was agreed to when this period closed, or the one before.
    `asked` are the open questions about it, by line key, or by deal where that paid nothing or too little.
    """

    node: str
    period: str
    lines: tuple[LineItem, ...]
    balances: Mapping[str, Balance]
    waiting: tuple[LineItem, ...] = ()
    held: tuple[LineItem, ...] = ()
    late: tuple[LineItem, ...] = ()
    news: tuple[LineItem, ...] = ()
    reached: tuple[Reached, ...] = ()
    before: tuple[str, Mapping[str, Balance]] | None = None
    closed: Closed | None = None
    differs: tuple[str, ...] = ()
    asked: Mapping[str, PayDispute] = field(default_factory=dict)

    @property
    def opening(self) -> dict[str, int]:
        """What was there before, by currency."""
        return {currency: of.opening for currency, of in self.balances.items() if of.opening}

    @property
    def closing(self) -> dict[str, int]:
        """What is left, by currency."""
        return {currency: of.closing for currency, of in self.balances.items()}

    @property
    def total(self) -> dict[str, int]:
        """What the period's own lines come to, by currency."""
        return {currency: of.closing - of.opening for currency, of in self.balances.items()}


def periods(ledger: Ledger, node: str, calendar: Calendar) -> tuple[str, ...]:
    """The booking periods of a payee, in the order of the company's calendar."""
    return _ordered((file.period for file in ledger.batches(node)), calendar)


def statement(ledger: Ledger, node: str, period: str | None = None, *, calendar: Calendar) -> Statement:
    """A payee's statement of a booking period, the last one where none is named; of others only what is needed is read.

    Raises RefusedError where nothing was booked for the payee, or nothing in that period.
    """
    account = _Account(ledger, node, calendar)
    known = _ordered((file.period for file in account.files), calendar)
    if not known:
        raise RefusedError(f"Nothing has been booked for {node} yet.", hint="Win a deal; it is paid when it is merged.")
    period = period or known[-1]
    if period not in known:
        named = ", ".join(known[-12:])
        raise RefusedError(f"Nothing was booked for {node} in {period}.", hint=f"There are statements of {named}.")
    lines, place = account.lines(period), known.index(period)
    return Statement(
        node=node,
        period=period,
        lines=lines,
        balances=account.balances(period),
        waiting=_waiting(lines, ledger.closing(node)[1].pending),
        held=tuple(_held(ledger, lines)),
        late=tuple(line for line in lines if order_of(calendar, line.earning_period) < order_of(calendar, period)),
        reached=tuple(_reached(lines)),
        before=(known[place - 1], account.balances(known[place - 1])) if place else None,
    )


def booked_after(ledger: Ledger, node: str, *, seq: int = 0, since: date = date.min) -> tuple[LineItem, ...]:
    """A payee's lines of all periods in files with a higher number than `seq`, booked on a day or later."""
    found: list[tuple[LineItem, ...]] = []
    for file in reversed(ledger.batches(node)):
        lines = tuple(read_line(line) for line in ledger.batch(file).lines) if file.seq > seq else ()
        new = tuple(line for line in lines if line.booked_on >= since)
        if not new:
            break  # files are numbered in the order in which they were booked
        found.append(new)
    return tuple(line for lines in reversed(found) for line in lines)


def find_lines(ledger: Ledger, text: str, *, node: str | None = None) -> tuple[LineItem, ...]:
    """The lines that a line's key, a deal's id or a handle (`acme/2`) means; of `node` alone where one is named.

    A handle of a deal whose id begins with its account's key is looked for among that node's own lines. Raises
    RefusedError where nothing is found.
    """
    deal, _, rest = text.strip().partition(" ")
    found = _of_deal(ledger, deal, node)
    if not found and "/" in deal:
        found = _of_deal(ledger, deal.partition("/")[2], node) or _of_handle(ledger, deal, node)
    if rest:
        found = tuple(line for line in found if line.key == text.strip())
    if not found:
        whose = f" for {node}" if node else ""
        raise RefusedError(
            f"Nothing is booked{whose} under {text.strip()[:80]!r}.",
            hint="Name a line or a deal as a statement shows it.",
        )
    return found


@dataclass
class _Account:
    """A payee's files, of which one after the other is read."""

    ledger: Ledger
    node: str
    calendar: Calendar
    files: tuple[BatchFile, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.files = self.ledger.batches(self.node)

    def lines(self, period: str) -> tuple[LineItem, ...]:
        """The lines of one period."""
        return tuple(self._lines(file for file in self.files if file.period == period))

    def balances(self, period: str) -> dict[str, Balance]:
        """What became of the payee's money in a period."""
        lines = self.lines(period)
        opening = {currency: amount for currency, amount in self._opening(period).items() if amount}
        return balances(lines, opening, types=_types(self.ledger, lines))

    def _opening(self, period: str) -> dict[str, int]:
        """The sum of all earlier periods: what the last booking before the period's first file closed with, without
        what it has of this period and later ones, and with what came to earlier ones after it."""
        first = next(place for place, file in enumerate(self.files) if file.period == period)
        base, sums = self._closing_before(first)
        for sign, files, earlier in ((-1, self.files[:base], False), (1, self.files[base:], True)):
            wanted = (file for file in files if self._is_before(file, period) is earlier)
            for line in self._lines(wanted):
                sums[line.currency] = sums.get(line.currency, 0) + sign * line.amount
        return sums

    def _closing_before(self, place: int) -> tuple[int, dict[str, int]]:
        """How many files are summed up by a closing balance at or before a place, and that balance."""
        for number in range(place, 0, -1):
            shut = self.ledger.batch(self.files[number - 1]).closing
            if shut is not None:
                return number, read_closing(self.node, shut)[1]
        return 0, {}

    def _is_before(self, file: BatchFile, period: str) -> bool:
        return order_of(self.calendar, file.period) < order_of(self.calendar, period)

    def _lines(self, files: Iterable[BatchFile]) -> Iterator[LineItem]:
        return (read_line(line) for file in files for line in self.ledger.batch(file).lines)


def _ordered(periods: Iterable[str], calendar: Calendar) -> tuple[str, ...]:
    return tuple(sorted(set(periods), key=lambda period: order_of(calendar, period)))


def _types(ledger: Ledger, lines: Iterable[LineItem]) -> dict[str, LineType]:
    """The types of earlier lines that reversals among these undo."""
    undone = {line.reverses: line.deal for line in lines if line.reverses and line.deal}
    booked = (line for deal in sorted(set(undone.values())) for line in ledger.of_deal(deal).lines)
    return {line.key: line.type for line in booked if line.key in undone}


def _waiting(lines: tuple[LineItem, ...], deals: Iterable[str]) -> tuple[LineItem, ...]:
    undone = {line.reverses for line in lines}
    still = set(deals)
    return tuple(
        line
        for line in lines
        if line.type is LineType.PENDING and (line.deal in still or not line.deal) and line.key not in undone
    )


def _held(ledger: Ledger, lines: Iterable[LineItem]) -> Iterator[LineItem]:
    """The reserves among these lines of whose earning something is held back to this day."""
    reserves = [line for line in lines if line.type is LineType.RESERVE]
    for deal in dict.fromkeys(line.deal for line in reserves):
        left: dict[str, int] = {}
        booked = ledger.of_deal(deal).lines if deal else ()
        undone = {line.reverses for line in booked if line.reverses}
        for line in booked:
            if line.type in _HOLDS and line.key not in undone and line.about:
                left[line.about] = left.get(line.about, 0) - line.amount
        for line in reserves:
            still = left.get(line.about or "", 0)
            if line.deal == deal and line.key not in undone and still > 0:
                yield line._replace(amount=-still)


def _reached(lines: Iterable[LineItem]) -> Iterator[Reached]:
    last: dict[tuple[str, str], Reached] = {}
    for line in lines:
        part = line.enter
        if part is not None and part.quota is not None and line.component and line.type is LineType.EARNING:
            after, quota = Fraction(*part.after), Fraction(*part.quota)
            last[line.component, part.window] = Reached(line.component, part.window, after, quota, part.unit)
    yield from last.values()


def _of_deal(ledger: Ledger, deal: str, node: str | None) -> tuple[LineItem, ...]:
    lines = ledger.of_deal(deal).lines if _DEAL.fullmatch(deal) else ()
    return tuple(line for line in lines if node in (None, line.payee))


def _of_handle(ledger: Ledger, handle: str, node: str | None) -> tuple[LineItem, ...]:
    """The one deal of a node's own that is called so. Raises RefusedError for several."""
    lines = (line for file in ledger.batches(node) for line in ledger.batch(file).lines) if node else ()
    deals = {line.deal: line.deal.rpartition("-")[0] for line in lines if line.deal}
    found = {deal: account for deal, account in deals.items() if handle in deal_names(account, deal)}
    if len(found) > 1:
        several = " or ".join(sorted(handle_of(account, deal, found.values()) for deal, account in found.items()))
        raise RefusedError(f"{handle} could be {several}.", hint="Name one of them.")
    return _of_deal(ledger, next(iter(found)), node) if found else ()
