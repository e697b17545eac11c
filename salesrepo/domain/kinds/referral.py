"""Who brought a lead to a colleague?"""

from dataclasses import dataclass
from datetime import date

from salesrepo.domain.fields import AccountKey, LayerId, Line, NodeId
from salesrepo.domain.record import Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class ReferredLead:
    """One layer of an account that `by` referred to `to` on `day`. What it earns stands in policy/claims.yml."""

    account: AccountKey
    layer: LayerId
    by: NodeId
    to: NodeId
    day: date
    note: Line | None = None


REFERRED_LEAD = Kind("referral", ReferredLead, PathPattern("referrals/<s:account>/<account>/<layer>.yml"), Owner.SELLER)
