"""On a schedule, every night: write down what is due by itself."""

from pathlib import Path

from salesrepo.flows.here.place import clock
from salesrepo.flows.proposals.sweep import Swept
from salesrepo.flows.proposals.sweep import sweep as write_down
from salesrepo.forge.local import LocalForge


def sweep(place: str, *, dry_run: bool = False) -> Swept:
    """Sweep the embedded forge in the folder `place`; a second run changes nothing, and `dry_run` only tells."""
    now = clock()
    return write_down(LocalForge(Path(place), lambda: int(now.timestamp())), now=now, dry_run=dry_run)
