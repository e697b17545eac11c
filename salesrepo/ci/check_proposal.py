"""On a proposal: judge it and record the verdict."""

from salesrepo.flows.here.place import clock
from salesrepo.flows.here.workspace import forge_at
from salesrepo.flows.proposals.land import Landing, land


def check_proposal(place: str, number: int) -> Landing:
    """The verdict on one proposal of the embedded forge in the folder `place`; nothing is merged."""
    now = clock()
    return land(forge_at("local", place, now), number, now=now, merge=False)
