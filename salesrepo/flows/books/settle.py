"""How does the ledger come to say what main says? Fold, write objects, then move one ref (DESIGN rule 8).

Everything that is booked depends on main alone, so it does not matter who settles, how often, or where one was killed:
until the ref moves nothing is there, and whoever moves it moves it to the same commit.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from salesrepo.commission.values import PassedOver
from salesrepo.domain.change import FILE_MODE
from salesrepo.domain.statement import LineItem, LineType
from salesrepo.errors import ConflictError, RefusedError
from salesrepo.flows.books.settle_books import Books
from salesrepo.flows.books.settle_deals import Unrated
from salesrepo.flows.books.settle_fold import Booking, Fold
from salesrepo.store.ledger import Ledger, message_of, settled_through
from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.history import first_parents, read_commit
from salesrepo.vcs.objects import Objects
from salesrepo.vcs.refs import move_ref

_TRIES = 20
_MOST = 32 << 20  # bytes of ledger files held in memory before they are written as objects


class LedgerHome(Protocol):
    """Where main and the ledger live; an embedded forge is one."""

    def repository(self) -> Path:
        """The git directory that holds both."""

    def main(self) -> str:
        """Main's tip."""

    def ledger(self) -> str | None:
        """The ledger's tip, None before the first line."""

    def advance_ledger(self, new: str, *, old: str | None) -> None:
        """Let the ledger name `new`. Raises ConflictError where it no longer names `old`."""


@dataclass(frozen=True, slots=True)
class PlainLedger:
    """A repository with branches of these names, without a forge around it."""

    git_dir: Path
    main_ref: str = "refs/heads/main"
    ledger_ref: str = "refs/heads/ledger"

    def repository(self) -> Path:
        """See LedgerHome."""
        return self.git_dir

    def main(self) -> str:
        """See LedgerHome. Raises RefusedError where there is no such branch."""
        tip = self._tip(self.main_ref)
        if tip is None:
            raise RefusedError(f"{self.git_dir} has no branch {self.main_ref}.", hint="Settle where main is.")
        return tip

    def ledger(self) -> str | None:
        """See LedgerHome."""
        return self._tip(self.ledger_ref)

    def advance_ledger(self, new: str, *, old: str | None) -> None:
        """See LedgerHome."""
        move_ref(self.git_dir, self.ledger_ref, new, old)

    def _tip(self, ref: str) -> str | None:
        with Objects(self.git_dir) as objects:
            return objects.tip(ref)


@dataclass(frozen=True)
class Settlement:
    """What a settlement did: the tips it ended at, and what it booked on the way (nothing, if all was booked before).

    `commits` pairs each main commit that books lines with its ledger commit, `sizes` counts their lines. `totals` has
    minor units by payee and currency. `pending` are the new lines that wait; `passed` the credits that a plan pays
    nothing for; `unrated` the deals that cannot be paid as main holds them. `remarks` are sentences on what was booked,
    `booked` are the new lines themselves, where they were to be kept.
    """

    main: str
    ledger: str | None
    commits: tuple[tuple[str, str], ...] = ()
    lines: int = 0
    totals: Mapping[tuple[str, str], int] = field(default_factory=dict)
    pending: tuple[LineItem, ...] = ()
    passed: tuple[PassedOver, ...] = ()
    unrated: tuple[Unrated, ...] = ()
    sizes: tuple[int, ...] = ()
    remarks: tuple[str, ...] = ()
    booked: tuple[LineItem, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether this settlement booked anything."""
        return bool(self.commits)


def settle(home: LedgerHome) -> Settlement:
    """Bring the ledger up to main's tip. Safe to run twice, at the same time as another, and after a crash.

    Raises RefusedError where the ledger does not build on this main, ConflictError where others were quicker again and
    again.
    """
    for _ in range(_TRIES):
        main, old = home.main(), home.ledger()
        done = settle_objects(home.repository(), main, old)
        if not done.changed or done.ledger is None:
            return done
        try:
            home.advance_ledger(done.ledger, old=old)
        except ConflictError:
            continue
        return done
    raise ConflictError("The ledger is being settled elsewhere all the time.", hint="Settle again in a moment.")


def settle_objects(repo: Path, main: str, ledger: str | None, *, keep: bool = False) -> Settlement:
    """What the ledger becomes when `main` is settled on top of `ledger` (None: from main's root), as objects only.

    `keep` says whether the settlement holds the lines that it booked.
    """
    with Objects(repo) as objects:
        since = _since(objects, ledger)
        writer = _Writer(repo, objects, ledger)
        tally = _Tally(keep=keep)
        fold = Fold(objects, Books(Ledger(objects, ledger)))
        for commit in first_parents(repo, main, since):
            booking = fold.book(commit)
            tally.add(booking)
            if booking.lines and writer.add(booking, opened_by=tally.root):
                fold.books.written(Ledger(objects, writer.flush()))
        return tally.settlement(main, writer.flush(), tuple(writer.written))


def _since(objects: Objects, ledger: str | None) -> str | None:
    if ledger is None:
        return None
    found = settled_through(read_commit(objects, ledger).message)
    if found is None:
        raise RefusedError(
            f"The ledger's last commit {ledger[:12]} does not say what it settles, so settle did not write it.",
            hint="Run: salesrepo commission verify",
        )
    return found


@dataclass
class _Writer:
    """Ledger commits on their way into Git's objects, a stream of Git's own for many at once."""

    repo: Path
    objects: Objects
    tip: str | None
    written: list[tuple[str, str]] = field(default_factory=list)
    _waiting: list[tuple[str, Draft]] = field(default_factory=list)
    _weight: int = 0

    def add(self, booking: Booking, *, opened_by: str | None) -> bool:
        """Take in what a main commit books; returns whether it is time to flush."""
        commit = booking.commit
        first = self.tip is None and not self._waiting
        title = commit.message.split("\n", 1)[0]
        message = message_of(title, through=commit.oid, opened_by=opened_by if first else None)
        files = {path: (FILE_MODE, data) for path, data in booking.files.items()}
        self._waiting.append((commit.oid, Draft(files, message, commit.committed)))
        self._weight += sum(map(len, booking.files.values()))
        return self._weight >= _MOST

    def flush(self) -> str | None:
        """Write what waits; returns the last ledger commit."""
        oids = write_commits(self.repo, [draft for _, draft in self._waiting], parent=self.tip)
        self.written += zip((main for main, _ in self._waiting), oids, strict=True)
        self.tip = oids[-1] if oids else self.tip
        self._waiting, self._weight = [], 0
        return self.tip


@dataclass
class _Tally:
    """What a run has booked, counted."""

    keep: bool = False
    root: str | None = None
    lines: int = 0
    booked: list[LineItem] = field(default_factory=list)
    totals: Counter[tuple[str, str]] = field(default_factory=Counter)
    pending: dict[str, LineItem] = field(default_factory=dict)
    passed: list[PassedOver] = field(default_factory=list)
    unrated: dict[str, Unrated] = field(default_factory=dict)
    sizes: list[int] = field(default_factory=list)

    def add(self, booking: Booking) -> None:
        """Count one main commit's booking."""
        if not booking.commit.parents:
            self.root = booking.commit.oid
        self.lines += len(booking.lines)
        self.booked += booking.lines if self.keep else ()
        self.sizes += [len(booking.lines)] if booking.lines else []
        for line in booking.lines:
            self.totals[line.payee, line.currency] += line.amount
            if line.type is LineType.PENDING:
                self.pending[line.key] = line
            elif line.reverses:
                self.pending.pop(line.reverses, None)
        self.passed += booking.passed
        for deal in booking.looked_at:
            self.unrated.pop(deal, None)  # as it is now it may be paid
        self.unrated |= {one.deal: one for one in booking.unrated}

    def settlement(self, main: str, ledger: str | None, commits: tuple[tuple[str, str], ...]) -> Settlement:
        """The result."""
        return Settlement(
            main=main,
            ledger=ledger,
            commits=commits,
            lines=self.lines,
            totals=dict(sorted(self.totals.items())),
            pending=tuple(self.pending.values()),
            passed=tuple(self.passed),
            unrated=tuple(self.unrated.values()),
            sizes=tuple(self.sizes),
            booked=tuple(self.booked),
        )
