"""What does one commit of main book? The difference between the lines that should exist and those that stand.

Commits are folded one at a time, and what each books depends on main alone: on the commit, its first parent, and what
the commits before it have booked.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from salesrepo.commission.booked_lines import lines_that_hold, places, top_seqs
from salesrepo.commission.engine import Plans, pay
from salesrepo.commission.reverse import reverse
from salesrepo.commission.values import Credit, PassedOver, Payee, TotalKey
from salesrepo.domain.change import PathChange
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.plan import PLAN
from salesrepo.domain.statement import LineItem, LineType
from salesrepo.errors import RefusedError
from salesrepo.flows.books.settle_books import Books, waiting
from salesrepo.flows.books.settle_deals import Turn, Unrated, credits_in, is_won, read_deals, turns_of
from salesrepo.flows.books.settle_terms import Memory, Terms, terms_of
from salesrepo.vcs.history import Commit, changed_paths
from salesrepo.vcs.objects import Objects

_ROOMS = ("deals", "nodes", "plans")  # where a change can book something; payments will be one of them
_PLAN_CAME = "it can be rated now"


@dataclass(frozen=True, slots=True)
class Booking:
    """What one main commit books: its lines in booking order and the files that hold them."""

    commit: Commit
    lines: tuple[LineItem, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    passed: tuple[PassedOver, ...] = ()
    unrated: tuple[Unrated, ...] = ()


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
        turns, unrated = turns_of(self.objects, commit.oid, changes)
        entry = _Entry(self.books, terms, unrated=list(unrated))
        entry.turn(turns)
        entry.look_again(self._waiting(changes, terms, {turn.deal for turn in turns}))
        files = self.books.book(commit.oid, tuple(entry.lines), entry.totals, entry.accounts) if entry.lines else {}
        return Booking(commit, tuple(entry.lines), files, tuple(entry.passed), tuple(entry.unrated))

    def _changes(self, commit: Commit) -> tuple[PathChange, ...]:
        """The changed paths, if a room that matters has changed at all: most commits only log activities elsewhere."""
        parent = commit.parents[0] if commit.parents else None
        if parent and self.objects.at_many(parent, _ROOMS) == self.objects.at_many(commit.oid, _ROOMS):
            return ()
        return changed_paths(self.objects.repo, parent, commit.oid)

    def _waiting(self, changes: Iterable[PathChange], terms: Terms, done: set[str]) -> tuple[Deal, ...]:
        """The deals with a pending line whose payee's terms this commit changes, as main holds them."""
        nodes = {ids["node"] for change in changes if (ids := NODE.path.match(change.path))}
        plans = any(PLAN.path.match(change.path) for change in changes)
        if not nodes and not plans:
            return ()
        known = [deal for deal in self.books.pending(None if plans else nodes) if deal not in done]
        paths = [DEAL.path.fill(account=self.books.deal(deal).account, deal=deal) for deal in known]
        found = self.objects.at_many(terms.commit.oid, paths)
        read = read_deals(self.objects, ((path, blob) for path, blob in found.items() if blob))
        return tuple(deal for deal in read.values() if isinstance(deal, Deal) and is_won(deal))


@dataclass
class _Entry:
    """One commit's work in progress."""

    books: Books
    terms: Terms
    lines: list[LineItem] = field(default_factory=list)
    totals: dict[TotalKey, int] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    passed: list[PassedOver] = field(default_factory=list)
    unrated: list[Unrated] = field(default_factory=list)

    def turn(self, turns: Iterable[Turn]) -> None:
        """Take back what stands of changed deals, then pay them as they are now."""
        due: list[Credit] = []
        gone: list[LineItem] = []
        seqs: dict[str, int] = {}
        entered: dict[tuple[str, TotalKey], int] = {}
        for turn in turns:
            credits = None if self._is_taken(turn) else self._credits(turn)
            if credits is None:
                continue
            booked = self.books.deal(turn.deal).lines
            old = lines_that_hold(booked)
            back = self._take_back(old, booked, turn.why)
            self._account(turn.after or turn.before)
            due += credits
            gone += back
            seqs |= top_seqs([*booked, *back])
            entered |= places(old)
        self._know(credit.payee for credit in due)
        keys = dict.fromkeys((*_keys(due), *((line.payee, line.event_on) for line in gone)))
        plans = {key: (version,) for key in keys if (version := self.terms.version(*key))}
        paid = pay(
            due,
            plans,
            self.totals,
            calendar=self.terms.calendar,
            seqs=seqs,
            entered=entered,
            payees=self._payees(plans),
            history=self._history(plans),
            undone=gone,
        )
        self._take(paid.lines, paid.totals, paid.passed)

    def look_again(self, deals: Iterable[Deal]) -> None:
        """Rate what waited by the terms as this commit leaves them; what would go on waiting stays untouched."""
        for deal in sorted(deals, key=lambda deal: (deal.signed, deal.deal)):
            credits = self._credits(Turn(deal.deal, None, deal)) or ()
            booked = self.books.deal(deal.deal).lines
            for credit in credits:
                mine = tuple(line for line in waiting(booked) if _is_of(line, credit))
                if mine:
                    self._try(deal, credit, mine, (*booked, *(x for x in self.lines if x.deal == deal.deal)))

    def _try(self, deal: Deal, credit: Credit, mine: tuple[LineItem, ...], booked: tuple[LineItem, ...]) -> None:
        version = self.terms.after.version(credit.payee, credit.event.signed)
        if version is None:
            return
        self._know([credit.payee])
        calendar, day, commit = self.terms.calendar, self.terms.day, self.terms.commit.oid
        back = reverse(
            mine, self.totals, calendar=calendar, booked_on=day, commit=commit, why=_PLAN_CAME, seqs=top_seqs(booked)
        )
        plans = {(credit.payee, credit.event.signed): (version,)}
        paid = pay(
            [credit],
            plans,
            back.totals,
            calendar=calendar,
            seqs=top_seqs([*booked, *back.lines]),
            payees=self._payees(plans),
            history=self._history(plans),
        )
        if [line.needs for line in paid.lines if line.type is LineType.PENDING] != [line.needs for line in mine]:
            self._account(deal)
            self._take((*back.lines, *paid.lines), paid.totals, paid.passed)

    def _payees(self, plans: Plans) -> dict[str, Payee]:
        return {payee: self.terms.payee(payee) for payee in {payee for payee, _ in plans}}

    def _history(self, plans: Plans) -> dict[str, tuple[LineItem, ...]]:
        """The lines that stand of the payees whose plans look back, with those that this commit made."""
        backward = {payee for (payee, _), versions in plans.items() if any(each.looks_back for each in versions)}
        return {
            payee: lines_that_hold([*self.books.lines(payee), *(line for line in self.lines if line.payee == payee)])
            for payee in backward
        }

    def _is_taken(self, turn: Turn) -> bool:
        """Whether the lines under a deal's id belong to a deal of another account, which is still there."""
        known, now = self.books.deal(turn.deal), turn.after or turn.before
        if not known.lines or now is None or known.account == now.account:
            return False
        if self.terms.after.snapshot.blob(DEAL.path.fill(account=known.account, deal=turn.deal)) is None:
            return False
        why = f"{turn.deal} of {now.account} pays nothing: {known.account} has a deal of the same id."
        self.unrated.append(Unrated(turn.deal, self.terms.commit.oid, why))
        return True

    def _credits(self, turn: Turn) -> tuple[Credit, ...] | None:
        """The credits of a deal as it is now, none where it is not won; None where it cannot be paid as it stands."""
        if turn.after is None or not is_won(turn.after):
            return ()
        try:
            return credits_in(turn.after, self.terms)
        except RefusedError as error:
            self.unrated.append(Unrated(turn.deal, self.terms.commit.oid, error.message))
            return None

    def _take_back(self, old: tuple[LineItem, ...], booked: tuple[LineItem, ...], why: str) -> tuple[LineItem, ...]:
        if not old:
            return ()
        self._know(line.payee for line in old)
        done = reverse(
            old,
            self.totals,
            calendar=self.terms.calendar,
            booked_on=self.terms.day,
            commit=self.terms.commit.oid,
            why=why,
            seqs=top_seqs(booked),
        )
        self._take(done.lines, done.totals, ())
        return done.lines

    def _take(self, lines: Iterable[LineItem], totals: Mapping[TotalKey, int], passed: Iterable[PassedOver]) -> None:
        self.lines += lines
        self.totals = dict(totals)
        self.passed += passed

    def _know(self, payees: Iterable[str]) -> None:
        """Have the running totals of these payees at hand; those that this commit moved already are kept."""
        known = {key.payee for key in self.totals}
        new = sorted(set(payees) - known)
        self.totals = self.books.totals(new) | self.totals

    def _account(self, deal: Deal | None) -> None:
        if deal is not None:
            self.accounts[deal.deal] = deal.account


def _keys(credits: Iterable[Credit]) -> Iterator[tuple[str, date]]:
    return iter(dict.fromkeys((credit.payee, credit.event.signed) for credit in credits))


def _is_of(line: LineItem, credit: Credit) -> bool:
    """Whether a pending line stands for this credit."""
    part, event = line.credit, credit.event
    return part is not None and (line.payee, line.item, part.role, part.starts, part.ends) == (
        credit.payee,
        event.item,
        credit.role,
        credit.starts,
        credit.ends,
    )
