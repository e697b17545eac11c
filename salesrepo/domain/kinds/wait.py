"""For which leads does a node wait? Answered by listing a folder of empty files."""

from dataclasses import dataclass

from salesrepo.domain.fields import AccountKey, LayerId, NodeId
from salesrepo.domain.record import POINTER_CAP, Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class Wait:
    """This node has a place in the queue of this account's layer."""

    node: NodeId
    account: AccountKey
    layer: LayerId


WAIT = Kind(
    "wait",
    Wait,
    PathPattern("waits/<s:node>/<node>/<account>.<layer>"),
    Owner.SELLER,
    cap=POINTER_CAP,
    pointer=True,
)
