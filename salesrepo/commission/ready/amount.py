"""How does a quota or a target as a plan writes it become an amount that is ready, and what is wrong with it?"""

from collections.abc import Iterator
from fractions import Fraction

from salesrepo.commission.figures import multiple, quantity
from salesrepo.commission.shape import Problem, below
from salesrepo.commission.version import ReadyAmount, ReadyProrate, ReadyQuota, ReadyTarget
from salesrepo.domain.kinds.plan import RECORDS, Prorate, Quota, QuotaAmount, Target
from salesrepo.domain.money import parse_amount
from salesrepo.domain.period import MONTHS, Span
from salesrepo.errors import RefusedError


def target_problems(target: Target, currency: str) -> Iterator[Problem]:
    """What is wrong with a target or a salary; routes begin there."""
    yield from below(("amount",), amount_problems(target.amount, currency))
    yield from below(("prorate",), _prorate_problems(target.prorate))


def quota_problems(quota: Quota, unit: str) -> Iterator[Problem]:
    """What is wrong with a quota of what is counted in `unit`; routes begin at the quota."""
    yield from below(("prorate",), _prorate_problems(quota.prorate))
    if quota.amount == RECORDS:
        return
    if isinstance(quota.amount, str):
        yield from below(("amount",), _quantity_problems(quota.amount, unit))
    else:
        yield from below(("amount",), _shaped_problems(quota.amount, unit, Span(quota.over)))


def amount_problems(text: str, currency: str) -> Iterator[Problem]:
    """What is wrong with a sum that is paid, which stands where routes begin."""
    yield from _quantity_problems(text, currency)
    if text.startswith("-"):
        yield Problem((), "This amount cannot be below zero.", "Write what is paid without a sign.")


def _shaped_problems(amount: QuotaAmount, unit: str, over: Span) -> Iterator[Problem]:
    if bool(amount.ramp) == bool(amount.annual):
        yield Problem((), "A quota is an amount, a ramp, or annual with weights.", "Keep one of them.")
        return
    for place, step in enumerate(amount.ramp):
        yield from below(("ramp", place, "amount"), _quantity_problems(step.amount, unit))
        before = amount.ramp[place - 1].month if place else 0
        if (place == 0 and step.month != 1) or step.month <= before:
            yield Problem(("ramp", place, "month"), "The months of a ramp rise from 1.", "Order them.")
    if amount.annual is not None:
        yield from below(("annual",), _quantity_problems(amount.annual, unit))
        count = MONTHS[Span.YEAR] // MONTHS[over]
        if len(amount.weights) != count or sum(map(multiple, amount.weights)) != 1:
            yield Problem(("weights",), f"A year has {count} such windows.", f"Write {count} that sum to 100%.")


def _prorate_problems(prorate: Prorate | None) -> Iterator[Problem]:
    if prorate is None:
        return
    by_days = prorate.unit == "days"
    for key, choices in (("start_day", "counted or not_counted"), ("of", '"365" or actual')):
        if (getattr(prorate, key) is not None) != by_days:
            hint = f"Write {choices}." if by_days else f"Leave {key} out."
            yield Problem((key,), "Days say how they are counted, whole months do not.", hint)


def _quantity_problems(text: str, unit: str) -> Iterator[Problem]:
    try:
        quantity(text, unit)
    except RefusedError as error:
        yield Problem((), error.message, error.hint)


def ready_target(target: Target, currency: str) -> ReadyTarget:
    """The target in minor units, with the window that it is for. It has no problems."""
    whole = Fraction(parse_amount(target.amount, currency))
    return ReadyTarget(Span(target.per), ReadyAmount(whole, prorate=_ready_prorate(target.prorate)))


def ready_quota(name: str, quota: Quota, unit: str) -> ReadyQuota:
    """The quota in the smallest parts of `unit`. It has no problems."""
    amount, prorate = quota.amount, _ready_prorate(quota.prorate)
    if amount == RECORDS:
        ready_amount = ReadyAmount(Fraction(0), prorate=prorate, recorded=True)
    elif isinstance(amount, str):
        ready_amount = ReadyAmount(Fraction(quantity(amount, unit)), prorate=prorate)
    else:
        ready_amount = ReadyAmount(
            amount=Fraction(quantity(amount.annual or "0", unit)),
            ramp=tuple((step.month, Fraction(quantity(step.amount, unit))) for step in amount.ramp),
            weights=tuple(multiple(weight) for weight in amount.weights),
            prorate=prorate,
        )
    return ReadyQuota(name, quota.measure, unit, Span(quota.over), ready_amount)


def _ready_prorate(prorate: Prorate | None) -> ReadyProrate | None:
    if prorate is None:
        return None
    return ReadyProrate(prorate.unit == "days", prorate.start_day != "not_counted", prorate.of == "365")
