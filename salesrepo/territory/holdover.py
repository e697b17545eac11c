"""Who keeps an account for a time when its territory passes to somebody else?"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import get_args

from salesrepo.domain.kinds.deal import Deal, Stage
from salesrepo.domain.kinds.policy_territory import Holdover

_ORDER: tuple[str, ...] = get_args(Stage)


def kept_until(holdover: Holdover, holder: str, deals: Iterable[Deal], *, layer: str, changed: date) -> date | None:
    """The last day on which the old holder keeps the account, by an open deal of theirs; None where nothing keeps it.

    `changed` is the first day of the new territory or holder.
    """
    least = _ORDER.index(holdover.stage_at_least)
    far = any(
        deal.is_open and deal.node == holder and deal.layer == layer and _ORDER.index(deal.stage) >= least
        for deal in deals
    )
    return changed + timedelta(days=holdover.days - 1) if far and holdover.days else None
