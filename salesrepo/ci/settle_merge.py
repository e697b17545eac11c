"""On merge: book what main says and the ledger does not."""

from salesrepo.flows.place import clock
from salesrepo.flows.settle import Settlement, settle
from salesrepo.flows.workspace import forge_at


def settle_merge(place: str) -> Settlement:
    """Settle the embedded forge in the folder `place`; a second run changes nothing."""
    return settle(forge_at("local", place, clock()))
