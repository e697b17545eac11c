"""On a connection over ssh: what was asked for, if it is one of the three things that may be."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from salesrepo.ci.event import forge_place
from salesrepo.errors import RefusedError
from salesrepo.flows.here.place import clock
from salesrepo.flows.proposals.serve import receive, reply, send, signed_in
from salesrepo.forge.wire import COMMAND, MOST

# No quote, blank, backslash or line break can be inside the quotes, and nothing before or after them.
_TRANSFER = re.compile(r"git-(upload|receive)-pack '(/[A-Za-z0-9._/-]{1,1000})'", re.ASCII)
_REPOSITORY = re.compile(r"/(?:master|forks/(?P<node>[a-z0-9-]{1,50}))\.git", re.ASCII)


def serve(place: str, forge_id: str, command: str, *, read: Callable[[int], bytes]) -> dict[str, Any] | None:
    """Do what `command` asks of the forge in `place` as the user `forge_id`, and nothing else.

    Returns the answer to a request (`read` gives at most so many bytes of it); None after a transfer, which spoke with
    the caller itself. Raises RefusedError for every other command: no part of one is ever run.
    """
    folder = Path(forge_place(place))
    caller = signed_in(folder, forge_id, now=clock())
    if command == COMMAND:
        return reply(caller, read(MOST + 1))
    asked = _TRANSFER.fullmatch(command)
    wanted = _repository(asked[2], (place.rstrip("/"), str(folder))) if asked else None
    if asked is None or wanted is None:
        raise RefusedError(
            f"{command[:80]!r} is not done here: this account serves one sales organisation and nothing else.",
            hint="Use the sr command, with the address that you were given.",
        )
    (send if asked[1] == "upload" else receive)(caller, wanted["node"])
    return None


def _repository(path: str, places: tuple[str, ...]) -> re.Match[str] | None:
    """Which repository a path means: nothing but one directly below the forge, whichever way that is spelt."""
    found = (_REPOSITORY.fullmatch(path.removeprefix(place)) for place in places if path.startswith(f"{place}/"))
    return next((match for match in found if match), None)
