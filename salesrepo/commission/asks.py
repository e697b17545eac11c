"""What does a plan ask of the events that it pays for, and does anybody record that?

The engine can count and test more than deals say today. A plan that asks for what nobody records would pay nothing, so
it is refused when it is proposed; a plan that is ready otherwise is still one to calculate by.
"""

from collections.abc import Iterator
from typing import NamedTuple

from salesrepo.commission.condition import ATTAINMENT, FINAL
from salesrepo.commission.entry import METRIC, RANK
from salesrepo.commission.shape import Problem
from salesrepo.domain.kinds.plan import Plan, RateRule
from salesrepo.domain.kinds.plan_when import Condition

Route = tuple[str | int, ...]
COUNTED = ("amount", "units", "count")
RECORDED = (
    "account.country",
    "account.employees",
    "account.industry",
    "account.territory",
    "amount",
    "category",
    "credit.role",
    "currency",
    "date",
    "discount",
    "kind",
    "margin_of_cost",
    "margin_of_price",
    "payee.grade",
    "payee.team",
    "payee.tenure_month",
    "product",
    "series",
    "signed",
    "source",
    "term",
    "units",
)
_LOOKED_UP = (*ATTAINMENT, FINAL, METRIC, RANK)


class Ask(NamedTuple):
    """Where a plan asks, and for what: the value that a measure counts, or a field that a condition tests."""

    route: Route
    word: str


def unrecorded(plan: Plan) -> Iterator[Problem]:
    """What a plan asks for that no deal, account or payee records; routes begin at the record's top."""
    for route, word in values_asked(plan):
        if word not in COUNTED:
            yield Problem(route, f"No deal records its {word} yet.", f"Use one of: {', '.join(COUNTED)}.")
    for route, word in fields_asked(plan):
        if word not in RECORDED and word.partition(".")[0] not in _LOOKED_UP:
            yield Problem(route, f"Nobody records {word} yet.", f"Use one of: {', '.join(RECORDED)}.")


def values_asked(plan: Plan) -> Iterator[Ask]:
    """The quantities that measures count."""
    return (Ask(("measures", name, "value"), measure.value) for name, measure in plan.measures.items())


def fields_asked(plan: Plan) -> Iterator[Ask]:
    """The fields that conditions test: of measures, components, the rules of a rate, factors, pools and draws."""
    for name, measure in plan.measures.items():
        yield from _tested(("measures", name, "when"), measure.when)
    for place, component in enumerate(plan.components):
        route = ("components", place)
        yield from _tested((*route, "when"), component.when)
        if isinstance(component.rate, RateRule):
            for at, choice in enumerate(component.rate.first):
                yield from _tested((*route, "rate", "first", at, "when"), choice.when)
        for at, factor in enumerate(component.factors):
            yield from _tested((*route, "factors", at, "when"), factor.when)
        if component.share_out is not None:
            yield from _tested((*route, "share_out", "when"), component.share_out.when)
    for place, draw in enumerate(plan.pay.draws):
        yield from _tested(("pay", "draws", place, "when"), draw.when)


def _tested(route: Route, condition: Condition | None) -> Iterator[Ask]:
    if isinstance(condition, tuple):
        for place, facts in enumerate(condition):
            yield from (Ask((*route, place, field), field) for field in facts)
    elif condition is not None:
        yield from (Ask((*route, field), field) for field in condition)
