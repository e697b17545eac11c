"""On a schedule, every night: write down what is due by itself."""

from pathlib import Path

from salesrepo.flows.here.place import clock
from salesrepo.flows.proposals.sweep import Swept
from salesrepo.flows.proposals.sweep import sweep as write_down
from salesrepo.forge.local import LocalForge


def sweep(place: str, *, dry_run: bool = False) -> Swept:
    """Sweep the embedded forge in the folder `place`; a second run changes nothing, and `dry_run` only tells."""
    now = clock()
    forge = LocalForge(Path(place), lambda: int(now.timestamp()))
    if forge.outer is not None:  # what is due is due among everybody's records, which finance's follow
        forge = LocalForge(forge.outer, forge.clock)
    return write_down(forge, now=now, dry_run=dry_run)
