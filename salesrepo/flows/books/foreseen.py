"""What would be booked if main held these files? Asked of the fold that books them once main does.

The change becomes a commit on main in a repository of a moment, and is folded as every commit is: what is foretold
cannot differ from what is paid. Nothing is written where the company's records lie.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from salesrepo.commission.ahead import Ahead, Figures, rows_ahead
from salesrepo.commission.values import PassedOver
from salesrepo.domain.pay_change import PayChange, pay_changes
from salesrepo.domain.statement import LineItem, LineType
from salesrepo.errors import RefusedError
from salesrepo.flows.books.settle_books import Books
from salesrepo.flows.books.settle_deals import Unrated
from salesrepo.flows.books.settle_fold import Booking, Fold
from salesrepo.flows.books.settle_lookups import lookups_of
from salesrepo.flows.books.settle_terms import terms_of
from salesrepo.store.ledger import Ledger, settled_through
from salesrepo.vcs.commit import Draft, Entry, write_commits
from salesrepo.vcs.history import first_parents, read_commit
from salesrepo.vcs.objects import Objects
from salesrepo.vcs.scratch import scratch


@dataclass(frozen=True)
class Place:
    """Where main and the ledger stand (None: nothing is booked yet), and the git directory that holds both."""

    git_dir: Path
    main: str
    ledger: str | None


@dataclass(frozen=True)
class Foreseen:
    """What a change would book: new lines in booking order, who is passed over, and which deals cannot be paid.

    `types` has the type of each line that a reversal among them names, `ahead` the next row of each table that runs,
    for each payee and plan that a line was rated by.
    """

    lines: tuple[LineItem, ...] = ()
    passed: tuple[PassedOver, ...] = ()
    unrated: tuple[Unrated, ...] = ()
    types: Mapping[str, LineType] = field(default_factory=dict)
    ahead: tuple[Ahead, ...] = ()

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
        fold = Fold(objects, Books(Ledger(objects, at.ledger)))
        for number, commit in enumerate(first_parents(place, at.main, _since(objects, at.ledger)), start=1):
            if most is not None and number > most:
                message = f"More than {most:,} merges are not booked yet."
                raise RefusedError(message, hint="Book them: salesrepo commission settle")
            fold.book(commit)
        last = read_commit(objects, at.main).committed
        (tried,) = write_commits(place, [Draft(changes, "What if", max(when, last))], parent=at.main)
        booking = fold.book(read_commit(objects, tried))
        return Foreseen(
            booking.lines, booking.passed, booking.unrated, _types(fold, booking), tuple(_ahead(fold, booking))
        )


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


def _ahead(fold: Fold, booking: Booking) -> Iterable[Ahead]:
    terms = terms_of(fold.objects, booking.commit, fold.memory)
    found: dict[Ahead, None] = {}
    rated = {(line.payee, line.plan): line.event_on for line in booking.lines if line.plan is not None}
    for (payee, ref), day in rated.items():
        version = fold.memory.plans.get(ref) if ref else None
        if version is not None:
            figures = Figures(fold.books.totals([payee]), terms.payee(payee), day, terms.calendar, lookups_of(terms))
            found |= dict.fromkeys(rows_ahead(version, figures))
    return found
