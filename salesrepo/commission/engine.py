"""What does each payee earn for each event? The one definition of pay: pure, exact numbers, one rounding function.

Stages, in this order: a credit's share of the event (first rounding point), in the plan's currency (second); all
running figures move (count before you pay); then each component in the plan's order: the rate's parts, their exact sum,
factors, the line's rounding (last rounding point), limits. Where reaching a row changes what earlier events of a window
are paid, the difference to what is booked for each becomes a line of its own: nothing that is booked is touched. What
cannot be rated becomes a `pending` line that says what it waits for. Then, by level, what others are paid on these
lines. What of a line is not released yet stands beside it as a reserve.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from salesrepo.commission import because
from salesrepo.commission.condition import fit
from salesrepo.commission.deal_currency import in_currency_of
from salesrepo.commission.lack import LackError
from salesrepo.commission.leaving import counts
from salesrepo.commission.lines import Desk
from salesrepo.commission.lookups import NOTHING, Lookups
from salesrepo.commission.measure import concerns
from salesrepo.commission.rating import earned
from salesrepo.commission.standing import Standing, standing_after, standing_of
from salesrepo.commission.true_up import Change, changes, reaching, shortfall
from salesrepo.commission.values import Booked, Credit, Event, Exchange, Holding, PassedOver, Payee, TotalKey
from salesrepo.commission.version import PlanVersion, ReadyComponent
from salesrepo.domain.period import Calendar, Span
from salesrepo.domain.statement import OWN, LineItem, LineType, PlanRef

Plans = Mapping[tuple[str, date], Sequence[PlanVersion]]
Entered = Mapping[tuple[str, TotalKey], int]
History = Mapping[str, Sequence[LineItem]]
Rates = Callable[[str, str, date], Exchange | None]

WON, EARNED = "won", "earned"
_NO_SEQS: Mapping[str, int] = MappingProxyType({})
_NOWHERE: Entered = MappingProxyType({})
_NOBODY: Mapping[str, Payee] = MappingProxyType({})
_NO_HISTORY: History = MappingProxyType({})
_NO_VERSIONS: Mapping[PlanRef, PlanVersion] = MappingProxyType({})


AT_ONCE = "at_once"


class _HoldNothing:
    """Everything is payable at once."""

    def lacks(self, event: Event, component: ReadyComponent) -> None:
        """Nothing."""

    def reserve(self, line: LineItem, component: ReadyComponent) -> None:
        """None."""


HOLD_NOTHING = _HoldNothing()


def no_rates(out_of: str, into: str, day: date) -> Exchange | None:
    """No exchange rate is known."""


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
    booked_by: Mapping[PlanRef, PlanVersion] = _NO_VERSIONS,
    open_from: date = date.min,
    rates: Rates = no_rates,
    holding: Holding = HOLD_NOTHING,
    lookups: Lookups = NOTHING,
) -> Booked:
    """Book credits, in the order of DESIGN rule 8: place of the merge, then event date, deal id, line, credit.

    `plans` holds the plan versions in force by payee and day: that of the deal's signature, and for versions by event
    its own; a payee without one gets a pending line. `totals` are the running figures so far (the result has them all,
    moved on), `seqs` the highest sequence number booked by stem of key, `entered` where a deal that is booked again
    first came in, by deal and running figure; both come from `booked_lines.py`. `payees` has what plans ask of people,
    `history` the lines that stand of each payee whose plan looks back. `undone` are reversals made just before (and no
    part of `history`): the windows that they left are rated again, by the versions in `booked_by`, once everything else
    is booked. What falls in a period that was closed before `open_from` is booked into the first open one. `rates`
    finds an exchange rate of a day, `holding` makes the reserve that stands beside a line which is not payable at once,
    `lookups` have metrics, recorded quotas and colleagues.
    """
    known = _Known(calendar, plans, payees, history, rates, holding, lookups)
    run = _Run(Desk(calendar, seqs, open_from), known, totals, entered)
    run.book(credits)
    for line in undone:
        if line.plan is not None and line.plan in booked_by:
            run.close_up(line, booked_by[line.plan])
    return Booked(tuple(run.desk.lines), run.totals, tuple(run.passed))


def versions_of(plans: Plans, payee: str, *, signed: date, day: date) -> Sequence[PlanVersion]:
    """The plan versions that pay for an event: those in force on the day of the signature.

    Where these go by the event's own day, or where there was none yet, those in force then.
    """
    found = plans.get((payee, signed), ())
    if day == signed or (found and not any(version.by_event for version in found)):
        return found
    return (*(version for version in found if not version.by_event), *plans.get((payee, day), ()))


def asks_for(version: PlanVersion, kind: str) -> bool:
    """Whether any measure of a version counts events of a kind."""
    return any(measure.event == kind for measure in version.measures.values())


def _booking_order(credit: Credit) -> tuple[int, date, str, int, int, int]:
    event = credit.event
    return event.place, event.day, event.deal, event.item, credit.level, credit.number


class _Known(NamedTuple):
    """What one call knows of the company."""

    calendar: Calendar
    plans: Plans
    payees: Mapping[str, Payee]
    history: History
    rates: Rates
    holding: Holding
    lookups: Lookups


class _Run:
    """One call's work in progress: running figures as they move on, and what was made so far."""

    def __init__(self, desk: Desk, known: _Known, totals: Mapping[TotalKey, int], entered: Entered) -> None:
        self.totals = dict(totals)
        self.desk = desk
        self.passed: list[PassedOver] = []
        self._known = known
        self._entered = dict(entered)
        self._windows: dict[tuple[str, str, str, str], list[LineItem]] = {}

    def book(self, credits: Iterable[Credit]) -> None:
        """Rate every credit, and what others are paid on what it earned."""
        ordered = sorted(credits, key=_booking_order)
        above = _above(ordered)
        for credit in ordered:
            versions = self._versions(credit)
            if not versions and credit.via == OWN:
                self.desk.wait_for_plan(credit)
            before = len(self.desk.lines)
            for version in versions:
                self.rate(credit, version)
            if credit.via == OWN:
                for line in tuple(self.desk.lines[before:]):
                    self._offer(line, credit, above.get(_source(credit), ()))

    def _offer(self, line: LineItem, credit: Credit, above: Sequence[Credit]) -> None:
        """Let those who are paid on a line's amount have their share of it."""
        if line.type is not LineType.EARNING or not line.component:
            return
        for each in (credit, *above):
            asking = [version for version in self._versions(each) if asks_for(version, EARNED)]
            derived = _on_earned(line, each) if asking else each
            for version in asking:
                self.rate(derived, version)

    def _versions(self, credit: Credit) -> Sequence[PlanVersion]:
        return versions_of(self._known.plans, credit.payee, signed=credit.event.signed, day=credit.event.day)

    def rate(self, credit: Credit, version: PlanVersion) -> None:
        """Book what each component of a version pays for the credit."""
        payee = self._known.payees.get(credit.payee) or Payee(credit.payee)
        if not self._concerns(credit, version, payee):
            return
        event, exchange = credit.event, None
        if version.pay_in == "deal":
            version = in_currency_of(version, event.currency)
        elif event.currency != version.currency:
            day = event.signed if version.fx == "signed" else event.day
            exchange = None if version.fx == "refuse" else self._known.rates(event.currency, version.currency, day)
            if exchange is None:
                self._refuse_currency(credit, version)
                return
        standing = standing_of(
            credit,
            version,
            payee,
            calendar=self._known.calendar,
            totals=self.totals,
            entered=self._entered,
            exchange=exchange,
            lookups=self._known.lookups,
        )
        paid = [part for part in version.components if self._pays(part, standing)]
        if not paid and credit.via == OWN and event.kind == WON:
            self.passed.append(PassedOver(credit, version.ref, because.passed_over(standing)))
        before = len(self.desk.lines)
        for component in paid:
            try:
                pays = self._pay_exchange(payee, version, event.day)
                known = standing if pays is None else standing._replace(pay_exchange=pays)
                self._earn(component, known, first=len(self.desk.lines) == before)
            except LackError as lack:
                self.desk.wait(credit, because.lacks(standing, component), needs=str(lack), by=(version, component))
        if not any(line.moved for line in self.desk.lines[before:]) and standing.moved:
            self.desk.count(standing)

    def close_up(self, gone: LineItem, version: PlanVersion) -> None:
        """Rate again what stands in the windows that a line was taken out of."""
        payee = self._known.payees.get(gone.payee) or Payee(gone.payee)
        standing = standing_after(
            gone, version, payee, calendar=self._known.calendar, totals=self.totals, lookups=self._known.lookups
        )
        for component in version.components:
            lines = self._window(component, standing)
            found: list[Change] = []
            with suppress(LackError):  # what cannot be rated stays as it is booked, until an event can rate it
                found += (*changes(component, standing, lines), *shortfall(component, standing, lines))
            for change in found:
                lines.append(self._true_up(component, standing, change))

    def _concerns(self, credit: Credit, version: PlanVersion, payee: Payee) -> bool:
        """Whether a plan asks for such an event, and the payee was still here, or residuals go on.

        A credit of one's own in a deal that was won is always told.
        """
        if version.pay is not None and not counts(version.pay.leaving, payee, credit.event.day):
            if credit.via == OWN and credit.event.kind == WON:
                self.passed.append(PassedOver(credit, version.ref, because.left(credit, payee.ends)))
            return False
        if credit.via == OWN and credit.event.kind == WON:
            return True
        return any(concerns(measure, credit) for measure in version.measures.values())

    def _pay_exchange(self, payee: Payee, version: PlanVersion, day: date) -> Exchange | None:
        """From the plan's currency to the one that the payee is paid in. Raises LackError without a rate of the day."""
        into = payee.currency
        if version.pay_in != "payee" or into is None or into == version.currency:
            return None
        found = self._known.rates(version.currency, into, day)
        if found is None:
            raise LackError(f"An exchange rate from {version.currency} to {into} for {day.isoformat()}.")
        return found

    def _pays(self, component: ReadyComponent, standing: Standing) -> bool:
        counted = not component.by_window and component.measure.name in standing.bases
        return counted and fit(component.when, standing.facts).fits

    def _earn(self, component: ReadyComponent, standing: Standing, *, first: bool) -> None:
        lack = None if component.release == AT_ONCE else self._known.holding.lacks(standing.credit.event, component)
        if lack:
            raise LackError(lack)
        base = standing.bases[component.measure.name]
        result = earned(component, standing, base)
        lines = self._window(component, standing)
        found = tuple(changes(component, standing, lines))
        booked = sum(earlier.calculated for earlier in reaching(lines)) if result.reaches else 0
        line = self.desk.earn(component, standing, result, base=base, booked=booked, first=first, totals=self.totals)
        self._keep_back(line, component)
        for change in found:
            lines.append(self._true_up(component, standing, change))
        lines.append(line)

    def _true_up(self, component: ReadyComponent, standing: Standing, change: Change) -> LineItem:
        line = self.desk.true_up(component, standing, change, totals=self.totals)
        self._keep_back(line, component)
        return line

    def _keep_back(self, line: LineItem, component: ReadyComponent) -> None:
        """Set beside a line what of it is not payable yet."""
        if component.release != AT_ONCE and component.share_out is None:
            reserve = self._known.holding.reserve(line, component)
            if reserve is not None:
                self.desk.beside(line, reserve)

    def _window(self, component: ReadyComponent, standing: Standing) -> list[LineItem]:
        """The lines that stand in the component's window, of every version of the plan; those made now are added."""
        over, payee = component.over, standing.credit.payee
        if over is None or over is Span.EACH or not component.looks_back:
            return []
        window = self._known.calendar.window_id(over, standing.credit.event.day)
        key = (payee, standing.version.plan, component.name, window)
        if key not in self._windows:
            self._windows[key] = [
                line
                for line in self._known.history.get(payee, ())
                if line.plan is not None
                and line.plan.name == standing.version.plan
                and line.component == component.name
                and line.type is LineType.EARNING
                and not (standing.version.restarts and line.plan != standing.version.ref)
                and self._known.calendar.window_id(over, line.event_on) == window
            ]
        return self._windows[key]

    def _refuse_currency(self, credit: Credit, version: PlanVersion) -> None:
        asked = [part for part in version.components if concerns(part.measure, credit)]
        if not asked and credit.via == OWN:
            self.passed.append(PassedOver(credit, version.ref, because.no_role(credit, version)))
        for component in asked:
            if version.fx == "refuse":
                needs = f"The deal in {version.currency}, or a plan in {credit.event.currency}."
                why = because.other_currency(credit, version)
            else:
                needs = f"An exchange rate from {credit.event.currency} to {version.currency}."
                why = because.no_rate(credit, version.currency)
            self.desk.wait(credit, why, needs=needs, by=(version, component))


def _source(credit: Credit) -> tuple[str, str, int, str, str, int]:
    """Which credit of one's own a credit is or derives from."""
    event = credit.event
    return event.deal, event.name, event.item, credit.node or credit.payee, credit.role, credit.number


def _above(credits: Iterable[Credit]) -> Mapping[tuple[str, str, int, str, str, int], Sequence[Credit]]:
    """The credits that others have by somebody's own, nearest first."""
    found: dict[tuple[str, str, int, str, str, int], list[Credit]] = {}
    for credit in credits:
        if credit.via != OWN:
            found.setdefault(_source(credit), []).append(credit)
    return found


def _on_earned(line: LineItem, credit: Credit) -> Credit:
    """A credit in what a line pays, for whoever has `credit` in what the line is about."""
    event = credit.event._replace(
        deal=line.deal,
        item=line.item,
        name=line.event,
        kind=EARNED,
        currency=line.money,
        amount=line.calculated or 0,
        happened=line.event_on,
        values={EARNED: line.calculated or 0},
        component=line.component or "",
    )
    return credit._replace(event=event, starts=(0, 1), ends=(1, 1))
