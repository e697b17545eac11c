"""What is wrong with a plan's metrics and rankings, with tables entered by them, and with lines of a whole window?"""

from collections.abc import Iterator

from salesrepo.commission.entry import METRIC, RANK, quota_of, ranking_of
from salesrepo.commission.figures import quantity, unit_of
from salesrepo.commission.ready.rate import looks_back, tables_of
from salesrepo.commission.ready_cell import written
from salesrepo.commission.registry import cells_in
from salesrepo.commission.shape import Problem
from salesrepo.domain.kinds.plan import Component, Plan, RateRule, Table
from salesrepo.domain.kinds.plan_counts import Measure, Ranking
from salesrepo.domain.kinds.plan_when import Condition
from salesrepo.domain.period import MONTHS
from salesrepo.errors import RefusedError

_OF_A_WINDOW = ("payee", METRIC, RANK, "attainment_after")
_ENTERED = ("base", "attainment", METRIC, RANK, "payee")
_SPLIT = "split"


def looked_up(plan: Plan) -> dict[str, bool]:
    """The plan's metrics and rankings as tables and conditions name them, and whether figures are percentages."""
    metrics = {f"{METRIC}.{name}": metric.missing.endswith("%") for name, metric in plan.metrics.items()}
    return metrics | {f"{RANK}.{name}": False for name in plan.rankings}


def contests(plan: Plan) -> set[str]:
    """The rankings by a measure, as conditions name them: known when their window ends."""
    return {f"{RANK}.{name}" for name, ranking in plan.rankings.items() if ranking.measure is not None}


def ranking_problems(plan: Plan) -> Iterator[Problem]:
    """Rankings by both or neither of a metric and a measure, by a measure that there is not, or of another window."""
    for name, ranking in plan.rankings.items():
        route: tuple[str | int, ...] = ("rankings", name)
        if (ranking.metric is None) == (ranking.measure is None):
            yield Problem(route, "A ranking is by a metric or by a measure.", "Write one of metric and measure.")
        elif ranking.measure is not None and ranking.measure not in plan.measures:
            known = ", ".join(plan.measures) or "measures:, which is empty"
            message = f"No measure of this plan is called {ranking.measure}."
            yield Problem((*route, "measure"), message, f"Use one of {known}.")
        elif ranking.measure is not None:
            yield from _contest_problems(route, ranking, plan.measures[ranking.measure], plan.currency)
        elif (metric := plan.metrics.get(ranking.metric or "")) is not None and metric.over != ranking.over:
            over = metric.over
            message = f"The metric {ranking.metric} is of each {over}, the ranking of each {ranking.over}."
            yield Problem((*route, "over"), message, f"Write over: {over}.")


def _contest_problems(
    route: tuple[str | int, ...], ranking: Ranking, measure: Measure, currency: str
) -> Iterator[Problem]:
    if ranking.lag:
        message = "A place by a measure is known when its window ends, not by one before."
        yield Problem((*route, "lag"), message, 'Write lag: "0".')
    if ranking.missing not in ("best", "worst"):
        try:
            quantity(ranking.missing, unit_of(measure.value, currency))
        except (RefusedError, ValueError):
            message = f"{ranking.missing} is nothing that {ranking.measure} counts."
            yield Problem((*route, "missing"), message, 'Write best, worst or an amount such as "0".')


def looked_up_problems(component: Component, plan: Plan) -> Iterator[Problem]:
    """Tables by a place that is not known yet when they pay, and prizes that cannot be pooled; routes begin here."""
    in_rate = set(map(id, _rate_tables(component)))
    for table in tables_of(component):
        ranking = plan.rankings.get(ranking_of(table.by))
        if ranking is None:
            continue
        route = ("rate" if id(table) in in_rate else "factors",)
        if ranking.measure is not None and component.lines != "window":
            yield Problem(route, f"{table.by} is known when its window ends.", "Write lines: window.")
        elif ranking.measure is not None and component.over != ranking.over:
            message = f"The total runs over {component.over}, the ranking over a {ranking.over}."
            yield Problem(("over",), message, f"Write over: {ranking.over}.")
        if ranking.ties == _SPLIT and not (id(table) in in_rate and _prizes(table) and component.lines == "window"):
            message = "Only prizes that are paid for a whole window can be pooled among equals."
            yield Problem(route, message, "Pay by flat with lines: window, or write ties: better.")
    for where, condition in _conditions(component):
        for field in _fields(condition):
            if field in contests(plan) and component.lines != "window":
                yield Problem(where, f"{field} is known when its window ends.", "Write lines: window.")


def _prizes(table: Table) -> bool:
    return all(written(cell) == ["flat"] for cell in cells_in(table)) and not table.points


def _rate_tables(component: Component) -> Iterator[Table]:
    in_factors = [id(factor.table) for factor in component.factors]
    return (table for table in tables_of(component) if id(table) not in in_factors)


def window_problems(component: Component, plan: Plan) -> Iterator[Problem]:
    """What a line for a whole window cannot be paid by; routes begin at the component."""
    if component.lines != "window":
        return
    yield from _of_no_deal(component, plan)
    for table in tables_of(component):
        yield from _entered_problems(table, component, plan)
    for route, condition in _conditions(component):
        for field in _fields(condition):
            if field.partition(".")[0] not in _OF_A_WINDOW:
                message = f"A window has no {field}, only its events have."
                yield Problem(route, message, "Ask for it in the measure's `when`.")


def _of_no_deal(component: Component, plan: Plan) -> Iterator[Problem]:
    if plan.pay_in == "deal":
        yield Problem(("lines",), "What a window came to is in one currency.", "Write pay_in: plan or payee.")
    if component.release != "at_once":
        yield Problem(("release",), "No deal releases what a window came to.", "Write release: at_once.")
    if component.reversal != "none":
        yield Problem(("reversal",), "No deal takes back what a window came to.", "Write reversal: none.")
    if component.over not in MONTHS:
        hint = "Write over: month, quarter, half-year or year."
        yield Problem(("over",), "A line for a window needs a window that ends.", hint)


def _entered_problems(table: Table, component: Component, plan: Plan) -> Iterator[Problem]:
    if table.by.partition(".")[0] not in _ENTERED:
        message = f"A window has no {table.by}, only its events have."
        yield Problem(("rate",), message, "Write lines: event, or enter the table by base or attainment.")
    quota = None if looks_back(table) else plan.quotas.get(quota_of(table.by))
    if quota is not None and component.over in MONTHS and quota.over != component.over:
        message = f"The total runs over {component.over}, the quota {quota_of(table.by)} over a {quota.over}."
        yield Problem(("over",), message, f"Write over: {quota.over}.")


def _conditions(component: Component) -> Iterator[tuple[tuple[str | int, ...], Condition | None]]:
    yield ("when",), component.when
    if isinstance(component.rate, RateRule):
        yield from ((("rate", "first", at, "when"), rule.when) for at, rule in enumerate(component.rate.first))
    yield from ((("factors", at, "when"), factor.when) for at, factor in enumerate(component.factors))


def _fields(condition: Condition | None) -> Iterator[str]:
    several = condition if isinstance(condition, tuple) else (condition or {},)
    return (field for facts in several for field in facts)


def figures_kept(plan: Plan) -> Iterator[tuple[str, str]]:
    """The running figures, by measure and window, that lines of a window, rankings and pools rest on."""
    for component in plan.components:
        if component.over is None:
            continue
        if component.lines == "window":
            yield component.measure, component.over
        if component.share_out is not None and component.share_out.by in plan.measures:
            yield component.share_out.by, component.over
    yield from ((each.measure, each.over) for each in plan.rankings.values() if each.measure is not None)
