"""How much is each node to reach of a quota in a window?"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from salesrepo.domain.fields import Amount, Currency, NodeId, Slug, WindowId
from salesrepo.domain.record import TABLE_CAP, Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class QuotaTable:
    """The quotas of one window: money of `currency`, or a number of things where there is none.

    A plan whose quota says `amount: records` looks a payee up here; who is not listed has no quota in this window.
    """

    quota: Slug
    window: WindowId
    currency: Currency | None = None
    amounts: Mapping[NodeId, Amount] = field(default_factory=dict)


QUOTA = Kind("quota", QuotaTable, PathPattern("quotas/<quota>/<window>.yml"), Owner.FINANCE, cap=TABLE_CAP)
