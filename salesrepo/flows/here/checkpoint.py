"""What has this copy seen of main and of the ledger, and do both still hold it?

Both only grow. What was seen is kept in a file of this copy's own, so that nobody who moves the company's branches, or
this copy's idea of them, moves it as well.
"""

import json
from dataclasses import dataclass

from salesrepo.errors import SalesRepoError
from salesrepo.files import replace_file
from salesrepo.flows.here.workspace import SEEN_LEDGER, SEEN_MAIN, Workspace
from salesrepo.vcs.history import builds_on
from salesrepo.vcs.objects import OID

_FILE = "checkpoint.json"
_NAMES = {SEEN_MAIN: "records", SEEN_LEDGER: "books"}


@dataclass(frozen=True, slots=True)
class Lost:
    """A branch that lacks what was seen of it: which (a ref of what is seen), its tip then and now (None: gone)."""

    ref: str
    seen: str
    now: str | None

    @property
    def sentence(self) -> str:
        """What happened."""
        now = f"now {self.now[:12]}" if self.now else "now there are none"
        return f"The company's {_NAMES[self.ref]} no longer hold what this copy has seen ({self.seen[:12]}, {now})."


def seen(ws: Workspace) -> dict[str, str]:
    """The last tip that was seen of each branch, by the ref of what is seen; empty in a copy that never looked."""
    try:
        known = json.loads((ws.desk.folder / _FILE).read_bytes())
        return {ref: known[ref] for ref in _NAMES if OID.fullmatch(known.get(ref, ""))}
    except (FileNotFoundError, ValueError, TypeError, AttributeError):
        return {}


def lost(ws: Workspace) -> tuple[Lost, ...]:
    """The branches that were rewound, forked or cut off since this copy looked last."""
    found = []
    for ref, tip in seen(ws).items():
        now = ws.objects.tip(ref)
        if now is None or not _holds(ws, tip, now):
            found.append(Lost(ref, tip, now))
    return tuple(found)


def remember(ws: Workspace) -> None:
    """Take what this copy sees now as seen. The caller has found nothing lost."""
    now = {ref: tip for ref in _NAMES if (tip := ws.objects.tip(ref))}
    if now != seen(ws):
        replace_file(ws.desk.folder / _FILE, json.dumps(now).encode())


def _holds(ws: Workspace, old: str, new: str) -> bool:
    try:
        return builds_on(ws.objects, old, new)
    except SalesRepoError:  # what was seen is not even here any more
        return False
