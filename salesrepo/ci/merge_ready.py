"""After a verdict or an approval: merge what nothing and nobody is missing for."""

from salesrepo.errors import SalesRepoError
from salesrepo.flows.here.place import clock
from salesrepo.flows.here.workspace import forge_at
from salesrepo.flows.proposals.land import Landing, land, preview
from salesrepo.forge.base import ProposalState


def merge_ready(place: str, number: int | None = None, *, dry_run: bool = False) -> tuple[Landing, ...]:
    """Land one proposal, or every open one in the order of their numbers; with `dry_run`, only say what would be."""
    now = clock()
    forge = forge_at("local", place, now)
    numbers = [number] if number is not None else [p.number for p in forge.list(ProposalState.OPEN)]
    step = preview if dry_run else land
    landings: list[Landing] = []
    for one in numbers:
        try:
            landings.append(step(forge, one, now=now))
        except SalesRepoError as trouble:
            if number is not None:
                raise
            landings.append(Landing(one, "refused", reason=trouble.message))
    return tuple(landings)
