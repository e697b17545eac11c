"""Who may sell one layer to one account, until when, and by which territory?"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from salesrepo.domain.fields import AccountKey, LayerId, Line, NodeId, Pattern
from salesrepo.domain.kinds.imported import Imported
from salesrepo.domain.record import Kind, Owner, PathPattern

TerritoryPath = Annotated[
    str, Pattern(r"[a-z0-9][a-z0-9-]*(?:/[a-z0-9][a-z0-9-]*)+", "a territory's path such as emea/dach-mid")
]

DEFAULT_LAYER = "core"


@dataclass(frozen=True, kw_only=True)
class Claim:
    """The lease of one account's layer. Never deleted: a released one keeps its last holder and dates.

    Held from `since`; `until` is the last day kept, `renewed` plus the policy's days. `provisional` while the account's
    deciding facts are unverified: no deal on it can be won.
    """

    account: AccountKey
    layer: LayerId
    status: Literal["held", "released"]
    holder: NodeId
    territory: TerritoryPath
    since: date
    renewed: date
    until: date
    provisional: bool = False
    note: Line | None = None
    imported: Imported | None = None


CLAIM = Kind("claim", Claim, PathPattern("claims/<s:account>/<account>/<layer>.yml"), Owner.SELLER)
