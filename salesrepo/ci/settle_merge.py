"""On merge: book what main says and the ledger does not."""

from salesrepo.flows.books.settle import Settlement, settle, settle_objects
from salesrepo.flows.here.place import clock
from salesrepo.flows.here.workspace import forge_at


def settle_merge(place: str, *, dry_run: bool = False) -> Settlement:
    """Settle the embedded forge in the folder `place`; a second run changes nothing, and `dry_run` only counts."""
    forge = forge_at("local", place, clock())
    if dry_run:
        return settle_objects(forge.repository(), forge.main(), forge.ledger())
    return settle(forge)
