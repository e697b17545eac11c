"""Which prices, exchange rates, quotas and metrics went into a line of pay, as records?"""

from datetime import date

from salesrepo.commission.looked_up import window_before
from salesrepo.domain.evidence import Piece
from salesrepo.domain.kinds.deal import Deal
from salesrepo.domain.kinds.fx import FX_RATES, month_of, pair_of
from salesrepo.domain.kinds.metric import METRIC
from salesrepo.domain.kinds.plan import PLAN, Plan
from salesrepo.domain.kinds.product import PRODUCT
from salesrepo.domain.kinds.quota import QUOTA
from salesrepo.domain.period import Calendar, Span
from salesrepo.domain.statement import FxPart, LineItem
from salesrepo.errors import SalesRepoError
from salesrepo.flows.books.exhibits import Exhibits
from salesrepo.store.snapshot import parse

_RECORDS = "records"


def prices(shown: Exhibits, deal: Deal | None, line: LineItem) -> tuple[Piece, ...]:
    """The price list's record of each product of the deal, when the line was booked."""
    if not line.deal:
        return (Piece(what="Products", said=("The line is about no deal.",)),)
    if deal is None:
        return (Piece(what="Products", missing="The deal of that time cannot be read here."),)
    skus = dict.fromkeys(item.product for item in deal.lines)
    return tuple(shown.input(f"Product {sku}", PRODUCT.path.fill(sku=sku), line.deal_commit) for sku in skus)


def rates(shown: Exhibits, line: LineItem) -> tuple[Piece, ...]:
    """The record that each conversion took its rate from."""
    parts = [part for part in (line.fx, line.paid_in) if part is not None]
    if not parts:
        return (Piece(what="Conversion", said=("Nothing was converted.",)),)
    return tuple(_rate(shown, part, line.deal_commit) for part in parts)


def _rate(shown: Exhibits, part: FxPart, commit: str) -> Piece:
    what = f"{part.out_of} into {part.into} at the rate of {part.day}"
    forth, back = (
        shown.input(what, FX_RATES.path.fill(pair=pair, month=month_of(part.day)), commit)
        for pair in (pair_of(part.out_of, part.into), pair_of(part.into, part.out_of))
    )
    return forth if forth.text or not back.text else back


def figures(shown: Exhibits, line: LineItem, calendar: Calendar) -> tuple[Piece, ...]:
    """The quotas and metrics that the pinned plan looks up, of the windows that it looks at on the event's day."""
    if line.plan is None:
        return (Piece(what="Figures", said=("No plan rated this line.",)),)
    try:
        data = shown.objects.read(line.plan.blob, PLAN.cap)
        plan = parse(PLAN, data, path=line.plan.path)[0]
    except SalesRepoError as lacking:
        return (Piece(what="Figures", missing=f"The plan cannot be read here: {lacking.message}"),)
    paths = _paths(plan, calendar, line.event_on)
    if not paths:
        return (Piece(what="Figures", said=("The plan looks up no figures of records.",)),)
    return tuple(shown.input(what, path, line.deal_commit) for what, path in paths)


def _paths(plan: Plan, calendar: Calendar, day: date) -> tuple[tuple[str, str], ...]:
    found = [
        (f"Quota {name}", QUOTA.path.fill(quota=name, window=calendar.window_id(Span(quota.over), day)))
        for name, quota in plan.quotas.items()
        if quota.amount == _RECORDS
    ]
    looked = [(name, metric.over, metric.lag) for name, metric in plan.metrics.items()]
    looked += [(one.metric, one.over, one.lag) for one in plan.rankings.values() if one.metric]
    for name, over, lag in looked:
        window = window_before(calendar, Span(over), day, lag)
        found.append((f"Metric {name}", METRIC.path.fill(metric=name, window=window.id)))
    return tuple(dict.fromkeys(found))
