"""What is somebody still paid who has left, and what becomes of what they owe?"""

from datetime import date
from typing import TYPE_CHECKING

from salesrepo.commission.values import Payee
from salesrepo.domain.period import Window

if TYPE_CHECKING:
    from salesrepo.domain.kinds.plan_pay import Leaving

OTHERWISE = "otherwise"
_STOP = "stop"


def has_left(payee: Payee, day: date) -> bool:
    """Whether a payee is no more here on a day."""
    return payee.ends is not None and payee.ends <= day


def counts(leaving: "Leaving", payee: Payee, day: date) -> bool:
    """Whether an event of a day counts for a payee: always before they left, then as long as residuals go on."""
    until = _residuals_end(leaving, payee)
    return until is None or day < until


def forfeits(leaving: "Leaving", payee: Payee, day: date) -> bool:
    """Whether what is not released on a day is cancelled: the payee has left by then, for a reason that says so."""
    reasons = leaving.unreleased
    return has_left(payee, day) and (reasons.get(payee.reason) or reasons[OTHERWISE]) == "forfeit"


def last_pay(leaving: "Leaving", payee: Payee, window: Window, unreleased: int) -> bool:
    """Whether nothing more can come after a pay period: the payee has left in it or before, no residuals go on, and of
    what was earned nothing waits to be released (`unreleased`, minor units)."""
    until = _residuals_end(leaving, payee)
    if until is None or until > window.ends:
        return False
    return not unreleased or forfeits(leaving, payee, window.ends)


def _residuals_end(leaving: "Leaving", payee: Payee) -> date | None:
    """The first day whose events count no more; None while no day of leaving is known."""
    if payee.ends is None or leaving.residuals == _STOP:
        return payee.ends
    months = payee.ends.year * 12 + payee.ends.month - 1 + int(leaving.residuals.partition(" ")[0])
    year, month = months // 12, months % 12 + 1
    from calendar import monthrange  # noqa: PLC0415 - slow to load, and few have left

    return date(year, month, min(payee.ends.day, monthrange(year, month)[1]))
