"""Is a won deal the same sale as another one that is paid already, under an id of its own?

Asked of main alone, and of one folder: the account's. Two deals of an account with the customer's one order reference
are one sale, unless the second says why it is another (`apart`, which somebody looked at).
"""

from salesrepo.checks.words import plain_words
from salesrepo.commission.booked_lines import lines_that_hold
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.errors import SalesRepoError
from salesrepo.flows.books.settle_books import Books
from salesrepo.flows.books.settle_events import is_won
from salesrepo.flows.books.settle_terms import Terms


def twin_of(deal: Deal | None, books: Books, terms: Terms) -> Deal | None:
    """The deal by which this one's order is paid already; None where there is none, or where this one is the first.

    A deal whose lines stand stays the first, whatever comes later; of those that nothing was booked for it is the one
    with the lower number.
    """
    if deal is None or not is_won(deal) or not deal.order or deal.apart or _stands(deal, books):
        return None
    order = order_of(deal)
    folder = DEAL.path.fill(account=deal.account, deal="x").rpartition("/")[0]
    paths = terms.after.snapshot.paths(folder)
    for path in paths if len(paths) > 1 else ():
        try:
            other = terms.after.snapshot.read(DEAL, path)
        except SalesRepoError:
            continue
        if other is None or other.deal == deal.deal or not is_won(other) or order_of(other) != order:
            continue
        if _stands(other, books) or _age(other) < _age(deal):
            return other
    return None


def order_of(deal: Deal) -> str:
    """The customer's order reference as it is compared; empty where the deal has none."""
    return " ".join(plain_words(deal.order or "").casefold().split())


def _stands(deal: Deal, books: Books) -> bool:
    return bool(lines_that_hold(books.deal(deal.deal).lines))


def _age(deal: Deal) -> tuple[int, str]:
    return len(deal.deal), deal.deal
