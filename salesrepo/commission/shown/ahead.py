"""How far is it to the next row of each table that a running figure enters?"""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from salesrepo.commission.amounts import quota_amount
from salesrepo.commission.entry import BASE, quota_of
from salesrepo.commission.lookups import NOTHING, Lookups
from salesrepo.commission.values import Payee, TotalKey
from salesrepo.commission.version import Formula, PlanVersion, ReadyComponent
from salesrepo.domain.period import Calendar, Span


class Ahead(NamedTuple):
    """The next row of one table: so much more of a measure in a window, and the row pays `pays`.

    `of` names the component and, behind a dot, the rule or factor that holds the table. `missing` is counted in the
    measure's smallest unit (`unit`: a currency, or "" for things), rounded up so that it surely reaches the row.
    `reached` and `edge` are where the figure stands and where the row begins: quantities, or shares of the `quota`;
    `owned` says whether the row begins at its edge, or above it.
    """

    payee: str
    of: str
    measure: str
    window: str
    unit: str
    missing: int
    pays: str
    reached: Fraction
    edge: Fraction
    owned: bool
    quota: Fraction | None = None


class Figures(NamedTuple):
    """What says where figures stand: running totals, whose they are, on which day, in whose year, by what records."""

    totals: Mapping[TotalKey, int]
    payee: Payee
    day: date
    calendar: Calendar
    lookups: Lookups = NOTHING


def rows_ahead(version: PlanVersion, figures: Figures) -> Iterator[Ahead]:
    """The next row of every table of a plan version that is entered by a running total or by an attainment.

    Nothing of a table whose last row is reached, or whose quota is not known.
    """
    for component in version.components:
        for name, by, formula in _tables(component):
            found = _ahead(name, by, formula, component=component, version=version, figures=figures)
            if found is not None:
                yield found


def _tables(component: ReadyComponent) -> Iterator[tuple[str, str, Formula]]:
    several = len(component.rules) > 1
    for rule in component.rules:
        yield f"{component.name}.{rule.name}" if several else component.name, rule.by, rule.formula
    for factor in component.factors:
        yield f"{component.name}.{factor.name}", factor.by, factor.formula


def _ahead(
    name: str, by: str, formula: Formula, *, component: ReadyComponent, version: PlanVersion, figures: Figures
) -> Ahead | None:
    day, calendar, payee = figures.day, figures.calendar, figures.payee
    quota = version.quotas.get(quota_of(by))
    amount = quota and quota_amount(quota, payee, day=day, calendar=calendar, lookups=figures.lookups)
    measure: str = quota.measure if quota else component.measure.name
    over: Span = quota.over if quota else component.over or Span.EACH
    if not (amount or (by == BASE and over is not Span.EACH)):
        return None
    window, unit = calendar.window_id(over, day), version.measures[measure].unit
    total = figures.totals.get(TotalKey(payee.node, version.plan, measure, window, unit), 0)
    reached = Fraction(total) / (amount or 1)
    row = formula.ahead(reached)
    if row is None:
        return None
    edge = row.edge * (amount or 1)
    missing = (ceil(edge) if row.owned else floor(edge) + 1) - total
    return Ahead(
        payee.node, name, measure, window, unit, missing, row.pays, reached, row.edge, row.owned, amount or None
    )
