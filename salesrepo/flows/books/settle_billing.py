"""What of a deal's pay is held back, released or taken back, as its billing records come in?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from salesrepo.commission.billed.billing import Billing, RunningBilling, billing_of, running_billing
from salesrepo.commission.billed.holdback import hold_back
from salesrepo.commission.billed.release import lacking
from salesrepo.commission.values import Event
from salesrepo.commission.version import ReadyComponent
from salesrepo.domain.kinds.deal import Deal
from salesrepo.domain.kinds.payment import Payment
from salesrepo.domain.statement import LineItem
from salesrepo.errors import RefusedError
from salesrepo.flows.books.settle_deals import Turn
from salesrepo.flows.books.settle_events import BILLING, is_won
from salesrepo.flows.books.settle_terms import Terms

TAKING_BACK = ("refunded", "cancelled")


@dataclass(frozen=True, slots=True)
class Said:
    """What billing said of a deal, and how far the deal was then. `name` is the event's in keys."""

    deal: str
    payment: Payment
    billing: Billing

    @property
    def name(self) -> str:
        """The event's name in keys."""
        return name_of(self.payment)


@dataclass(frozen=True)
class Holdings:
    """What is held back of lines that are booked now (commission/values.Holding).

    A deal that is booked in this turn stands where its own event found it; every other one where billing has it now.
    """

    terms: Terms
    turns: Mapping[str, Turn]
    _walks: dict[str, "Walk"] = field(default_factory=dict, repr=False)
    _others: dict[str, RunningBilling | None] = field(default_factory=dict, repr=False)

    def lacks(self, event: Event, component: ReadyComponent) -> str | None:
        """See commission/values.Holding."""
        billing = self._billing(event.deal, event.name, event.day)
        return lacking(component.release, billing) if billing is not None else None

    def reserve(self, line: LineItem, component: ReadyComponent) -> LineItem | None:
        """See commission/values.Holding."""
        billing = self._billing(line.deal, line.event, line.event_on)
        return hold_back(line, component, billing) if billing is not None else None

    def _billing(self, deal: str, event: str, day: date) -> Billing | None:
        turn = self.turns.get(deal)
        if turn is None:
            if deal not in self._others:
                self._others[deal] = self._other(deal)
            other = self._others[deal]
            return other.as_of(day) if other is not None else None
        if turn.after is None or not is_won(turn.after):
            return None
        if deal not in self._walks:
            self._walks[deal] = walk(turn, turn.after)
        return self._walks[deal].after(event, day)

    def _other(self, deal: str) -> RunningBilling | None:
        billed = self.terms.payments(deal)
        found = self.terms.deal_of(billed, deal)
        try:
            return running_billing(found, billed) if found is not None and is_won(found) else None
        except RefusedError:  # reported when it came
            return None


@dataclass(frozen=True)
class Walk:
    """How far a deal was after each of its new billing records: what was booked before, then those in order."""

    before: Billing
    after_each: Mapping[str, Billing]

    def after(self, event: str, day: date) -> Billing:
        """The deal after an event; one that is no new record finds it as it was before them."""
        found = self.after_each.get(event, self.before)
        return found._replace(day=max(found.day, day))


def walk(turn: Turn, deal: Deal) -> Walk:
    """Walk through the billing records of a won deal, once. Raises RefusedError where one cannot be counted."""
    new = turn.billed if turn.added is None else turn.added
    names = {name_of(one) for one in new}
    running = running_billing(deal, (one for one in turn.billed if name_of(one) not in names))
    before, after = running.as_of(date.min), {}
    for one in new:
        running.add(one)
        after[name_of(one)] = running.as_of(one.day)
    return Walk(before, after)


def name_of(payment: Payment) -> str:
    """The name in keys of what a billing record says happened."""
    return f"{payment.kind}-{payment.payment}"


def said_in(turns: Iterable[Turn]) -> Iterator[Said]:
    """What billing said of the deals of one commit, by day: all of it of a deal that is booked anew, else the new."""
    found = []
    for turn in turns:
        if turn.after is None or not is_won(turn.after):
            continue
        walked = walk(turn, turn.after)
        for payment in turn.billed if turn.added is None else turn.added:
            if payment.kind in BILLING:
                found.append(Said(turn.deal, payment, walked.after_each[name_of(payment)]))
    yield from sorted(found, key=lambda said: (said.payment.day, said.deal, said.payment.payment))


def stands(deal: Deal | None, payments: tuple[Payment, ...], day: date) -> Billing | None:
    """A deal as billing has it; None where it is not won, or cannot be counted, which was reported when it came."""
    try:
        return as_of(deal, payments, day) if deal is not None and is_won(deal) else None
    except RefusedError:
        return None


def as_of(deal: Deal, payments: tuple[Payment, ...], day: date) -> Billing:
    """The deal with these billing records, whatever their order: the day is that of the latest."""
    return billing_of(deal, payments, day=max((day, *(one.day for one in payments))))
