"""Salary, target, OTE and quotas: how much in each window, and for whom not all of it?"""

from collections.abc import Iterator

from salesrepo.commission.describe.wording import EVERY, About, begun, figure, listed
from salesrepo.domain.kinds.plan import Prorate, Quota, QuotaAmount, Target
from salesrepo.domain.money import group_amount, parse_amount
from salesrepo.domain.period import MONTHS, Span
from salesrepo.errors import RefusedError

_START_DAY = {"counted": "the day of the start counts", "not_counted": "the day of the start does not count"}
_OF = {"365": "a year has 365 days, a shorter window its share of them", "actual": "of the window's own days"}


def terms_told(about: About) -> Iterator[str]:
    """Salary and target, and their sum: what is earned on target (OTE)."""
    plan = about.plan
    if plan.salary:
        yield begun(f"Your salary is {_so_much(plan.salary, about)}") + _prorated(plan.salary.prorate)
    if plan.target:
        yield begun(f"Your target, for reaching your quota, is {_so_much(plan.target, about)}") + _prorated(
            plan.target.prorate
        )
    if plan.salary and plan.target and (together := _on_target(plan.salary, plan.target, plan.currency)):
        yield f"On target you earn {together} a year (OTE), salary and target together."


def quotas_told(about: About) -> Iterator[str]:
    """Each quota in a sentence or two."""
    for name, quota in about.plan.quotas.items():
        yield f"{name}: {_quota(quota, about)}.{_prorated(quota.prorate)}"


def _so_much(target: Target, about: About) -> str:
    return f"{about.money(target.amount)} {EVERY[target.per]}"


def _on_target(salary: Target, target: Target, currency: str) -> str:
    try:
        sums = [parse_amount(one.amount, currency) * 12 // MONTHS[Span(one.per)] for one in (salary, target)]
        return f"{group_amount(sum(sums), currency)} {currency}"
    except RefusedError:
        return ""


def _quota(quota: Quota, about: About) -> str:
    every = f"{EVERY[quota.over]}, counted by {quota.measure}"
    if isinstance(quota.amount, QuotaAmount):
        return f"{_shaped(quota.amount, quota, about)}, {every}"
    if quota.amount == "records":
        return f"the amount that is recorded for you, {every}"
    return f"{about.counted(quota.amount, quota.measure)} {every}"


def _shaped(amount: QuotaAmount, quota: Quota, about: About) -> str:
    parts = []
    if amount.ramp:
        steps = (f"{about.counted(step.amount, quota.measure)} from month {step.month}" for step in amount.ramp)
        parts.append(f"by your month of service: {listed(steps, 'and')}")
    if amount.annual is not None:
        parts.append(f"{about.counted(amount.annual, quota.measure)} a year")
    if amount.weights:
        parts.append(f"cut into {listed(map(figure, amount.weights), 'and')}")
    return ", ".join(parts) or "nothing"


def _prorated(prorate: Prorate | None) -> str:
    if prorate is None:
        return ""
    how = [
        {"days": "by days", "months": "by whole months, that of the start included"}[prorate.unit],
        *([_START_DAY[prorate.start_day]] if prorate.start_day else []),
        *([_OF[prorate.of]] if prorate.of else []),
    ]
    return f" Whoever starts or leaves within the window has a share of it: {'; '.join(how)}."
