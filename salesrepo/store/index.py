"""Where does a seller's machine keep what they hold, so that `sr log` asks nobody?"""

import json
from pathlib import Path

from salesrepo.domain.holding import DealEntry, Holding, Holdings
from salesrepo.errors import RefusedError
from salesrepo.files import replace_file

FILE = "index.json"


def write_index(folder: Path, holdings: Holdings) -> None:
    """Replace the index in a workspace's `.git/salesrepo`."""
    plain = holdings._asdict()
    plain["claims"] = [claim._asdict() for claim in holdings.claims]
    plain["deals"] = [deal._asdict() for deal in holdings.deals]
    replace_file(folder / FILE, json.dumps(plain).encode())


def read_index(folder: Path) -> Holdings:
    """The index. Raises RefusedError where it is absent or damaged; `sr sync` makes it anew."""
    try:
        known = json.loads((folder / FILE).read_bytes())
        return Holdings(
            **{
                **known,
                "meaningful": tuple(known["meaningful"]),
                "claims": tuple(Holding(**{**claim, "also": tuple(claim["also"])}) for claim in known["claims"]),
                "deals": tuple(DealEntry(**deal) for deal in known["deals"]),
            }
        )
    except FileNotFoundError:
        raise RefusedError("What you hold is not known here yet.", hint="Run: sr sync") from None
    except (ValueError, KeyError, TypeError):
        raise RefusedError("The list of what you hold is damaged.", hint="Run: sr sync") from None
