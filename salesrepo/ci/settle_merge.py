"""On merge: book what main says and the ledger does not."""

from dataclasses import replace

from salesrepo.flows.books.settle import Settlement, settle, settle_objects
from salesrepo.flows.books.settled import remarks
from salesrepo.flows.here.place import clock
from salesrepo.flows.here.workspace import forge_at


def settle_merge(place: str, *, dry_run: bool = False) -> Settlement:
    """Settle the embedded forge in the folder `place`; a second run changes nothing, and `dry_run` only counts."""
    now = clock()
    forge = forge_at("local", place, now)
    before = forge.ledger()
    done = settle_objects(forge.repository(), forge.main(), before) if dry_run else settle(forge)
    return replace(done, remarks=tuple(remarks(forge.repository(), before, done, now=now)))
