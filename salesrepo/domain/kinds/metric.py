"""Which figure does each node have in a metric (churn, conversion, a survey's mark) in a window?"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from salesrepo.domain.fields import NodeId, Slug, WindowId
from salesrepo.domain.kinds.plan_counts import MetricValue
from salesrepo.domain.record import TABLE_CAP, Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class MetricTable:
    """The figures of one window, each a percentage or a plain number. Who is not listed has no figure in it."""

    metric: Slug
    window: WindowId
    figures: Mapping[NodeId, MetricValue] = field(default_factory=dict)


METRIC = Kind("metric", MetricTable, PathPattern("metrics/<metric>/<window>.yml"), Owner.FINANCE, cap=TABLE_CAP)
