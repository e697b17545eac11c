"""What does a plan ask of the events that it pays for, and does anybody record that?

A plan that asks an event for what it never has would pay nothing, so it is refused when it is proposed; a plan that is
ready otherwise is still one to calculate by.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from salesrepo.commission.condition import ATTAINMENT, FINAL
from salesrepo.commission.entry import METRIC, RANK
from salesrepo.commission.ready.rate import tables_of
from salesrepo.commission.shape import Problem
from salesrepo.domain.kinds.plan import Plan, RateRule
from salesrepo.domain.kinds.plan_counts import Happening, Value
from salesrepo.domain.kinds.plan_when import Condition

Route = tuple[str | int, ...]
COUNTED: Mapping[Happening, tuple[Value, ...]] = MappingProxyType(
    {
        "won": ("amount", "arr", "mrr", "acv", "tcv", "margin", "units", "count"),
        "qualified": ("pipeline", "amount", "units", "count"),
        "invoiced": ("cash", "amount", "units", "count"),
        "paid": ("cash", "amount", "units", "count"),
        "month": ("mrr", "amount", "count"),
        "earned": ("earned", "count"),
        "period_end": ("count",),
    }
)
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
OF_A_PERIOD = ("credit.role", "date", "payee.grade", "payee.team", "payee.tenure_month")
_PERIOD_END = "period_end"
_LOOKED_UP = (*ATTAINMENT, FINAL, METRIC, RANK)


class Ask(NamedTuple):
    """Where a plan asks, and for what: the value that a measure counts, or a field that a condition tests."""

    route: Route
    word: str


def unrecorded(plan: Plan) -> Iterator[Problem]:
    """What a plan asks for that no deal, account or payee records; routes begin at the record's top."""
    for route, word in values_asked(plan):
        event = plan.measures[str(route[1])].event
        if word not in COUNTED[event]:
            yield Problem(route, f"Nothing that is {event} has {word}.", f"Use one of: {', '.join(COUNTED[event])}.")
    for route, word in fields_asked(plan):
        known = OF_A_PERIOD if _is_of_a_period(route, plan) else RECORDED
        if word not in known and word.partition(".")[0] not in _LOOKED_UP:
            message = "A pay period has no" if word in RECORDED else "Nobody records"
            yield Problem(route, f"{message} {word}.", f"Use one of: {', '.join(known)}.")
    for place, component in enumerate(plan.components):
        for table in tables_of(component) if _is_of_a_period(("components", place), plan) else ():
            if table.by in RECORDED and table.by not in OF_A_PERIOD:
                message = f"A pay period has no {table.by}."
                yield Problem(
                    ("components", place), message, "Enter the table by base, attainment or payee.tenure_month."
                )


def _is_of_a_period(route: Route, plan: Plan) -> bool:
    """Whether a place of the plan asks for the end of a pay period, which has no deal."""
    room, name = route[0], route[1]
    if room == "components" and isinstance(name, int):
        name = plan.components[name].measure
    measure = plan.measures.get(str(name)) if room in ("components", "measures") else None
    return measure is not None and measure.event == _PERIOD_END


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
