"""Which figures and places does a payee have on a day, by what is recorded and what the plan says of it?

Figures of a window that nobody has recorded are no figures: what rests on them waits. Somebody who is not listed in a
window that is recorded has what the plan says stands for a missing one.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, cast

from salesrepo.commission.entry import METRIC, RANK
from salesrepo.commission.figures import multiple, quantity
from salesrepo.commission.lookups import Lookups
from salesrepo.commission.rankings import Order, Rank, group_of, rank_of
from salesrepo.commission.values import Fact, TotalKey
from salesrepo.commission.version import PlanVersion
from salesrepo.domain.period import Calendar, Span, Window

if TYPE_CHECKING:
    from salesrepo.domain.kinds.plan_counts import Ranking

_PLACES = "places"
_DAY = timedelta(days=1)


def facts_looked_up(
    version: PlanVersion, payee: str, *, day: date, calendar: Calendar, lookups: Lookups
) -> dict[str, Fact]:
    """`metric.<name>` and, of rankings by a metric, `rank.<name>` on a day; what is not recorded is absent."""
    found: dict[str, Fact] = {}
    for name, metric in version.metrics.items():
        window = window_before(calendar, Span(metric.over), day, metric.lag)
        figures = lookups.metric(name, window.id)
        if figures is not None:
            found[f"{METRIC}.{name}"] = figures.get(payee, multiple(metric.missing))
    for name, ranking in version.rankings.items():
        rank = None if ranking.metric is None else metric_rank(ranking, version, payee, day, calendar, lookups)
        if rank is not None:
            found[f"{RANK}.{name}"] = group_of(rank.place, rank.size, groups_of(ranking))
    return found


def metric_rank(
    ranking: "Ranking", version: PlanVersion, payee: str, day: date, calendar: Calendar, lookups: Lookups
) -> Rank | None:
    """A place by a metric; None where its window is not recorded.

    The field are those who belong to it on the first day of the day's window, so that everybody keeps the place for as
    long as it lasts; who comes later is counted in for themselves alone.
    """
    window = window_before(calendar, Span(ranking.over), day, ranking.lag)
    figures = lookups.metric(ranking.metric or "", window.id)
    if figures is None:
        return None
    since = calendar.window(Span(ranking.over), day).starts
    field = lookups.among(ranking.among, payee, version.plan, since)
    return rank_of(payee, field, figures, _order(ranking, ""))


def contest_rank(
    ranking: "Ranking",
    version: PlanVersion,
    payee: str,
    *,
    last: date,
    calendar: Calendar,
    totals: Mapping[TotalKey, int],
    lookups: Lookups,
) -> Rank:
    """A place by a measure of the plan in the window that ends with the day `last`, among those who are in it then.

    `totals` are the running figures of them all.
    """
    measure = version.measures[ranking.measure or ""]
    window = calendar.window_id(Span(ranking.over), last)
    field = {*lookups.among(ranking.among, payee, version.plan, last), payee}
    keys = {node: TotalKey(node, version.plan, version.figure(measure.name), window, measure.unit) for node in field}
    figures = {node: Fraction(totals[key]) for node, key in keys.items() if key in totals}
    return rank_of(payee, field, figures, _order(ranking, measure.unit))


def groups_of(ranking: "Ranking") -> int | None:
    """In how many groups a ranking puts its field; None: in single places."""
    return None if ranking.groups == _PLACES else int(ranking.groups)


def window_before(calendar: Calendar, span: Span, day: date, lag: int) -> Window:
    """The window so many before that of a day."""
    window = calendar.window(span, day)
    for _ in range(lag):
        window = calendar.window(span, window.starts - _DAY)
    return window


def needed(by: str, version: PlanVersion, *, day: date, calendar: Calendar) -> str | None:
    """What has to be recorded so that a table by a metric or a ranking can be entered; None for any other table."""
    kind, _, name = by.partition(".")
    if kind == METRIC and name in version.metrics:
        metric = version.metrics[name]
        return _figures(name, window_before(calendar, Span(metric.over), day, metric.lag))
    if kind == RANK and name in version.rankings:
        ranking = version.rankings[name]
        window = window_before(calendar, Span(ranking.over), day, ranking.lag)
        return f"The end of {window.id}." if ranking.metric is None else _figures(ranking.metric, window)
    return None


def _figures(metric: str, window: Window) -> str:
    return f"The figures of {metric} for {window.id}."


def _order(ranking: "Ranking", unit: str) -> Order:
    missing = ranking.missing
    if missing in ("best", "worst"):
        return Order(ranking.best == "highest", cast("Literal['best', 'worst']", missing))
    figure = multiple(missing) if ranking.measure is None else Fraction(quantity(missing, unit))
    return Order(ranking.best == "highest", figure)
