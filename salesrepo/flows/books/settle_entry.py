"""What is booked for the deals that one commit changes: taken back, paid anew, released, taken back by billing?"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from salesrepo.commission.billed.billing import Billing
from salesrepo.commission.billed.follow import Forfeits, Happened, follow
from salesrepo.commission.booked_lines import lines_that_hold, places, top_seqs
from salesrepo.commission.engine import Plans, asks_for, pay
from salesrepo.commission.leaving import forfeits
from salesrepo.commission.reverse import reverse
from salesrepo.commission.values import Credit, PassedOver, TotalKey
from salesrepo.commission.version import PlanVersion, ReadyComponent
from salesrepo.commission.waited import before_event, beside, left_to_pay
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.statement import LineItem, LineType, PlanRef
from salesrepo.errors import RefusedError
from salesrepo.flows.books.settle_billing import TAKING_BACK, Holdings, Said, said_in, stands, walk
from salesrepo.flows.books.settle_books import Books, waiting
from salesrepo.flows.books.settle_deals import Turn, Unrated
from salesrepo.flows.books.settle_events import QUALIFIED, billed_in, credits_in, is_won, qualified_in
from salesrepo.flows.books.settle_lookups import RecordLookups, lookups_at, lookups_of
from salesrepo.flows.books.settle_service import MONTH, served
from salesrepo.flows.books.settle_shares import share_out
from salesrepo.flows.books.settle_terms import Terms
from salesrepo.flows.books.settle_twice import twin_of

_TERMS_CAME = "it can be rated now"


@dataclass
class _Due:
    """What one turn has to book, and where each of its deals stands."""

    credits: list[Credit] = field(default_factory=list)
    gone: list[LineItem] = field(default_factory=list)
    seqs: dict[str, int] = field(default_factory=dict)
    entered: dict[tuple[str, TotalKey], int] = field(default_factory=dict)
    turns: dict[str, Turn] = field(default_factory=dict)


@dataclass
class Entry:
    """One commit's work in progress; `left_out` is what books nothing in it (settle_unfit)."""

    books: Books
    terms: Terms
    lines: list[LineItem] = field(default_factory=list)
    totals: dict[TotalKey, int] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    passed: list[PassedOver] = field(default_factory=list)
    unrated: list[Unrated] = field(default_factory=list)
    left_out: Collection[tuple[str, str]] = ()

    @cached_property
    def lookups(self) -> RecordLookups:
        """Metrics, recorded quotas and colleagues around the commit."""
        return lookups_of(self.terms)

    def turn(self, turns: Iterable[Turn]) -> None:
        """Take back what stands of changed deals, pay them as they are now, then follow what billing said of them."""
        due = _Due()
        for turn in turns:
            if turn.is_renamed and lines_that_hold(self.books.deal(turn.deal).lines):
                continue
            credits = None if self._is_taken(turn) or self._is_twin(turn) else self._credits(turn)
            if credits is not None:
                self._begin(turn, credits, due)
        self.pay(due.credits, holdings=Holdings(self.terms, due.turns), due=due)
        for said in said_in(due.turns.values()):
            self.follow(said, due.turns[said.deal])

    def _begin(self, turn: Turn, credits: tuple[Credit, ...], due: _Due) -> None:
        booked = self.books.deal(turn.deal).lines
        standing = lines_that_hold(booked)
        if turn.added is None:
            stale = _stale(standing) if turn.is_sold_anew else frozenset()
            old = tuple(x for x in standing if turn.after is None or x.event != QUALIFIED or x.key in stale)
            back = self._take_back(old, booked, turn.why)
            due.gone += back
            due.entered |= places(old)
            booked = (*booked, *back)
            standing = tuple(line for line in standing if line.key not in stale)
        if any(line.event == QUALIFIED for line in standing):
            credits = tuple(credit for credit in credits if credit.event.kind != QUALIFIED)
        self.account(turn.after or turn.before)
        due.credits += credits
        due.seqs |= top_seqs(booked)
        due.turns[turn.deal] = turn

    def pay(self, credits: list[Credit], *, holdings: Holdings, due: _Due | None = None) -> None:
        """Book credits by the terms of this commit; `due` has what was taken back just before."""
        due = due or _Due()
        self.know(credit.payee for credit in credits)
        plans = self.plans_for((*_keys(credits), *((line.payee, line.event_on) for line in due.gone)))
        history = self._history(plans)
        paid = pay(
            credits,
            plans,
            self.totals,
            calendar=self.terms.calendar,
            seqs=due.seqs | self._seqs(history),
            entered=due.entered,
            payees={payee: self.terms.payee(payee) for payee in {payee for payee, _ in plans}},
            history=history,
            undone=due.gone,
            booked_by=self._booked_by(due.gone),
            open_from=self.terms.open_from,
            rates=self.terms.rate,
            holding=holdings,
            lookups=self.lookups,
        )
        self.take(paid.lines, paid.totals, paid.passed)
        share_out(self, paid.lines, holdings)
        self._follow_true_ups(paid.lines, due)

    def _follow_true_ups(self, lines: Iterable[LineItem], due: _Due) -> None:
        """A deal that was cancelled or refunded before gives back its part of what another one's rows add to it."""
        for deal in dict.fromkeys(line.deal for line in lines if line.less and line.less.event):
            billed = self.terms.payments(deal) if deal not in due.turns else ()
            back = [one for one in billed if one.kind in TAKING_BACK]
            found = self.terms.deal_of(billed, deal) if back else None
            last = back[-1] if back else None
            billing = stands(found, billed, last.day) if last else None
            if last is not None and billing is not None:
                happened = Happened(f"{last.kind}-{last.payment}", last.day, self.terms.day, self.terms.commit.oid)
                self.follow_deal(deal, billing, happened)

    def follow(self, said: Said, turn: Turn) -> None:
        """Release, or take back, what a word of billing changes in the lines that its deal had before."""
        names = [f"{one.kind}-{one.payment}" for one in turn.billed]
        later = names[names.index(said.name) :] if turn.added is None else [said.name]
        happened = Happened(said.name, said.payment.day, self.terms.day, self.terms.commit.oid)
        self.follow_deal(said.deal, said.billing, happened, without=frozenset(later))

    def follow_deal(
        self, deal: str, billing: Billing, happened: Happened, *, without: frozenset[str] = frozenset()
    ) -> None:
        """Book what of a deal's lines is released or taken back as billing stands; not of those `without` events."""
        lines = (*self.books.deal(deal).lines, *(line for line in self.lines if line.deal == deal))
        standing = tuple(line for line in lines_that_hold(lines) if line.event not in without or line.about)
        self.know(line.payee for line in standing)
        done = follow(
            standing,
            self.component_of,
            billing,
            happened,
            calendar=self.terms.calendar,
            totals=self.totals,
            seqs=top_seqs(lines),
            open_from=self.terms.open_from,
            forfeits=self._given_up_by(happened.day),
        )
        self.take(done.lines, done.totals, ())

    def _given_up_by(self, day: date) -> Forfeits:
        """Whether a payee who has left by a day gives up what is held back of a line, by the plan that rated it."""

        def is_given_up(line: LineItem) -> bool:
            version = self.terms.before.booked_by(line.plan) if line.plan else None
            leaving = version.pay.leaving if version is not None and version.pay is not None else None
            return leaving is not None and forfeits(leaving, self.terms.payee(line.payee), day)

        return is_given_up

    def look_again(self, deals: Iterable[Deal]) -> None:
        """Rate what waited by the terms as this commit leaves them; what would go on waiting stays untouched."""
        for deal in sorted(deals, key=lambda deal: (deal.signed or deal.opened, deal.deal)):
            turn = Turn(deal.deal, None, deal, self.terms.payments(deal.deal))
            booked = self.books.deal(deal.deal).lines
            for credit in self._credits(turn) or ():
                mine = tuple(line for line in waiting(booked) if _is_of(line, credit))
                if mine:
                    self._try(turn, credit, mine, (*booked, *(x for x in self.lines if x.deal == deal.deal)))

    def _try(self, turn: Turn, credit: Credit, mine: tuple[LineItem, ...], booked: tuple[LineItem, ...]) -> None:
        event = credit.event
        days = dict.fromkeys((event.signed, event.day))
        after = {day: version for day in days if (version := self.terms.after.version(credit.payee, day))}
        if not after:
            return
        self.know([credit.payee])
        names = {version.plan for version in after.values()}
        standing = (line for line in lines_that_hold(booked) if line.type is LineType.EARNING and _is_of(line, credit))
        done = tuple(line for line in standing if line.plan is not None and line.plan.name in names)
        back = reverse(
            mine,
            self.totals,
            calendar=self.terms.calendar,
            booked_on=self.terms.day,
            commit=self.terms.commit.oid,
            why=_TERMS_CAME,
            seqs=top_seqs(booked),
            open_from=self.terms.open_from,
        )
        plans = {(credit.payee, day): (left_to_pay(version, done),) for day, version in after.items()}
        history = self._history(plans)
        paid = pay(
            [credit],
            plans,
            before_event(back.totals, done),
            calendar=self.terms.calendar,
            seqs=self._seqs(history) | top_seqs([*booked, *back.lines]),
            entered=places(done),
            payees={credit.payee: self.terms.payee(credit.payee)},
            history=history,
            open_from=self.terms.open_from,
            rates=self.terms.rate,
            holding=Holdings(self.terms, {}),
            lookups=lookups_at(self.terms.after),
        )
        if [line.needs for line in paid.lines if line.type is LineType.PENDING] != [line.needs for line in mine]:
            self.account(turn.after)
            self.take((*back.lines, *beside(paid.lines, done)), paid.totals, () if done else paid.passed)

    def plans_for(self, keys: Iterable[tuple[str, date]]) -> Plans:
        """The plan versions in force for payees on days."""
        return {key: (version,) for key in dict.fromkeys(keys) if (version := self.terms.version(*key))}

    def component_of(self, line: LineItem) -> ReadyComponent | None:
        """The component that paid a line, by the plan version that rated it."""
        version = self.terms.before.booked_by(line.plan) if line.plan else None
        return next((part for part in version.components if part.name == line.component), None) if version else None

    def _booked_by(self, lines: Iterable[LineItem]) -> dict[PlanRef, PlanVersion]:
        refs = {line.plan for line in lines if line.plan is not None}
        return {ref: version for ref in refs if (version := self.terms.before.booked_by(ref))}

    def _history(self, plans: Plans) -> dict[str, tuple[LineItem, ...]]:
        """The lines that stand of the payees whose plans look back, with those that this commit made."""
        backward = {payee for (payee, _), versions in plans.items() if any(each.looks_back for each in versions)}
        return {payee: self.standing_of(payee) for payee in sorted(backward)}

    def _seqs(self, payees: Iterable[str]) -> dict[str, int]:
        """The highest sequence numbers of all that these payees were ever booked: true-ups go on from there."""
        known = self.books.lines
        return top_seqs(line for payee in payees for line in (*known(payee), *self.lines) if line.payee == payee)

    def standing_of(self, payee: str) -> tuple[LineItem, ...]:
        """The lines of a payee that stand, with those that this commit made."""
        return lines_that_hold([*self.books.lines(payee), *(line for line in self.lines if line.payee == payee)])

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

    def _is_twin(self, turn: Turn) -> bool:
        """Whether the customer's order is paid already under the id of another deal."""
        deal = turn.after
        twin = twin_of(deal, self.books, self.terms)
        if deal is None or twin is None:
            return False
        why = f"{deal.deal} pays nothing: its order {deal.order!r} is that of {twin}, which is won as well."
        self.unrated.append(Unrated(deal.deal, self.terms.commit.oid, why))
        return True

    def _credits(self, turn: Turn) -> tuple[Credit, ...] | None:
        """The credits in all that is to be booked of a deal as it is now; None where it cannot be paid as it stands."""
        deal = turn.after
        if deal is None:
            return ()
        try:
            if is_won(deal):
                walk(turn, deal)
            qualified = qualified_in(deal, self.terms)
            won = credits_in(deal, self.terms) if is_won(deal) and turn.added is None else ()
            said = (turn.billed if turn.added is None else turn.added) if is_won(deal) else ()
            billed = (credit for payment in said for credit in billed_in(deal, payment, self.terms))
            return (*qualified, *won, *billed, *self._served(turn, won))
        except RefusedError as error:
            self.unrated.append(Unrated(turn.deal, self.terms.commit.oid, error.message))
            return None

    def _served(self, turn: Turn, won: Iterable[Credit]) -> Iterator[Credit]:
        """The credits in the months of service that closes have paid for, or would have if the deal had been there."""
        terms = self.terms
        asks = any(asks_for(version, MONTH) for key in _keys(won) if (version := terms.version(*key)))
        if turn.after is not None and asks:
            yield from served(turn.after, turn.billed, terms, after=date.min, by=terms.open_from)

    def _take_back(self, old: tuple[LineItem, ...], booked: tuple[LineItem, ...], why: str) -> tuple[LineItem, ...]:
        if not old:
            return ()
        self.know(line.payee for line in old)
        done = reverse(
            old,
            self.totals,
            calendar=self.terms.calendar,
            booked_on=self.terms.day,
            commit=self.terms.commit.oid,
            why=why,
            seqs=top_seqs(booked),
            open_from=self.terms.open_from,
        )
        self.take(done.lines, done.totals, ())
        return done.lines

    def take(self, lines: Iterable[LineItem], totals: Mapping[TotalKey, int], passed: Iterable[PassedOver]) -> None:
        """Add what was made."""
        self.lines += lines
        self.totals = dict(totals)
        self.passed += passed

    def know(self, payees: Iterable[str]) -> None:
        """Have the running totals of these payees at hand; those that this commit moved already are kept."""
        known = {key.payee for key in self.totals}
        new = sorted(set(payees) - known)
        self.totals = self.books.totals(new) | self.totals

    def account(self, deal: Deal | None) -> None:
        """Remember to which account a deal belongs."""
        if deal is not None:
            self.accounts[deal.deal] = deal.account


def _keys(credits: Iterable[Credit]) -> Iterator[tuple[str, date]]:
    for credit in credits:
        yield from ((credit.payee, day) for day in dict.fromkeys((credit.event.signed, credit.event.day)))


def _stale(standing: Iterable[LineItem]) -> frozenset[str]:
    """The lines that still wait of a pipeline for which nobody is paid yet: they are rated by what it is now."""
    qualified = [line for line in standing if line.event == QUALIFIED]
    waits = all(line.type is LineType.PENDING for line in qualified)
    return frozenset(line.key for line in qualified) if waits else frozenset()


def _is_of(line: LineItem, credit: Credit) -> bool:
    """Whether a pending line stands for this credit."""
    part, event = line.credit, credit.event
    return part is not None and (
        (line.payee, line.event, line.item, part.role, part.starts, part.ends, part.via, part.node)
        == (credit.payee, event.name, event.item, credit.role, credit.starts, credit.ends, credit.via, credit.node)
    )
