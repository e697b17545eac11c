"""What does each payee earn for each event? The one definition of pay: pure, exact numbers, one rounding function.

Stages, in this order: a credit's share of the event (first rounding point); all running figures move (count before you
pay); then each component in the plan's order: the rate's parts, their exact sum, factors, the line's rounding (last
rounding point), limits. Where reaching a row changes what earlier events of a window are paid, the difference to what
is booked for each becomes a line of its own: nothing that is booked is touched. What cannot be rated becomes a
`pending` line that says what it waits for. No conversion exists yet: a plan refuses other currencies.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from types import MappingProxyType

from salesrepo.commission import because
from salesrepo.commission.condition import fit
from salesrepo.commission.lines import Desk
from salesrepo.commission.rating import earned
from salesrepo.commission.standing import LackError, Standing, standing_after, standing_of
from salesrepo.commission.true_up import Change, changes, reaching, shortfall
from salesrepo.commission.values import (
    Booked,
    Credit,
    PassedOver,
    Payee,
    PlanVersion,
    ReadyComponent,
    TotalKey,
)
from salesrepo.domain.period import Calendar, Span
from salesrepo.domain.statement import LineItem

Plans = Mapping[tuple[str, date], Sequence[PlanVersion]]
Entered = Mapping[tuple[str, TotalKey], int]
History = Mapping[str, Sequence[LineItem]]

_NO_SEQS: Mapping[str, int] = MappingProxyType({})
_NOWHERE: Entered = MappingProxyType({})
_NOBODY: Mapping[str, Payee] = MappingProxyType({})
_NO_HISTORY: History = MappingProxyType({})


def pay(  # noqa: PLR0913 - what a settlement knows, all of it by name
    credits: Iterable[Credit],
    plans: Plans,
    totals: Mapping[TotalKey, int],
    *,
    calendar: Calendar,
    seqs: Mapping[str, int] = _NO_SEQS,
    entered: Entered = _NOWHERE,
    payees: Mapping[str, Payee] = _NOBODY,
    history: History = _NO_HISTORY,
    undone: Sequence[LineItem] = (),
) -> Booked:
    """Book credits, in the order of DESIGN rule 8: place of the merge, then event date, deal id, line, credit.

    `plans` holds, by payee and signed day, the plan versions in force; a payee without one gets a pending line.
    `totals` are the running figures so far (the result has them all, moved on), `seqs` the highest sequence number
    booked by stem of key, `entered` where a deal that is booked again first came in, by deal and running figure; both
    come from `booked_lines.py`. `payees` has what plans ask of people, `history` the lines that stand of each payee
    whose plan looks back. `undone` are reversals made just before (and no part of `history`): the windows that they
    left are rated again once everything else is booked.
    """
    run = _Run(calendar, totals, seqs=seqs, entered=entered, payees=payees, history=history)
    for credit in sorted(credits, key=_booking_order):
        versions = plans.get((credit.payee, credit.event.signed), ())
        if not versions:
            run.desk.wait_for_plan(credit)
        for version in versions:
            run.rate(credit, version)
    for line in undone:
        for version in plans.get((line.payee, line.event_on), ()):
            if version.ref == line.plan:
                run.close_up(line, version)
    return Booked(tuple(run.desk.lines), run.totals, tuple(run.passed))


def _booking_order(credit: Credit) -> tuple[int, date, str, int, int]:
    event = credit.event
    return event.place, event.signed, event.deal, event.item, credit.number


class _Run:
    """One call's work in progress: running figures as they move on, and what was made so far."""

    def __init__(
        self,
        calendar: Calendar,
        totals: Mapping[TotalKey, int],
        *,
        seqs: Mapping[str, int],
        entered: Entered,
        payees: Mapping[str, Payee],
        history: History,
    ) -> None:
        self.totals = dict(totals)
        self.desk = Desk(calendar, seqs)
        self.passed: list[PassedOver] = []
        self._calendar = calendar
        self._entered = dict(entered)
        self._payees = payees
        self._history = history
        self._windows: dict[tuple[str, str, str, str], list[LineItem]] = {}

    def rate(self, credit: Credit, version: PlanVersion) -> None:
        """Book what each component of a version pays for the credit."""
        if credit.event.currency != version.currency:
            self._refuse_currency(credit, version)
            return
        payee = self._payees.get(credit.payee) or Payee(credit.payee)
        standing = standing_of(
            credit, version, payee, calendar=self._calendar, totals=self.totals, entered=self._entered
        )
        paid = [part for part in version.components if self._pays(part, standing)]
        if not paid:
            self.passed.append(PassedOver(credit, version.ref, because.passed_over(standing)))
        before = len(self.desk.lines)
        for component in paid:
            try:
                self._earn(component, standing, first=len(self.desk.lines) == before)
            except LackError as lack:
                self.desk.wait(credit, because.lacks(standing, component), needs=str(lack), by=(version, component))
        if standing.moved and not any(line.moved for line in self.desk.lines[before:]):
            self.desk.count(standing)

    def close_up(self, gone: LineItem, version: PlanVersion) -> None:
        """Rate again what stands in the windows that a line was taken out of."""
        payee = self._payees.get(gone.payee) or Payee(gone.payee)
        standing = standing_after(gone, version, payee, calendar=self._calendar, totals=self.totals)
        for component in version.components:
            lines = self._window(component, standing)
            found: list[Change] = []
            with suppress(LackError):  # what cannot be rated stays as it is booked, until an event can rate it
                found += (*changes(component, standing, lines), *shortfall(component, standing, lines))
            for change in found:
                lines.append(self.desk.true_up(component, standing, change, totals=self.totals))

    def _pays(self, component: ReadyComponent, standing: Standing) -> bool:
        return component.measure.name in standing.bases and fit(component.when, standing.facts).fits

    def _earn(self, component: ReadyComponent, standing: Standing, *, first: bool) -> None:
        base = standing.bases[component.measure.name]
        result = earned(component, standing, base)
        lines = self._window(component, standing)
        found = tuple(changes(component, standing, lines))
        booked = sum(earlier.calculated for earlier in reaching(lines)) if result.reaches else 0
        line = self.desk.earn(component, standing, result, base=base, booked=booked, first=first, totals=self.totals)
        for change in found:
            lines.append(self.desk.true_up(component, standing, change, totals=self.totals))
        lines.append(line)

    def _window(self, component: ReadyComponent, standing: Standing) -> list[LineItem]:
        """The lines that stand in the component's window, of every version of the plan; those made now are added."""
        over, payee = component.over, standing.credit.payee
        if over is None or over is Span.EACH or not component.looks_back:
            return []
        window = self._calendar.window_id(over, standing.credit.event.signed)
        key = (payee, standing.version.plan, component.name, window)
        if key not in self._windows:
            self._windows[key] = [
                line
                for line in self._history.get(payee, ())
                if line.plan is not None
                and line.plan.name == standing.version.plan
                and line.component == component.name
                and self._calendar.window_id(over, line.event_on) == window
            ]
        return self._windows[key]

    def _refuse_currency(self, credit: Credit, version: PlanVersion) -> None:
        asked = [part for part in version.components if credit.role in part.measure.roles]
        if not asked:
            self.passed.append(PassedOver(credit, version.ref, because.no_role(credit, version)))
        for component in asked:
            needs = f"The deal in {version.currency}, or a plan in {credit.event.currency}."
            self.desk.wait(credit, because.other_currency(credit, version), needs=needs, by=(version, component))
