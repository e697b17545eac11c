"""On a schedule, or when somebody asks: is the ledger what main says?"""

from salesrepo.domain.verification import VerifyReport
from salesrepo.flows.books.pay import verify_forge
from salesrepo.flows.here.place import clock
from salesrepo.flows.proposals.mirror import books_at


def verify_ledger(place: str) -> VerifyReport:
    """Recompute the ledger of the embedded forge in the folder `place`."""
    now = clock()
    return verify_forge(books_at(place, now), now=now)
