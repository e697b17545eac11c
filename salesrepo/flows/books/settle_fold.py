"""What does one commit of main book? The difference between the lines that should exist and those that stand.

Commits are folded one at a time, and what each books depends on main alone: on the commit, its first parent, and what
the commits before it have booked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from salesrepo.commission.values import PassedOver
from salesrepo.domain.change import PathChange
from salesrepo.domain.kinds.close import CLOSE
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.pay_terms import PAY_TERMS
from salesrepo.domain.statement import LineItem
from salesrepo.flows.books.settle_adjustments import adjust
from salesrepo.flows.books.settle_books import Books
from salesrepo.flows.books.settle_close import close_month
from salesrepo.flows.books.settle_deals import Unrated, is_qualified, read_deals, turns_of
from salesrepo.flows.books.settle_entry import Entry
from salesrepo.flows.books.settle_events import is_won
from salesrepo.flows.books.settle_terms import Memory, Terms, terms_of
from salesrepo.flows.books.settle_unfit import LeftOut, nothing_of, unfit_in
from salesrepo.store.ledger import written
from salesrepo.vcs.history import Commit, changed_paths
from salesrepo.vcs.objects import Objects

_ROOMS = ("deals", "payments", "nodes", "plans", "quotas", "metrics", "fx", "adjustments", "closes", "terms")
_COMPANY = ("plans/", "quotas/", "metrics/", "fx/")  # where a change may be what a pending line of anyone waits for


@dataclass(frozen=True, slots=True)
class Booking:
    """What one main commit books: its lines in booking order and the files that hold them.

    `unrated` are deals that it changes and that cannot be paid as they are, `looked_at` all of those that it changes.
    """

    commit: Commit
    lines: tuple[LineItem, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    passed: tuple[PassedOver, ...] = ()
    unrated: tuple[Unrated, ...] = ()
    looked_at: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Work:
    """What a commit changes, and the terms around it."""

    terms: Terms
    changes: tuple[PathChange, ...]

    @property
    def closed(self) -> tuple[str, ...]:
        """The months that it closes."""
        new = (CLOSE.path.match(change.path) for change in self.changes if change.before is None)
        return tuple(ids["period"] for ids in new if ids)


@dataclass
class Fold:
    """The fold over main's first parents, on books that stand at some commit of it."""

    objects: Objects
    books: Books
    memory: Memory = field(default_factory=Memory)

    def book(self, commit: Commit) -> Booking:
        """Enter one commit into the books. Commits come in main's order, each once."""
        changes = self._changes(commit)
        if not changes:
            return Booking(commit)
        work = _Work(terms_of(self.objects, commit, self.memory), changes)
        turns, unreadable = turns_of(self.objects, work.terms, changes)
        looked_at = frozenset(turn.deal for turn in turns)
        again = self._waiting(changes, work.terms, set(looked_at))
        unfit: dict[LeftOut, Unrated] = {}
        while True:
            entry = Entry(self.books, work.terms, unrated=[*unreadable, *unfit.values()], left_out=frozenset(unfit))
            entry.turn(turn for turn in turns if ("deal", turn.deal) not in unfit)
            entry.look_again(deal for deal in again if ("deal", deal.deal) not in unfit)
            adjust(self.objects, entry, changes)
            for period in work.closed:
                close_month(entry, period)
            booked, wrong = written(entry.lines)
            found = unfit_in(entry, wrong)
            if not wrong:
                break
            if found.keys() <= unfit.keys():  # what does not fit comes from elsewhere in the commit: all of it waits
                rest = nothing_of(looked_at - {one.deal for one in entry.unrated}, commit.oid)
                return Booking(commit, unrated=(*entry.unrated, *rest), looked_at=looked_at)
            unfit |= found
        lines = tuple(entry.lines)
        files = self.books.book(commit.oid, lines, entry.totals, entry.accounts, booked=booked) if lines else {}
        return Booking(commit, lines, files, tuple(entry.passed), tuple(entry.unrated), looked_at)

    def _changes(self, commit: Commit) -> tuple[PathChange, ...]:
        """The changed paths, if a room that matters has changed at all: most commits only log activities elsewhere."""
        parent = commit.parents[0] if commit.parents else None
        if parent and self.objects.at_many(parent, _ROOMS) == self.objects.at_many(commit.oid, _ROOMS):
            return ()
        return changed_paths(self.objects.repo, parent, commit.oid)

    def _waiting(self, changes: Iterable[PathChange], terms: Terms, done: set[str]) -> tuple[Deal, ...]:
        """The deals with a pending line whose payee's terms this commit changes, as main holds them."""
        kinds = (NODE, PAY_TERMS)
        nodes = {ids["node"] for change in changes for kind in kinds if (ids := kind.path.match(change.path))}
        plans = any(change.path.startswith(_COMPANY) for change in changes)
        if not nodes and not plans:
            return ()
        known = [deal for deal in self.books.pending(None if plans else nodes) if deal not in done]
        paths = [DEAL.path.fill(account=self.books.deal(deal).account, deal=deal) for deal in known]
        found = self.objects.at_many(terms.commit.oid, paths)
        read = read_deals(self.objects, ((path, blob) for path, blob in found.items() if blob))
        deals = (deal for deal in read.values() if isinstance(deal, Deal))
        return tuple(deal for deal in deals if is_won(deal) or is_qualified(deal, terms))
