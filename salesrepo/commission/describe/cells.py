"""What does a cell pay?"""

from salesrepo.commission.describe.wording import About, figure, listed
from salesrepo.domain.kinds.plan import Cell


def cell_said(cell: Cell, about: About, *, alone: bool = False) -> str:
    """What a cell pays; `alone`: it is no row of a table, so a sum is paid for each event."""
    once = " for each event that counts" if alone else ""
    said = {
        "rate": f"{cell.rate} of what counts",
        "each": f"{about.money(cell.each or '')} for each that counts",
        "target_rate": f"{cell.target_rate} your target rate",
        "flat": f"{about.money(cell.flat or '')}{once}",
        "target": f"{cell.target} of your target{once}",
        "times": f"times {cell.times}",
    }
    return listed((text for kind, text in said.items() if getattr(cell, kind) is not None), "and") or "nothing"


def rate_said(rate: str) -> str:
    """A rate that is a percentage or a multiple alone."""
    return f"{figure(rate)} of what counts"
