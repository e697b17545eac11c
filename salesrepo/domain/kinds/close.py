"""Which pay period is closed, by whom, with which totals? From then on nothing is booked into it any more.

Settling the merge of this record runs the pay stage of the period (docs/finance.md): what is paid out by the period.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from salesrepo.domain.fields import Amount, Currency, NodeId, ObjectId, Pattern, Prose
from salesrepo.domain.record import TABLE_CAP, Kind, Owner, PathPattern

Digest = Annotated[str, Pattern(r"[0-9a-f]{64}", "a SHA-256 digest")]
ClosedMonth = Annotated[str, Pattern(r"20[0-9]{2}-(?:0[1-9]|1[0-2])", "a month such as 2027-03")]


@dataclass(frozen=True, kw_only=True)
class Close:
    """The close of a month, as its preparer saw the ledger once main stood at `through`.

    `paid` is what each payee is paid out by it and `closing` what is carried on (below zero: owed), by currency, where
    it is not nothing; `digest` is that of all lines of the periods that it settles. Whoever approves sees the same
    figures, and settling the merge books them again: what was merged in between shows as a difference. `open_because`
    says why it was closed although something of the period waited or was not paid.
    """

    period: ClosedMonth
    prepared_by: NodeId
    through: ObjectId
    digest: Digest
    paid: Mapping[NodeId, Mapping[Currency, Amount]] = field(default_factory=dict)
    closing: Mapping[NodeId, Mapping[Currency, Amount]] = field(default_factory=dict)
    reason: Prose | None = None
    open_because: Prose | None = None


CLOSE = Kind("close", Close, PathPattern("closes/<period>.yml"), Owner.FINANCE, cap=TABLE_CAP)
