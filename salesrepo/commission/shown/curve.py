"""How does a component's pay rise with the attainment or the total? Asked of the engine, sum by sum.

The plan is simplified to one deal that is alone in its window: every measure counts it, no condition keeps it out, and
it is paid at once. Rates, limits and rounding are the plan's; what rests on more than the total is said beside it.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from salesrepo.commission.amounts import amount_of
from salesrepo.commission.credit import credits_of
from salesrepo.commission.engine import pay
from salesrepo.commission.entry import quota_of, runs
from salesrepo.commission.figures import COUNTED, show_quantity, unit_of
from salesrepo.commission.rates.points import PointTable
from salesrepo.commission.rates.steps import StepTable
from salesrepo.commission.ready.plan import ready
from salesrepo.commission.shown.attained import share_shown
from salesrepo.commission.values import Event, Payee
from salesrepo.commission.version import PlanVersion
from salesrepo.domain.chart import Chart, Spot, Tick, ticks_up_to
from salesrepo.domain.kinds.deal import DealCredit
from salesrepo.domain.kinds.plan import Component, Plan, Rated, RateRule, Table
from salesrepo.domain.kinds.plan_counts import CreditRule, Measure
from salesrepo.domain.period import Calendar
from salesrepo.domain.statement import LineType, PlanRef

_PAYEE, _ROLE = "payee", "closer"
_TWICE = 2  # charts run to 200 % of the quota, or to twice the last row
_STEPS = 40
_NAMED = 4  # every so many steps a figure is named
_NOMINAL = "100000"  # stands for a quota that each payee has of their own
_YEARS_HERE = 20  # beyond any ramp


class Curves(NamedTuple):
    """The charts of a plan, and of each component without one why it has none."""

    charts: tuple[Chart, ...]
    without: tuple[str, ...]


def curves_of(plan: Plan, ref: PlanRef, calendar: Calendar) -> Curves:
    """The pay curves of a plan. Raises RefusedError for one that cannot be paid by."""
    charts: list[Chart] = []
    without: list[str] = []
    ready(plan, ref)
    for component in plan.components:
        found = list(_running(component))
        if not found:
            without.append(f"{component.name}: no table by a running total or an attainment, so there is no curve")
        charts += [_Drawn(plan, ref, component, name, table, calendar).chart() for name, table in found]
    return Curves(tuple(charts), tuple(without))


def _running(component: Component) -> Iterator[tuple[str, Table]]:
    """The tables of a component's rate that are read by a figure that runs, by the name of their rule."""
    rate = component.rate
    if not isinstance(rate, RateRule):
        return
    if rate.table is not None and runs(rate.table.by):
        yield "", rate.table
    for choice in rate.first:
        for paid in (choice.pays, choice.otherwise):
            if isinstance(paid, Rated) and paid.table is not None and runs(paid.table.by):
                yield choice.name, paid.table


class _Drawn:
    """One table as a plan of its own, and what the engine pays by it."""

    def __init__(
        self, plan: Plan, ref: PlanRef, component: Component, rule: str, table: Table, calendar: Calendar
    ) -> None:
        self._component, self._rule, self._table, self._calendar = component, rule, table, calendar
        self._kept = tuple(factor for factor in component.factors if factor.table is None and factor.when is None)
        self._nominal = any(quota.amount == "records" for quota in plan.quotas.values())
        self._currency = plan.currency
        self._day = plan.effective
        self._version = ready(self._alone(plan), ref)
        self._unit = self._version.measures[component.measure].unit
        self._payee = Payee(_PAYEE, date(self._day.year - _YEARS_HERE, 1, 1))

    def chart(self) -> Chart:
        """The curve: regular steps, and both sides of each edge."""
        whole = self._whole()
        paid = {base: paid_alone(self._version, base, self._payee, self._calendar) for base in self._bases(whole)}
        named = {round(whole * place / _STEPS) for place in range(0, _STEPS + 1, _NAMED)}
        spots = tuple(
            Spot(
                self._at(base),
                Fraction(amount),
                self._at_text(base),
                f"{show_quantity(amount, self._currency)} {self._currency}",
                base in named,
            )
            for base, amount in paid.items()
            if amount is not None
        )
        ups = ticks_up_to(max((spot.value for spot in spots), default=Fraction(0)))
        across = [round(whole * place / _STEPS) for place in range(0, _STEPS + 1, 2 * _NAMED)]
        return Chart(
            title=f"{self._component.name}{f' ({self._rule})' if self._rule else ''}",
            says=" ".join(self._says(spots)),
            across=self._across(),
            up=f"pay, {self._currency}",
            spots=spots,
            across_ticks=tuple(Tick(self._at(base), self._at_text(base)) for base in across),
            up_ticks=tuple(Tick(at, show_quantity(at, self._currency)) for at in ups),
        )

    def _alone(self, plan: Plan) -> Plan:
        kinds = {name: unit_of(measure.value, plan.currency) for name, measure in plan.measures.items()}
        credit = CreditRule(role=_ROLE, of="own")
        return replace(
            plan,
            version_by="signed",
            fx="refuse",
            pay_in="plan",
            measures={
                name: Measure(event="won", credit=credit, value="units" if unit == COUNTED else "amount")
                for name, unit in kinds.items()
            },
            components=(
                replace(
                    self._component,
                    rate=RateRule(table=self._table),
                    when=None,
                    lines="event",
                    release="at_once",
                    reversal="none",
                    share_out=None,
                    factors=self._kept,
                ),
            ),
            quotas={
                name: replace(quota, amount=_NOMINAL if quota.amount == "records" else quota.amount, prorate=None)
                for name, quota in plan.quotas.items()
            },
            metrics={},
            rankings={},
        )

    def _quota(self) -> Fraction | None:
        name = quota_of(self._table.by)
        if not name:
            return None
        quota = self._version.quotas[name]
        return amount_of(quota.amount, self._payee, over=quota.over, day=self._day, calendar=self._calendar)

    def _whole(self) -> Fraction:
        """How much of what counts the chart shows."""
        quota = self._quota()
        last = max(self._edges(), default=Fraction(0))
        return quota * _TWICE if quota else (last * _TWICE or Fraction(10_000_000))

    def _edges(self) -> tuple[Fraction, ...]:
        formula = self._version.components[0].rules[0].formula
        if isinstance(formula, StepTable):
            return formula.edges
        return formula.at if isinstance(formula, PointTable) else ()

    def _bases(self, whole: Fraction) -> tuple[int, ...]:
        quota = self._quota() or Fraction(1)
        bases = {round(whole * place / _STEPS) for place in range(_STEPS + 1)}
        for edge in self._edges():
            sides = {floor(edge * quota) - 1, floor(edge * quota), ceil(edge * quota), floor(edge * quota) + 1}
            bases |= {base for base in sides if 0 <= base <= whole}
        return tuple(sorted(bases))

    def _at(self, base: int) -> Fraction:
        return Fraction(base) / (self._quota() or Fraction(1))

    def _at_text(self, base: int) -> str:
        if not self._quota():
            return f"{show_quantity(base, self._unit)} {self._unit}".rstrip()
        return share_shown(self._at(base))

    def _across(self) -> str:
        name = quota_of(self._table.by)
        return f"attainment of {name}" if name else f"{self._component.measure} in {self._component.over or 'each'}"

    def _says(self, spots: tuple[Spot, ...]) -> Iterator[str]:
        if spots:
            yield f"At {spots[-1].at_text} it pays {spots[-1].value_text}, for one deal alone in its window."
        if left := [factor.name for factor in self._component.factors if factor not in self._kept]:
            yield f"Without what rests on more than this: {', '.join(left)}."
        if self._nominal and self._quota():
            yield f"For a quota of {_NOMINAL}, since each payee has one of their own."


def paid_alone(version: PlanVersion, base: int, payee: Payee, calendar: Calendar) -> int | None:
    """What a version pays a payee, in minor units, for one deal of `base` that is alone in its window.

    None where a line waits for a person.
    """
    event = Event(
        deal="deal-1",
        account="account",
        currency=version.currency,
        signed=version.effective,
        amount=base,
        commit="",
        booked_on=version.effective,
        place=1,
        values={"units": base},
    )
    credits = credits_of(event, [DealCredit(node=payee.node, role=_ROLE, share="100%")])
    plans = {(payee.node, version.effective): (version,)}
    lines = pay(credits, plans, {}, calendar=calendar, payees={payee.node: payee}).lines
    if any(line.type is LineType.PENDING for line in lines):
        return None
    return sum(line.amount for line in lines)
