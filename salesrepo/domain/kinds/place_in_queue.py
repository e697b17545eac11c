"""Who waits for a lead that somebody else holds, and as which?"""

from dataclasses import dataclass
from datetime import date

from salesrepo.domain.fields import AccountKey, Count, LayerId, NodeId
from salesrepo.domain.kinds.claim import TerritoryPath
from salesrepo.domain.record import Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class PlaceInQueue:
    """A node's place in the waiting list of a claim: one more than the highest when it was accepted.

    `territory` is the one in which the node would hold the account, judged as for a claim.
    """

    account: AccountKey
    layer: LayerId
    node: NodeId
    place: Count
    asked: date
    territory: TerritoryPath


PLACE_IN_QUEUE = Kind(
    "place-in-queue",
    PlaceInQueue,
    PathPattern("claims/<s:account>/<account>/<layer>.queue/<node>.yml"),
    Owner.SELLER,
)
