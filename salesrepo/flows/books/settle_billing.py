"""What of a deal's pay is held back, released or taken back, as its billing records come in?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from salesrepo.commission.billed.billing import Billing, billing_of
from salesrepo.commission.billed.holdback import hold_back
from salesrepo.commission.billed.release import lacking
from salesrepo.commission.values import Event, ReadyComponent
from salesrepo.domain.kinds.deal import Deal
from salesrepo.domain.kinds.payment import Payment
from salesrepo.domain.statement import LineItem
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
        return f"{self.payment.kind}-{self.payment.payment}"


@dataclass(frozen=True)
class Holdings:
    """What is held back of lines that are booked now (commission/values.Holding).

    A deal that is booked in this turn stands where its own event found it; every other one where billing has it now.
    """

    terms: Terms
    turns: Mapping[str, Turn]

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
            billed = self.terms.payments(deal)
            found = self.terms.deal_of(billed, deal)
            return as_of(found, billed, day) if found is not None and is_won(found) else None
        if turn.after is None or not is_won(turn.after):
            return None
        known = known_by(turn, event)
        return as_of(turn.after, known, day)


def said_in(turns: Iterable[Turn]) -> Iterator[Said]:
    """What billing said of the deals of one commit, by day: all of it of a deal that is booked anew, else the new."""
    found = []
    for turn in turns:
        if turn.after is None or not is_won(turn.after):
            continue
        for payment in turn.billed if turn.added is None else turn.added:
            if payment.kind in BILLING:
                known = known_by(turn, f"{payment.kind}-{payment.payment}")
                found.append(Said(turn.deal, payment, as_of(turn.after, known, payment.day)))
    yield from sorted(found, key=lambda said: (said.payment.day, said.deal, said.payment.payment))


def known_by(turn: Turn, event: str) -> tuple[Payment, ...]:
    """The billing records of a deal up to and with that of an event: what was booked before, then the new in order."""
    new = turn.billed if turn.added is None else turn.added
    names = [f"{one.kind}-{one.payment}" for one in new]
    here = new[: names.index(event) + 1] if event in names else ()
    return (*(one for one in turn.billed if one not in new), *here)


def as_of(deal: Deal, payments: tuple[Payment, ...], day: date) -> Billing:
    """The deal with these billing records, whatever their order: the day is that of the latest."""
    return billing_of(deal, payments, day=max((day, *(one.day for one in payments))))
