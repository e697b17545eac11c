"""On merge: book what main says and the ledger does not."""

from dataclasses import replace

from salesrepo.flows.books.settle import Settlement, settle, settle_objects
from salesrepo.flows.books.settled import remarks
from salesrepo.flows.here.place import clock
from salesrepo.flows.proposals.mirror import books_at, catch_up, followed
from salesrepo.forge.local import LocalForge


def settle_merge(place: str, *, dry_run: bool = False) -> Settlement:
    """Settle the embedded forge in the folder `place`; a second run changes nothing, and `dry_run` only counts.

    Where pay is private, finance's records follow everybody's first.
    """
    now = clock()
    forge = books_at(place, now)
    before = forge.ledger()
    if dry_run:
        private = isinstance(forge, LocalForge) and forge.outer is not None
        main = followed(forge, forge.main())[0] if isinstance(forge, LocalForge) and private else forge.main()
        done = settle_objects(forge.repository(), main, before)
    else:
        catch_up(forge)
        done = settle(forge)
    return replace(done, remarks=tuple(remarks(forge.repository(), before, done, now=now)))
