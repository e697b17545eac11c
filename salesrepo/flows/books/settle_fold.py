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
from salesrepo.flows.books.settle_deals import Unrated, read_deals, turns_of
from salesrepo.flows.books.settle_entry import Entry
from salesrepo.flows.books.settle_events import is_won
from salesrepo.flows.books.settle_terms import Memory, Terms, terms_of
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
        terms = terms_of(self.objects, commit, self.memory)
        turns, unrated = turns_of(self.objects, terms, changes)
        entry = Entry(self.books, terms, unrated=list(unrated))
        entry.turn(turns)
        entry.look_again(self._waiting(changes, terms, {turn.deal for turn in turns}))
        adjust(self.objects, entry, changes)
        for change in changes:
            ids = CLOSE.path.match(change.path)
            if ids and change.before is None:
                close_month(entry, ids["period"])
        files = self.books.book(commit.oid, tuple(entry.lines), entry.totals, entry.accounts) if entry.lines else {}
        looked_at = frozenset(turn.deal for turn in turns)
        return Booking(commit, tuple(entry.lines), files, tuple(entry.passed), tuple(entry.unrated), looked_at)

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
        return tuple(deal for deal in read.values() if isinstance(deal, Deal) and is_won(deal))
