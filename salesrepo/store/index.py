"""Where does a seller's machine keep what they hold, so that `sr log` asks nobody?"""

import json
from pathlib import Path
from typing import Any

from salesrepo.domain.holding import DealEntry, Holding, Holdings, Lease
from salesrepo.errors import RefusedError
from salesrepo.files import replace_file

FILE = "index.json"
VERSION = 2  # of what is kept of each claim and deal: another one is written anew by `sr sync`


def write_index(folder: Path, holdings: Holdings) -> None:
    """Replace the index in a workspace's `.git/salesrepo`."""
    plain = holdings._asdict()
    plain["version"] = VERSION
    plain["claims"] = [{**claim._asdict(), "lease": claim.lease._asdict()} for claim in holdings.claims]
    plain["deals"] = [deal._asdict() for deal in holdings.deals]
    replace_file(folder / FILE, json.dumps(plain).encode())


def read_index(folder: Path) -> Holdings:
    """The index. Raises RefusedError where it is absent or damaged; `sr sync` makes it anew."""
    try:
        known = json.loads((folder / FILE).read_bytes())
        if known.pop("version", 1) != VERSION and "claims" in known:
            raise RefusedError("What you hold was noted by another version of salesrepo.", hint="Run: sr sync")
        return Holdings(
            **{
                **known,
                "meaningful": tuple(known["meaningful"]),
                "claims": tuple(map(_holding, known["claims"])),
                "deals": tuple(DealEntry(**deal) for deal in known["deals"]),
            }
        )
    except FileNotFoundError:
        raise RefusedError("What you hold is not known here yet.", hint="Run: sr sync") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise RefusedError("The list of what you hold is damaged.", hint="Run: sr sync") from None


def _holding(plain: dict[str, Any]) -> Holding:
    return Holding(**{**plain, "also": tuple(plain["also"]), "lease": Lease(**plain["lease"])})
