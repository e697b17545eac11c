"""Which figures are looked up: imported ones, and places among others?"""

from collections.abc import Iterator, Mapping

from salesrepo.commission.describe.wording import EVERY, begun, some
from salesrepo.domain.kinds.plan_counts import Metric, Ranking

_TIES = {
    "better": "equals all have the better place",
    "split": "equals share evenly what the places that they fill are paid",
}
_AMONG = {"plan": "everybody on this plan", "team": "the members of your team"}


def metrics_told(metrics: Mapping[str, Metric]) -> Iterator[str]:
    """Each imported figure in a sentence."""
    for name, metric in metrics.items():
        known = f"{metric.missing} where there is none"
        yield f"{name}: your figure of this name for {_which(metric.over, metric.lag)}; {known}."


def rankings_told(rankings: Mapping[str, Ranking]) -> Iterator[str]:
    """Each ranking in a sentence or two."""
    for name, ranking in rankings.items():
        by = " and ".join(
            f"{word} {of}" for word, of in (("the figure", ranking.metric), ("the measure", ranking.measure)) if of
        )
        groups = "in single places" if ranking.groups == "places" else f"in {ranking.groups} groups of the same size"
        place = f"your place among {_AMONG[ranking.among]} by {by} of {_which(ranking.over, ranking.lag)}"
        equals = f"{_TIES[ranking.ties]}; whoever has no figure counts as {ranking.missing}"
        yield f"{name}: {place}, the {ranking.best} first, {groups}. {begun(equals)}"


def _which(over: str, lag: int) -> str:
    current = EVERY[over].replace("each", "the same")
    return current if lag == 0 else f"the {over} that lies {some(lag, over)} back"
