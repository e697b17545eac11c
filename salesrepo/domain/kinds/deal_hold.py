"""Which open deals does a node work on? Answered by listing a folder of empty files."""

from dataclasses import dataclass

from salesrepo.domain.fields import AccountKey, DealId, NodeId
from salesrepo.domain.record import POINTER_CAP, Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class DealHold:
    """This node works on this open deal; removed when the deal is won or lost."""

    node: NodeId
    account: AccountKey
    deal: DealId


DEAL_HOLD = Kind(
    "deal-hold",
    DealHold,
    PathPattern("holds/<s:node>/<node>/<account>/<deal>"),
    Owner.SELLER,
    cap=POINTER_CAP,
    pointer=True,
)
