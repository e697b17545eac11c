"""Is a won deal the same sale as another one that is paid already, under an id of its own?

Asked of main alone, and of one folder: the account's. Two deals of an account with the customer's one order reference
are one sale, unless the second says why it is another (`apart`, which somebody looked at).
"""

from collections.abc import Mapping

from salesrepo.checks.words import plain_words
from salesrepo.commission.booked_lines import lines_that_hold
from salesrepo.domain.change import FILE_MODE, Blob
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.errors import RecordError, SalesRepoError
from salesrepo.flows.books.settle_books import Books
from salesrepo.flows.books.settle_events import is_won
from salesrepo.flows.books.settle_terms import Terms
from salesrepo.store.snapshot import parse

_MOST = 50_000  # orders that are remembered by the blob that says them


def twin_of(deal: Deal | None, books: Books, terms: Terms) -> str | None:
    """The deal by which this one's order is paid already; None where there is none, or where this one is the first.

    A deal whose lines stand stays the first, whatever comes later; of those that nothing was booked for it is the one
    with the lower number.
    """
    if deal is None or not is_won(deal) or not deal.order or deal.apart or _stands(deal.deal, books):
        return None
    others = _won_orders(deal.account, terms).get(order_reference(deal), ())
    earlier = (one for one in others if _stands(one, books) or _age(one) < _age(deal.deal))
    return next((one for one in earlier if one != deal.deal), None)


def _won_orders(account: str, terms: Terms) -> dict[str, list[str]]:
    """The deals of an account that are won, as this commit leaves them, by their orders; found once for a commit."""
    return terms.after.once(("won orders", account), lambda: _read_orders(account, terms))


def _read_orders(account: str, terms: Terms) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    folder = DEAL.path.fill(account=account, deal="x").rpartition("/")[0]
    for path, blob in terms.after.snapshot.tree.list(folder):
        ids = DEAL.path.match(path)
        order = _won_on(terms, path, blob) if ids else ""
        if ids and order:
            found.setdefault(order, []).append(ids["deal"])
    return found


def note_orders(terms: Terms, read: Mapping[tuple[str, str], Deal | SalesRepoError]) -> None:
    """Remember the orders of deals that were read just now, by path and blob."""
    for (_, oid), deal in read.items():
        won = isinstance(deal, Deal) and is_won(deal)
        _remember(terms, oid, order_reference(deal) if won and isinstance(deal, Deal) else "")


def _won_on(terms: Terms, path: str, blob: Blob) -> str:
    """The order on which the deal in a file was won; empty for an open one, and for what cannot be read."""
    known = terms.after.memory.orders.get(blob.oid)
    if known is not None:
        return known
    try:
        found = parse(DEAL, terms.after.objects.read(blob.oid, DEAL.cap), path=path) if blob.mode == FILE_MODE else ()
    except RecordError:
        found = ()
    return _remember(terms, blob.oid, order_reference(found[0]) if found and is_won(found[0]) else "")


def _remember(terms: Terms, oid: str, order: str) -> str:
    orders = terms.after.memory.orders
    if len(orders) >= _MOST:
        orders.clear()
    orders[oid] = order
    return order


def order_reference(deal: Deal) -> str:
    """The customer's order reference as it is compared; empty where the deal has none."""
    return " ".join(plain_words(deal.order or "").casefold().split())


def _stands(deal: str, books: Books) -> bool:
    return bool(lines_that_hold(books.deal(deal).lines))


def _age(deal: str) -> tuple[int, str]:
    return len(deal), deal
