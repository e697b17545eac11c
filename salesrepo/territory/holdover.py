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
    far = keeper(holdover, holder, deals, layer=layer)
    return changed + timedelta(days=holdover.days - 1) if far and holdover.days else None


def keeper(holdover: Holdover, holder: str, deals: Iterable[Deal], *, layer: str) -> Deal | None:
    """The open deal of the holder that is far enough to keep the account for them; None where there is none."""
    least = _ORDER.index(holdover.stage_at_least)
    theirs = (deal for deal in deals if deal.is_open and deal.node == holder and deal.layer == layer)
    return next((deal for deal in theirs if _ORDER.index(deal.stage) >= least), None)
