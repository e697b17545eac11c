"""Which month is closed next, and from which day on?"""

from collections.abc import Iterable
from datetime import date, timedelta

from salesrepo.domain.kinds.close import CLOSE
from salesrepo.domain.kinds.policy_pay import PayPolicy
from salesrepo.domain.period import Calendar, Span, Window, business_days_after
from salesrepo.domain.snapshot import Snapshot


def closed_months(snapshot: Snapshot) -> tuple[str, ...]:
    """The months that are closed, in their order; told by paths alone."""
    found = (CLOSE.path.match(path) for path in snapshot.paths("closes"))
    return tuple(sorted(ids["period"] for ids in found if ids))


def next_month(closed: Iterable[str]) -> str | None:
    """The month after the last one that is closed; None where none is."""
    last = max(closed, default=None)
    return Calendar().window_id(Span.MONTH, Calendar().named(last).ends) if last else None


def closes_from(policy: PayPolicy, month: Window) -> date:
    """The first day on which a month may be closed."""
    return business_days_after(month.ends - timedelta(days=1), policy.close_after_days)
