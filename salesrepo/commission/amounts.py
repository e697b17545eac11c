"""How much is a quota or a target for one payee in one window? Exact; rounded only where it is shown.

Sources of the rules: ramps and weights as salespeople's plans write them; proration by days or whole months with the
day count named, because two day counts of one start give two pays (`docs/plans.md`).
"""

from datetime import date
from fractions import Fraction

from salesrepo.commission.lookups import NOTHING, Lookups
from salesrepo.commission.values import Payee
from salesrepo.commission.version import ReadyAmount, ReadyProrate, ReadyQuota
from salesrepo.domain.period import MONTHS, Calendar, Span, Window

_DAYS_OF_YEAR = 365


def tenure_month(payee: Payee, day: date) -> int | None:
    """The calendar month of service of a day: 1 is the month of the start; None where no start is known."""
    if payee.starts is None:
        return None
    return (day.year - payee.starts.year) * 12 + day.month - payee.starts.month + 1


def quota_amount(
    quota: ReadyQuota, payee: Payee, *, day: date, calendar: Calendar, lookups: Lookups = NOTHING
) -> Fraction | None:
    """A payee's quota in the window of a day; None where it rests on what is not known or not recorded."""
    recorded = None
    if quota.amount.recorded:
        found = lookups.quota(quota.name, calendar.window_id(quota.over, day))
        recorded = found.amounts.get(payee.node) if found is not None and found.unit == quota.unit else None
    return amount_of(quota.amount, payee, over=quota.over, day=day, calendar=calendar, recorded=recorded)


def amount_of(
    amount: ReadyAmount,
    payee: Payee,
    *,
    over: Span,
    day: date,
    calendar: Calendar,
    recorded: Fraction | None = None,
) -> Fraction | None:
    """The amount for the window of a day, in its smallest units; None where it rests on a start that is not known.

    `recorded` is what records say, for an amount that is found there.
    """
    window = calendar.window(over, day)
    whole = recorded if amount.recorded else _whole(amount, payee, over=over, window=window, calendar=calendar)
    if whole is None or amount.prorate is None:
        return whole
    return whole * share_of(amount.prorate, payee, over=over, window=window)


def _whole(amount: ReadyAmount, payee: Payee, *, over: Span, window: Window, calendar: Calendar) -> Fraction | None:
    if amount.ramp:
        month = tenure_month(payee, window.starts)
        if month is None:
            return None
        reached = [value for since, value in amount.ramp if since <= max(month, 1)]
        return reached[-1]
    if amount.weights:
        year = calendar.window(Span.YEAR, window.starts)
        months = (window.starts.year - year.starts.year) * 12 + window.starts.month - year.starts.month
        return amount.amount * amount.weights[months // MONTHS[over]]
    return amount.amount


def share_of(prorate: ReadyProrate, payee: Payee, *, over: Span, window: Window) -> Fraction:
    """The share of a window in which the payee is here; the whole of it where neither start nor end lies in it."""
    starts = payee.starts if payee.starts and window.holds(payee.starts) else None
    ends = payee.ends if payee.ends and window.holds(payee.ends) else None
    if starts is None and ends is None:
        return Fraction(1)
    first, after = starts or window.starts, ends or window.ends
    if not prorate.days:
        months = (after.year - first.year) * 12 + after.month - first.month + (1 if after.day > 1 else 0)
        return Fraction(months, MONTHS[over])
    days = (after - first).days - (0 if starts is None or prorate.start_counted else 1)
    whole = _DAYS_OF_YEAR * MONTHS[over] / 12 if prorate.of_year else (window.ends - window.starts).days
    return min(Fraction(days) / Fraction(whole), Fraction(1))
