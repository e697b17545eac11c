"""Which payouts were handed to payroll or to the books, and by which content are they known again?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from salesrepo.domain.fields import Amount, Count, Currency, Pattern, Slug
from salesrepo.domain.kinds.ledger_batch import WindowId
from salesrepo.domain.record import Kind, Owner, PathPattern

Digest = Annotated[str, Pattern(r"[0-9a-f]{64}", "a SHA-256 digest in hexadecimal")]


@dataclass(frozen=True, kw_only=True)
class ExportBatch:
    """One export of a period; written once. `system` tells a mapped CSV's payroll.

    `lines` is the digest of the period's lines, `digest` that of the one file (of several: of the list that `sha256sum`
    prints of them, in the order of their names). `totals` is what was exported to `payees`, by currency.
    """

    batch: Slug
    period: WindowId
    format: Slug
    system: Slug | None = None
    lines: Digest
    files: Count
    digest: Digest
    payees: Count
    totals: Mapping[Currency, Amount]


EXPORT_BATCH = Kind("export-batch", ExportBatch, PathPattern("exports/<batch>.yml"), Owner.FINANCE)
