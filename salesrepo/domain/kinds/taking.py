"""Which claims did a node take lately and let go again? Answered by listing a folder of empty files for each day."""

from dataclasses import dataclass
from datetime import date

from salesrepo.domain.fields import AccountKey, LayerId, NodeId
from salesrepo.domain.record import POINTER_CAP, Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class Taking:
    """This node took this claim on this day, and it was released within the week: it counts as taken all the same."""

    node: NodeId
    day: date
    account: AccountKey
    layer: LayerId


TAKING = Kind(
    "taking",
    Taking,
    PathPattern("takings/<s:node>/<node>/<day>/<account>.<layer>"),
    Owner.SELLER,
    cap=POINTER_CAP,
    pointer=True,
)
