"""What does a node hold? Answered by listing a folder of empty files."""

from dataclasses import dataclass

from salesrepo.domain.fields import AccountKey, LayerId, NodeId
from salesrepo.domain.record import POINTER_CAP, Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class Hold:
    """This node holds this account's layer."""

    node: NodeId
    account: AccountKey
    layer: LayerId


HOLD = Kind(
    "hold",
    Hold,
    PathPattern("holds/<s:node>/<node>/<account>.<layer>"),
    Owner.SELLER,
    cap=POINTER_CAP,
    pointer=True,
)
