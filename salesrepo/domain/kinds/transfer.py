"""Which claim passes from one node to another, by whose agreement, and who is credited for what was begun?"""

from dataclasses import dataclass
from datetime import date

from salesrepo.domain.fields import AccountKey, LayerId, Line, NodeId, Percent, Slug
from salesrepo.domain.record import Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """One layer of an account passes to `receiver`; `giver_share` of deals won up to and on `until` stays credited."""

    transfer: Slug
    account: AccountKey
    layer: LayerId
    giver: NodeId
    receiver: NodeId
    day: date
    giver_share: Percent | None = None
    until: date | None = None
    reason: Line | None = None


TRANSFER = Kind("transfer", Transfer, PathPattern("transfers/<s:account>/<account>/<transfer>.yml"), Owner.SELLER)
