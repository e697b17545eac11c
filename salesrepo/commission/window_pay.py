"""What does a component pay for a whole window, at the figures as they stand when it has ended?

A window's sum is one event, on the window's last day: the same rates, factors and limits as for any other.
"""

from collections.abc import Mapping, MutableMapping
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from salesrepo.commission import because
from salesrepo.commission.amounts import quota_amount, tenure_month
from salesrepo.commission.condition import FINAL, fit
from salesrepo.commission.entry import RANK, Pool
from salesrepo.commission.lack import LackError
from salesrepo.commission.lines import Desk
from salesrepo.commission.looked_up import contest_rank, facts_looked_up, groups_of
from salesrepo.commission.lookups import NOTHING, Lookups
from salesrepo.commission.rankings import group_of
from salesrepo.commission.rating import earned
from salesrepo.commission.standing import Figure, Standing, attainments
from salesrepo.commission.values import Credit, Event, Exchange, Fact, Payee, TotalKey
from salesrepo.commission.version import PlanVersion, ReadyComponent
from salesrepo.domain.period import Calendar, Span, Window
from salesrepo.domain.statement import LineItem

PERIOD = "period"
PERIOD_END = "period_end"
_SPLIT = "split"
_DAY = timedelta(days=1)


class WindowClose(NamedTuple):
    """What a close knows: its day and main commit, the running figures of everybody, the year, what can be looked up.

    What limits use of a window moves `totals` on.
    """

    booked_on: date
    commit: str
    totals: MutableMapping[TotalKey, int]
    calendar: Calendar
    lookups: Lookups = NOTHING


def window_ending(component: ReadyComponent, period: Window, calendar: Calendar) -> Window | None:
    """The component's window that ends with a closed period (a month); None where it goes on."""
    if component.over in (None, Span.EACH, Span.ALWAYS):
        return None
    window = calendar.window(component.over or Span.MONTH, period.ends - _DAY)
    return window if window.ends == period.ends else None


def pay_window(
    component: ReadyComponent,
    version: PlanVersion,
    payee: Payee,
    window: Window,
    *,
    desk: Desk,
    closing: WindowClose,
    pay_exchange: Exchange | None = None,
) -> LineItem | None:
    """The line for what a payee's window came to, added to the desk; a pending one for what cannot be rated yet.

    None where the component does not pay this payee. `pay_exchange` turns the plan's currency into the payee's.
    """
    standing = standing_at_close(component, version, payee, window, closing)
    standing = standing._replace(pay_exchange=pay_exchange)
    if not fit(component.when, standing.facts).fits:
        return None
    base = standing.credit.event.amount
    try:
        _refuse_no_rate(version, payee, standing)
        result = earned(component, standing, base)
    except LackError as lack:
        why = because.not_closed(component.name, version.plan, window.id)
        desk.wait(standing.credit, why, needs=str(lack), by=(version, component))
        return desk.lines[-1]
    return desk.earn(component, standing, result, base=base, booked=0, first=False, totals=closing.totals)


def _refuse_no_rate(version: PlanVersion, payee: Payee, standing: Standing) -> None:
    into = payee.currency
    if version.pay_in == "payee" and into not in (None, version.currency) and standing.pay_exchange is None:
        day = standing.credit.event.day.isoformat()
        raise LackError(f"An exchange rate from {version.currency} to {into} for {day}.")


def standing_at_close(
    component: ReadyComponent, version: PlanVersion, payee: Payee, window: Window, closing: WindowClose
) -> Standing:
    """Where a payee stands when a window of the component is over: figures of that window have come all their way."""
    last, calendar, measure = window.ends - _DAY, closing.calendar, component.measure
    figures: dict[tuple[str, Span], Figure] = {}
    for name, over in version.windows:
        id_ = calendar.window_id(over, last)
        total = closing.totals.get(_key(version, payee.node, name, id_), 0)
        figures[name, over] = Figure(id_, 0 if id_ == window.id else total, total, total)
    base = closing.totals.get(_key(version, payee.node, measure.name, window.id), 0)
    event = Event(
        deal="",
        account="",
        currency=version.currency,
        signed=last,
        amount=base,
        commit=closing.commit,
        booked_on=closing.booked_on,
        place=0,
        name=f"{PERIOD}-{window.id}",
        kind=PERIOD_END,
        values={measure.value: base},
    )
    credit = Credit(event, payee.node, "", (0, 1), (1, 1))
    facts = _payee_facts(payee, last)
    facts |= facts_looked_up(version, payee.node, day=last, calendar=calendar, lookups=closing.lookups)
    places, pools = _contests(component, version, payee.node, last, closing)
    known = Standing(
        credit, version, payee, calendar, {}, figures, facts | places, lookups=closing.lookups, pools=pools
    )
    return known._replace(facts={**known.facts, **attainments(known)})


def closing_facts(payee: Payee, version: PlanVersion | None, day: date, closing: WindowClose) -> dict[str, Fact]:
    """What a pool may ask of a member on a window's last day: `payee.*`, and by its own plan's version then
    `attainment_final.<quota>`, of quotas that are known."""
    facts = _payee_facts(payee, day)
    for name, quota in version.quotas.items() if version else ():
        amount = quota_amount(quota, payee, day=day, calendar=closing.calendar, lookups=closing.lookups)
        if version is not None and amount:
            key = _key(version, payee.node, quota.measure, closing.calendar.window_id(quota.over, day))
            facts[f"{FINAL}.{name}"] = Fraction(closing.totals.get(key, 0)) / amount
    return facts


def _contests(
    component: ReadyComponent, version: PlanVersion, payee: str, last: date, closing: WindowClose
) -> tuple[dict[str, Fact], Mapping[str, Pool]]:
    """The payee's places in the contests of the window, and the places that equals fill where they pool prizes."""
    facts: dict[str, Fact] = {}
    pools: dict[str, Pool] = {}
    for name, ranking in version.rankings.items():
        if ranking.measure is None or component.over is None or ranking.over != component.over:
            continue
        rank = contest_rank(
            ranking,
            version,
            payee,
            last=last,
            calendar=closing.calendar,
            totals=closing.totals,
            lookups=closing.lookups,
        )
        groups = groups_of(ranking)
        facts[f"{RANK}.{name}"] = group_of(rank.place, rank.size, groups)
        if ranking.ties == _SPLIT and len(rank.tied) > 1:
            filled = range(rank.place, rank.place + len(rank.tied))
            pools[name] = Pool(tuple(group_of(place, rank.size, groups) for place in filled), rank.tied.index(payee))
    return facts, pools


def _payee_facts(payee: Payee, day: date) -> dict[str, Fact]:
    facts = {f"payee.{name}": value for name, value in payee.facts_on(day).items()}
    month = tenure_month(payee, day)
    return facts if month is None else {**facts, "payee.tenure_month": month}


def _key(version: PlanVersion, payee: str, measure: str, window: str) -> TotalKey:
    return TotalKey(payee, version.plan, version.figure(measure), window, version.measures[measure].unit)
