"""What is somebody paid, or charged, outside every plan, and why?"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from salesrepo.domain.fields import Amount, Currency, DealId, EntryId, LineKey, NodeId, Prose
from salesrepo.domain.record import Kind, Owner, PathPattern

AdjustmentKind = Literal["adjustment", "write-off"]


@dataclass(frozen=True, kw_only=True)
class Adjustment:
    """One sum by hand, for `payee` (below zero: against them) on `day`; who approved it stands in the merge's receipt.

    `write-off` forgives what a payee owes. `deal` and `line` (a line's key) say what it is about. It is never changed
    or deleted: a mistake is put right by a second one.
    """

    adjustment: EntryId
    payee: NodeId
    amount: Amount
    currency: Currency
    day: date
    reason: Prose
    kind: AdjustmentKind = "adjustment"
    deal: DealId | None = None
    line: LineKey | None = None


ADJUSTMENT = Kind("adjustment", Adjustment, PathPattern("adjustments/<s:adjustment>/<adjustment>.yml"), Owner.FINANCE)
