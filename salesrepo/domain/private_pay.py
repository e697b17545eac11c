"""Where pay is private: what lies with finance alone, and how does finance's main follow everybody's?

Finance's main holds two kinds of commits. Finance's own merges change the rooms of pay and nothing else; the others
bring over one commit of everybody's main each, and say which in a trailer.
"""

import re

from salesrepo.domain.kinds.main_pin import MAIN_PIN
from salesrepo.domain.kinds.settings import SETTINGS
from salesrepo.domain.snapshot import Snapshot

ROOMS = ("adjustments", "closes", "exports", "metrics", "payments", "plans", "quotas", "terms")
_INNER = ("disputes/pay/",)
_MIRRORS = re.compile(r"^Mirrors: ([0-9a-f]{40}|[0-9a-f]{64})$", re.M)


def is_of_pay(path: str) -> bool:
    """Whether what lies at a path belongs to finance alone where pay is private."""
    return path.partition("/")[0] in ROOMS or path.startswith(_INNER)


def is_finances(snapshot: Snapshot) -> bool:
    """Whether these are finance's records: those that follow everybody's."""
    return snapshot.blob(MAIN_PIN.path.text) is not None


def knows_pay(snapshot: Snapshot) -> bool:
    """Whether these records say what anybody is paid by: pay is open, or they are finance's."""
    settings = snapshot.get(SETTINGS)
    return settings is None or settings.pay == "open" or is_finances(snapshot)


def mirror_message(message: str, commit: str) -> str:
    """The message of the commit that brings `commit` over: its own words and trailers, and which one it is.

    It stands in the last paragraph, where nobody but a bot writes.
    """
    said = message.rstrip("\n")
    return f"{said}{_gap(said)}Mirrors: {commit}\n"


def mirrored(message: str) -> str | None:
    """The commit of everybody's main that a commit of finance's brings over; None where it does not say one."""
    last = message.rstrip("\n").rsplit("\n\n", 1)
    found = _MIRRORS.findall(last[-1]) if len(last) == 2 else []
    return found[0] if len(found) == 1 else None


def _gap(said: str) -> str:
    return "\n" if "\n\n" in said else "\n\n"
