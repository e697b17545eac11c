"""Which months of a deal's service are over, and who is paid for them?"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import count, takewhile

from salesrepo.commission.billed.billing import months_after
from salesrepo.commission.engine import asks_for
from salesrepo.commission.values import Credit
from salesrepo.domain.kinds.deal import Deal
from salesrepo.domain.kinds.payment import Payment
from salesrepo.flows.books.settle_billing import as_of
from salesrepo.flows.books.settle_events import served_in
from salesrepo.flows.books.settle_terms import Terms

MONTH = "month"
_DAY = timedelta(days=1)


def served(deal: Deal, billed: tuple[Payment, ...], terms: Terms, *, after: date, by: date) -> Iterator[Credit]:
    """The credits, of those whose plans pay for it, in each month of service that was over after a day, up to another.

    A deal serves for its term, and until it is cancelled. Raises RefusedError where its numbers cannot be paid on.
    """
    starts = deal.starts or deal.signed
    if starts is None:
        return
    for number in _over(starts, deal.term, by):
        over = months_after(starts, number)
        cancelled = as_of(deal, billed, over).cancelled if over > after else over - _DAY
        if cancelled is None or cancelled >= over:
            yield from _asking(served_in(deal, number, over - _DAY, terms), terms)


def _over(starts: date, term: int | None, by: date) -> Iterable[int]:
    return takewhile(lambda number: months_after(starts, number) <= by and number <= (term or number), count(1))


def _asking(credits: Iterable[Credit], terms: Terms) -> Iterator[Credit]:
    for credit in credits:
        days = dict.fromkeys((credit.event.signed, credit.event.day))
        versions = (terms.version(credit.payee, day) for day in days)
        if any(version is not None and asks_for(version, MONTH) for version in versions):
            yield credit
