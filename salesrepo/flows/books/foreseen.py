"""What would be booked if main held these files? Asked of the fold that books them once main does.

The change becomes a commit on main in a repository of a moment, and is folded as every commit is: what is foretold
cannot differ from what is paid. Nothing is written where the company's records lie.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from salesrepo.commission.shown.ahead import Ahead, Figures, rows_ahead
from salesrepo.commission.values import PassedOver
from salesrepo.commission.version import PlanVersion
from salesrepo.domain.change import FILE_MODE
from salesrepo.domain.kinds.close import CLOSE
from salesrepo.domain.pay_change import PayChange, pay_changes
from salesrepo.domain.period import MONTHS, Span
from salesrepo.domain.statement import LineItem, LineType
from salesrepo.errors import RefusedError
from salesrepo.flows.books.closed import CloseFigures, LinesByPeriod
from salesrepo.flows.books.settle_books import Books
from salesrepo.flows.books.settle_deals import Unrated
from salesrepo.flows.books.settle_fold import Booking, Fold
from salesrepo.flows.books.settle_lookups import lookups_of
from salesrepo.flows.books.settle_terms import Terms, terms_of
from salesrepo.store.ledger import Ledger, settled_through
from salesrepo.vcs.commit import Draft, Entry, write_commits
from salesrepo.vcs.history import first_parents, read_commit
from salesrepo.vcs.objects import Objects
from salesrepo.vcs.scratch import scratch

_CLOSED = (LineType.EARNING, LineType.BONUS)


@dataclass(frozen=True)
class Place:
    """Where main and the ledger stand (None: nothing is booked yet), and the git directory that holds both."""

    git_dir: Path
    main: str
    ledger: str | None


@dataclass(frozen=True)
class AtClose:
    """What a window's component comes to when it closes: with the change, and without it, in minor units."""

    payee: str
    component: str
    window: str
    currency: str
    amount: int
    without: int
    because: str


@dataclass(frozen=True)
class Foreseen:
    """What a change would book: new lines in booking order, who is passed over, and which deals cannot be paid.

    `types` has the type of each line that a reversal among them names, `ahead` the next row of each table that runs,
    for each payee and plan that a line was rated by. `months` are those with which windows end whose sum an event of
    the change counts towards; whose they are, and what they come to, says `foresee_close`.
    """

    lines: tuple[LineItem, ...] = ()
    passed: tuple[PassedOver, ...] = ()
    unrated: tuple[Unrated, ...] = ()
    types: Mapping[str, LineType] = field(default_factory=dict)
    ahead: tuple[Ahead, ...] = ()
    months: tuple[str, ...] = ()

    @property
    def changes(self) -> tuple[PayChange, ...]:
        """Whose pay changes, and by how much."""
        return pay_changes(self.lines, self.types)


def foresee(at: Place, changes: Mapping[str, Entry | None], *, when: int, most: int | None = None) -> Foreseen:
    """What main would book with these paths replaced (None: removed) at `when` (seconds since 1970).

    The books are those of `at`, with what main holds and the ledger does not yet. Raises RefusedError where the ledger
    does not build on main, or where more than `most` merges are not booked yet.
    """
    with scratch(at.git_dir) as place, Objects(place) as objects:
        fold = _settled(objects, at, most)
        booking = _book(fold, changes, parent=at.main, when=when)
        terms = terms_of(objects, booking.commit, fold.memory)
        ahead, months = tuple(_ahead(fold, booking, terms)), _months(fold, booking, terms)
        return Foreseen(booking.lines, booking.passed, booking.unrated, _types(fold, booking), ahead, months)


def foresee_close(
    at: Place, changes: Mapping[str, Entry | None], months: Iterable[str], *, when: int
) -> tuple[AtClose, ...]:
    """What windows that end with these months would come to if each month were closed now, where `changes` matter."""
    closes = [CLOSE.path.fill(period=month) for month in sorted(months)]
    sums: dict[tuple[str, str, str, str], tuple[int, int, str]] = {}
    with scratch(at.git_dir) as place, Objects(place) as objects:
        for files in ({}, changes):
            fold, tip = _settled(objects, at, None), at.main
            if files:
                tip = _book(fold, files, parent=tip, when=when).commit.oid
            for path in closes:
                booking = _book(fold, {path: (FILE_MODE, b"")}, parent=tip, when=when)
                tip = booking.commit.oid
                for line in booking.lines:
                    if line.type in _CLOSED:
                        key = (line.payee, line.component or "", line.earning_period, line.currency)
                        before, after, because = sums.get(key, (0, 0, ""))
                        amounts = (before, after + line.amount) if files else (before + line.amount, after)
                        sums[key] = (*amounts, line.because if files else because)
    return tuple(
        AtClose(payee, component, window, currency, after, before, because)
        for (payee, component, window, currency), (before, after, because) in sorted(sums.items())
        if before != after
    )


def foresee_figures(at: Place, month: str, *, when: int) -> tuple[LinesByPeriod, CloseFigures]:
    """All lines by period, and the figures of a month's close, if it was closed at `when` on the books of `at`."""
    with scratch(at.git_dir) as place, Objects(place) as objects:
        fold = _settled(objects, at, None)
        booking = _book(fold, {CLOSE.path.fill(period=month): (FILE_MODE, b"")}, parent=at.main, when=when)
        calendar = terms_of(objects, booking.commit, fold.memory).calendar
        by_period = LinesByPeriod({payee: fold.books.lines(payee) for payee in sorted(fold.books.payees())}, calendar)
        return by_period, by_period.figures(month)


def _settled(objects: Objects, at: Place, most: int | None) -> Fold:
    """The books with all that main holds."""
    fold = Fold(objects, Books(Ledger(objects, at.ledger)))
    for number, commit in enumerate(first_parents(objects.repo, at.main, _since(objects, at.ledger)), start=1):
        if most is not None and number > most:
            message = f"More than {most:,} merges are not booked yet."
            raise RefusedError(message, hint="Book them: salesrepo commission settle")
        fold.book(commit)
    return fold


def _book(fold: Fold, changes: Mapping[str, Entry | None], *, parent: str, when: int) -> Booking:
    """Book one more commit, never earlier than the one before it."""
    last = read_commit(fold.objects, parent).committed
    (tried,) = write_commits(fold.objects.repo, [Draft(changes, "What if", max(when, last))], parent=parent)
    return fold.book(read_commit(fold.objects, tried))


def _since(objects: Objects, ledger: str | None) -> str | None:
    """The main commit up to which the ledger is settled; None before the first line."""
    if ledger is None:
        return None
    found = settled_through(read_commit(objects, ledger).message)
    if found is None:
        raise RefusedError("It cannot be told up to where the books go.", hint="Run: salesrepo commission verify")
    return found


def _types(fold: Fold, booking: Booking) -> dict[str, LineType]:
    undone = {line.reverses for line in booking.lines if line.reverses}
    deals = {line.deal for line in booking.lines if line.reverses and line.deal}
    booked = (line for deal in deals for line in fold.books.deal(deal).lines)
    return {line.key: line.type for line in booked if line.key in undone}


def _ahead(fold: Fold, booking: Booking, terms: Terms) -> Iterable[Ahead]:
    found: dict[Ahead, None] = {}
    for payee, version, day in _rated(fold, booking):
        figures = Figures(fold.books.totals([payee]), terms.payee(payee), day, terms.calendar, lookups_of(terms))
        found |= dict.fromkeys(rows_ahead(version, figures))
    return found


def _months(fold: Fold, booking: Booking, terms: Terms) -> tuple[str, ...]:
    """The months, still open, with which windows end that are paid as a whole."""
    ends = {
        terms.calendar.window(component.over, day).ends
        for _, version, day in _rated(fold, booking)
        for component in version.components
        if component.by_window and component.over in MONTHS
    }
    months = (terms.calendar.window(Span.MONTH, end - timedelta(days=1)) for end in sorted(ends))
    return tuple(month.id for month in months if month.ends > terms.open_from)


def _rated(fold: Fold, booking: Booking) -> Iterator[tuple[str, PlanVersion, date]]:
    """Whose plan versions made lines, and for an event of which day."""
    for payee, ref, day in dict.fromkeys((line.payee, line.plan, line.event_on) for line in booking.lines):
        version = fold.memory.plans.get(ref) if ref else None
        if version is not None:
            yield payee, version, day
