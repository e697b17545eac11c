"""Can pay be calculated by this plan, and if so, what is it ready to be paid by?

The reader of records has judged each field by itself; here the fields are judged together.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields

from salesrepo.commission.registry import shape_of
from salesrepo.commission.shape import Problem
from salesrepo.commission.values import PlanVersion, ReadyComponent, ReadyMeasure
from salesrepo.domain.kinds.plan import Component, Condition, Measure, Plan
from salesrepo.domain.money import decimals_of, parse_amount
from salesrepo.domain.period import Span
from salesrepo.domain.statement import PlanRef
from salesrepo.errors import RefusedError


def problems(plan: Plan) -> tuple[Problem, ...]:
    """Everything that keeps a plan from being paid by, in reading order; routes begin at the record's top."""
    try:
        decimals_of(plan.currency)
    except RefusedError as error:
        return (Problem(("currency",), error.message, error.hint),)
    return (*_component_problems(plan), *_pay_problems(plan))


def ready(plan: Plan, ref: PlanRef) -> PlanVersion:
    """The plan version that stands at `ref`, ready to pay by. Raises RefusedError with the first of its problems."""
    found = problems(plan)
    if found:
        where = ".".join(str(key) for key in found[0].route)
        raise RefusedError(f"{ref.path}: {where}: {found[0].message}", hint=found[0].hint)
    measures = {name: _ready_measure(name, measure) for name, measure in plan.measures.items()}
    return PlanVersion(
        ref=ref,
        plan=plan.plan,
        effective=plan.effective,
        currency=plan.currency,
        paid=Span(plan.paid),
        components=tuple(_ready_component(part, measures[part.measure], plan.currency) for part in plan.components),
    )


def _component_problems(plan: Plan) -> Iterator[Problem]:
    names = Counter(component.name for component in plan.components)
    for place, component in enumerate(plan.components):
        route = ("components", place)
        if names[component.name] > 1:
            yield Problem(
                (*route, "name"), f"Two components are called {component.name}.", "Give each a name of its own."
            )
        if component.measure not in plan.measures:
            yield Problem(
                (*route, "measure"),
                f"No measure of this plan is called {component.measure}.",
                f"Use one of {', '.join(plan.measures) or 'measures:, which is empty'}.",
            )
        for problem in shape_of(component.rate).problems(component, plan.currency):
            yield problem._replace(route=(*route, *problem.route))


def _pay_problems(plan: Plan) -> Iterator[Problem]:
    if plan.pay.draws:
        yield Problem(("pay", "draws"), "Draws are not known to this version.", "Write `draws: []`.")
    limit = plan.pay.negative.limit
    if limit != "none":
        try:
            parse_amount(limit, plan.currency)
        except RefusedError as error:
            yield Problem(("pay", "negative", "limit"), error.message, error.hint)


def _ready_measure(name: str, measure: Measure) -> ReadyMeasure:
    when = measure.when or Condition()
    asked = ((field.name, getattr(when, field.name)) for field in fields(when))
    return ReadyMeasure(
        name=name,
        roles=_set(measure.credit.role),
        when=tuple((field, _set(value)) for field, value in asked if value is not None),
    )


def _ready_component(component: Component, measure: ReadyMeasure, currency: str) -> ReadyComponent:
    return ReadyComponent(
        name=component.name,
        measure=measure,
        over=Span(component.over) if component.over is not None else None,
        formula=shape_of(component.rate).formula(component, currency),
    )


def _set(value: str | tuple[str, ...]) -> frozenset[str]:
    return frozenset((value,) if isinstance(value, str) else value)
