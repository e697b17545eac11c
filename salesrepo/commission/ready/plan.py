"""Can pay be calculated by this plan, and if so, what is it ready to be paid by?

The reader of records has judged each field by itself; here the fields are judged together.
"""

from collections import Counter
from collections.abc import Iterator

from salesrepo.commission.condition import condition_problems, ready_condition
from salesrepo.commission.entry import BASE, quota_of, runs
from salesrepo.commission.figures import unit_of
from salesrepo.commission.ready.amount import (
    amount_problems,
    quota_problems,
    ready_quota,
    ready_target,
    target_problems,
)
from salesrepo.commission.ready.deal_currency import deal_currency_problems
from salesrepo.commission.ready.lookups import (
    contests,
    figures_kept,
    looked_up,
    looked_up_problems,
    ranking_problems,
    window_problems,
)
from salesrepo.commission.ready.measure import dealless_problems, measure_problems
from salesrepo.commission.ready.pay import draw_problems, leaving_problems
from salesrepo.commission.ready.rate import (
    cells_of,
    factor_problems,
    looks_back,
    rate_problems,
    ready_factors,
    ready_rules,
    tables_of,
)
from salesrepo.commission.ready.release import release_problems
from salesrepo.commission.ready.reversal import reversal_problems
from salesrepo.commission.ready.share_out import share_problems
from salesrepo.commission.shape import Problem, Site, below
from salesrepo.commission.version import PlanVersion, ReadyComponent, ReadyLasting, ReadyLimit, ReadyMeasure
from salesrepo.domain.kinds.plan import Component, Limit, Plan
from salesrepo.domain.kinds.plan_counts import Measure
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
    return (
        *_target_problems(plan),
        *_measure_problems(plan),
        *_quota_problems(plan),
        *ranking_problems(plan),
        *_component_problems(plan),
        *_pay_problems(plan),
        *deal_currency_problems(plan),
    )


def ready(plan: Plan, ref: PlanRef) -> PlanVersion:
    """The plan version that stands at `ref`, ready to pay by. Raises RefusedError with the first of its problems."""
    found = problems(plan)
    if found:
        where = ".".join(str(key) for key in found[0].route)
        raise RefusedError(f"{ref.path}: {where}: {found[0].message}", hint=found[0].hint)
    measures = {name: _ready_measure(name, measure, plan.currency) for name, measure in plan.measures.items()}
    return PlanVersion(
        ref=ref,
        plan=plan.plan,
        effective=plan.effective,
        currency=plan.currency,
        paid=Span(plan.paid),
        components=tuple(_ready_component(part, measures[part.measure], plan) for part in plan.components),
        measures=measures,
        quotas={name: ready_quota(name, quota, measures[quota.measure].unit) for name, quota in plan.quotas.items()},
        target=ready_target(plan.target, plan.currency) if plan.target else None,
        windows=tuple(dict.fromkeys(_windows(plan))),
        by_event=plan.version_by == "event",
        restarts=plan.running_totals == "restart",
        fx=plan.fx if isinstance(plan.fx, str) else plan.fx.deal,
        pay_in=plan.pay_in,
        pay=plan.pay,
        metrics=plan.metrics,
        rankings=plan.rankings,
    )


def _target_problems(plan: Plan) -> Iterator[Problem]:
    for key, target in (("salary", plan.salary), ("target", plan.target)):
        if target is not None:
            yield from below((key,), target_problems(target, plan.currency))
    cells = [cell for component in plan.components for cell in cells_of(component)]
    if plan.target is None and any(cell.target is not None or cell.target_rate is not None for cell in cells):
        yield Problem(("target",), "A cell pays by the target, and the plan has none.", "Write target: {amount, per}.")


def _measure_problems(plan: Plan) -> Iterator[Problem]:
    yield from measure_problems(plan)
    for name, measure in plan.measures.items():
        known = looked_up(plan).keys() - contests(plan)
        yield from below(("measures", name, "when"), condition_problems(measure.when, plan.currency, (), sorted(known)))


def _quota_problems(plan: Plan) -> Iterator[Problem]:
    for name, quota in plan.quotas.items():
        route = ("quotas", name)
        if quota.measure not in plan.measures:
            yield _unknown_measure((*route, "measure"), quota.measure, plan)
            continue
        unit = unit_of(plan.measures[quota.measure].value, plan.currency)
        yield from below(route, quota_problems(quota, unit))


def _component_problems(plan: Plan) -> Iterator[Problem]:
    names = Counter(component.name for component in plan.components)
    for place, component in enumerate(plan.components):
        route = ("components", place)
        if names[component.name] > 1:
            yield Problem(
                (*route, "name"), f"Two components are called {component.name}.", "Give each a name of its own."
            )
        if component.measure not in plan.measures:
            yield _unknown_measure((*route, "measure"), component.measure, plan)
            continue
        others = looked_up(plan)
        site = Site(plan.currency, unit_of(plan.measures[component.measure].value, plan.currency), looked_up=others)
        found = (
            *_own_problems(component, plan),
            *below(("when",), condition_problems(component.when, plan.currency, plan.quotas, others)),
            *rate_problems(component, site, plan.quotas),
            *factor_problems(component, site, tuple(plan.quotas)),
            *looked_up_problems(component, plan),
            *window_problems(component, plan),
            *dealless_problems(component, plan),
            *share_problems(component, plan),
            *_limit_problems(component, plan),
            *below(("release",), release_problems(component.release)),
            *below(("reversal",), reversal_problems(component.reversal)),
        )
        yield from below(route, found)


def _own_problems(component: Component, plan: Plan) -> Iterator[Problem]:
    if component.over is None and any(runs(table.by) for table in tables_of(component)):
        yield Problem(
            ("over",), "A table must say how long its total runs.", f"Write `over:` one of {', '.join(Span)}."
        )
    quota = plan.quotas.get(component.quota or "")
    if component.quota is not None and quota is None:
        known = f"Use one of: {', '.join(plan.quotas)}." if plan.quotas else "Write it under quotas:."
        yield Problem(("quota",), f"No quota of this plan is called {component.quota}.", known)
    if quota is not None and plan.target is not None and quota.over != plan.target.per:
        message = (
            f"The target is per {plan.target.per}, the quota over a {quota.over}: a rate needs both of one window."
        )
        yield Problem(("quota",), message, "Write both for the same window.")
    for name in dict.fromkeys(quota_of(table.by) for table in tables_of(component) if looks_back(table)):
        attained = plan.quotas.get(name)
        if attained is not None and component.over is not None and component.over != attained.over:
            message = f"The total runs over {component.over}, the quota {name} over a {attained.over}."
            yield Problem(("over",), message, f"Write over: {attained.over}.")


def _limit_problems(component: Component, plan: Plan) -> Iterator[Problem]:
    for place, limit in enumerate(component.limits):
        route = ("limits", place)
        said = [key for key in ("max", "min", "times") if getattr(limit, key) is not None]
        if len(said) != 1:
            yield Problem(route, "A limit says one of max, min and times.", "Keep one of the three.")
            continue
        if said[0] != "times":
            yield from below((*route, said[0]), amount_problems(getattr(limit, said[0]), plan.currency))
        if f"{component.name}.{place + 1}" in plan.measures:
            message = f"A measure has the name of this limit, {component.name}.{place + 1}."
            yield Problem(route, message, "Give the measure another name.")
        if limit.excess is None and said[0] == "max":
            hint = "Write excess: lost or carried."
            yield Problem((*route, "excess"), "What becomes of what a maximum cuts off?", hint)
        if limit.excess is not None and said[0] != "max":
            yield Problem((*route, "excess"), "Only a maximum cuts off an excess.", "Leave excess out.")
        if said[0] == "times" and limit.per == "event":
            hint = "Write per: month, quarter, half-year, year or always."
            yield Problem((*route, "per"), "Lines are counted in a window.", hint)
        if said[0] == "min" and limit.per != "event":
            yield Problem((*route, "per"), "A minimum is per event.", "Write per: event.")
        if limit.excess == "carried" and limit.per in ("event", "always"):
            yield Problem((*route, "excess"), "There is no later window to carry it to.", "Write excess: lost.")


def _pay_problems(plan: Plan) -> Iterator[Problem]:
    yield from below(("pay", "draws"), draw_problems(plan))
    yield from below(("pay", "leaving"), leaving_problems(plan.pay.leaving))
    limit = plan.pay.negative.limit
    if limit != "none":
        yield from below(("pay", "negative", "limit"), amount_problems(limit, plan.currency))


def _unknown_measure(route: tuple[str | int, ...], name: str, plan: Plan) -> Problem:
    known = ", ".join(plan.measures) or "measures:, which is empty"
    return Problem(route, f"No measure of this plan is called {name}.", f"Use one of {known}.")


def _windows(plan: Plan) -> Iterator[tuple[str, Span]]:
    yield from ((quota.measure, Span(quota.over)) for quota in plan.quotas.values())
    for component in plan.components:
        if component.over is not None and any(table.by == BASE for table in tables_of(component)):
            yield component.measure, Span(component.over)
    yield from ((measure, Span(over)) for measure, over in figures_kept(plan))


def _ready_measure(name: str, measure: Measure, currency: str) -> ReadyMeasure:
    role = measure.credit.role
    return ReadyMeasure(
        name=name,
        roles=frozenset((role,) if isinstance(role, str) else role),
        value=measure.value,
        unit=unit_of(measure.value, currency),
        when=ready_condition(measure.when, currency),
        event=measure.event,
        of=measure.credit.of,
        level=_level(measure.credit.level),
        lasts=ReadyLasting(measure.lasts.months, measure.lasts.after) if measure.lasts else None,
        keeps_below_zero=measure.below_zero == "keep",
        component=measure.component or "",
    )


def _level(text: str | None) -> int | None:
    return int(text) if text is not None and text != "all" else None


def _ready_component(component: Component, measure: ReadyMeasure, plan: Plan) -> ReadyComponent:
    currency = plan.currency
    site = Site(currency, measure.unit, looked_up=looked_up(plan))
    return ReadyComponent(
        name=component.name,
        measure=measure,
        over=Span(component.over) if component.over is not None else None,
        when=ready_condition(component.when, currency),
        rules=ready_rules(component, site),
        factors=ready_factors(component.factors, site),
        limits=tuple(_ready_limit(limit, currency) for limit in component.limits),
        quota=component.quota,
        by_window=component.lines == "window",
        release=component.release,
        reversal=component.reversal,
        share_out=component.share_out,
    )


def _ready_limit(limit: Limit, currency: str) -> ReadyLimit:
    return ReadyLimit(
        per=Span.EACH if limit.per == "event" else Span(limit.per),
        most=parse_amount(limit.max, currency) if limit.max is not None else None,
        least=parse_amount(limit.min, currency) if limit.min is not None else None,
        times=limit.times,
        carried=limit.excess == "carried",
    )
