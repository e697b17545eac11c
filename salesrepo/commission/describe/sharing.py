"""How does a team's line become its members' pay?"""

from collections.abc import Iterator

from salesrepo.commission.describe.conditions import where
from salesrepo.commission.describe.wording import begun
from salesrepo.domain.kinds.plan_pay import ShareOut

_BY = {"equal": "equally", "weight": "by the weight of each"}
_LEFTOVER = {
    "first": "Shares are cut to the cent; odd cents go one each to the first members in the order of their ids.",
    "cumulative": "Shares are the differences of the rounded running total, so that they sum to the whole.",
}


def share_out_told(share_out: ShareOut | None) -> Iterator[str]:
    """Nothing where a line is a person's own."""
    if share_out is not None:
        by = _BY.get(share_out.by, f"in proportion to what each has of the measure {share_out.by}")
        members = where(share_out.when, word="of whom it holds that")
        yield f"{begun(f'The amount is shared out among the members{members}, {by}')} {_LEFTOVER[share_out.leftover]}"
