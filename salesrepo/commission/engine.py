"""What does each payee earn for each event? The one definition of pay: pure, whole numbers, one rounding function.

Stages, in this order: a credit's share of the event (first rounding point), the running totals that it moves, the parts
of it by rate, their exact sum, the line's amount (last rounding point). No conversion exists yet: a plan refuses other
currencies. What cannot be rated becomes a `pending` line that says what it waits for.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from salesrepo.commission import because
from salesrepo.commission.values import (
    Booked,
    Credit,
    Event,
    PassedOver,
    PlanVersion,
    ReadyComponent,
    ReadyMeasure,
    TotalKey,
)
from salesrepo.domain.money import Ratio, add, cut, round_half_away
from salesrepo.domain.period import Calendar, Span
from salesrepo.domain.statement import CreditPart, EnterPart, LineItem, LineType, MeasurePart

ENGINE = "1"  # written on every line; a change of any amount needs a new one, and the old one stays

Plans = Mapping[tuple[str, date], Sequence[PlanVersion]]
Entered = Mapping[tuple[str, TotalKey], int]

_NO_SEQS: Mapping[str, int] = MappingProxyType({})
_NOWHERE: Entered = MappingProxyType({})


def pay(
    credits: Iterable[Credit],
    plans: Plans,
    totals: Mapping[TotalKey, int],
    *,
    calendar: Calendar,
    seqs: Mapping[str, int] = _NO_SEQS,
    entered: Entered = _NOWHERE,
) -> Booked:
    """Book credits, in the order of DESIGN rule 8: place of the merge, then event date, deal id, line, credit.

    `plans` holds, by payee and signed day, the plan versions in force; a payee without one gets a pending line.
    `totals` are the running totals so far (the result has them all, moved on), `seqs` the highest sequence number
    booked by stem of key, `entered` where a deal that is booked again first came in, by deal and running total; both
    come from `reverse.py`.
    """
    desk = _Desk(calendar, totals, seqs=seqs, entered=entered)
    for credit in sorted(credits, key=_booking_order):
        versions = plans.get((credit.payee, credit.event.signed), ())
        if not versions:
            desk.wait_for_plan(credit)
        for version in versions:
            desk.rate(credit, version)
    return Booked(tuple(desk.lines), desk.totals, tuple(desk.passed))


def _booking_order(credit: Credit) -> tuple[int, date, str, int, int]:
    event = credit.event
    return event.place, event.signed, event.deal, event.item, credit.number


def takes(measure: ReadyMeasure, credit: Credit) -> bool:
    """Whether a measure counts a credit: its role, and every filter; a field that the event lacks does not match."""
    if credit.role not in measure.roles:
        return False
    return all(getattr(credit.event, name) in values for name, values in measure.when)


class _Desk:
    """One call's work in progress: running totals and sequence numbers as they move on, and what was made so far."""

    def __init__(
        self, calendar: Calendar, totals: Mapping[TotalKey, int], *, seqs: Mapping[str, int], entered: Entered
    ) -> None:
        self.totals = dict(totals)
        self.lines: list[LineItem] = []
        self.passed: list[PassedOver] = []
        self._calendar = calendar
        self._seqs = dict(seqs)
        self._entered = dict(entered)
        self._windows: dict[tuple[Span, date], str] = {}

    def rate(self, credit: Credit, version: PlanVersion) -> None:
        """Book one line for each component of a version that takes the credit."""
        found = [component for component in version.components if takes(component.measure, credit)]
        if not found:
            self.passed.append(PassedOver(credit, version.ref, because.passed_over(credit, version)))
        elif credit.event.currency != version.currency:
            for component in found:
                self.wait_for_currency(credit, version, component)
        else:
            ways: dict[TotalKey, EnterPart] = {}
            part = _credit_part(credit)
            for component in found:
                enter = self._enter(credit, version, component, base=part.gives, ways=ways)
                self._earn(credit, version, component, part=part, enter=enter)

    def _enter(
        self,
        credit: Credit,
        version: PlanVersion,
        component: ReadyComponent,
        *,
        base: int,
        ways: dict[TotalKey, EnterPart],
    ) -> EnterPart | None:
        """Where the component's running total stood and stands; components that share a total move it once."""
        if component.over is None:
            return None
        if component.over is Span.EACH:
            return EnterPart("each", 0, base)
        window = self._window(component.over, credit.event.signed)
        key = TotalKey(credit.payee, version.plan, component.measure.name, window, version.currency)
        if key not in ways:
            total = self.totals.get(key, 0)
            place = (credit.event.deal, key)
            before = self._entered.get(place, total)
            if place in self._entered:
                self._entered[place] = before + base
            self.totals[key] = total + base
            ways[key] = EnterPart(window, before, before + base)
        return ways[key]

    def _earn(
        self,
        credit: Credit,
        version: PlanVersion,
        component: ReadyComponent,
        *,
        part: CreditPart,
        enter: EnterPart | None,
    ) -> None:
        base = part.gives
        slices = component.formula.slices(enter.before if enter is not None else 0, base)
        exact: Ratio = slices[0].gives
        for each in slices[1:]:
            exact = add(exact, each.gives)
        amount = round_half_away(*exact)
        event = credit.event
        self.lines.append(
            LineItem(
                key=self._key(event, credit.payee, component.name, version.effective.isoformat()),
                type=LineType.EARNING,
                payee=credit.payee,
                deal=event.deal,
                event=event.name,
                item=event.item,
                event_on=event.signed,
                booked_on=event.booked_on,
                earning_period=self._window(version.paid, event.signed),
                booking_period=self._window(version.paid, event.booked_on),
                currency=version.currency,
                amount=amount,
                engine=ENGINE,
                deal_commit=event.commit,
                because=because.earned(credit, base, enter, slices, amount),
                component=component.name,
                credit=part,
                measure=MeasurePart(component.measure.name, base),
                enter=enter,
                slices=slices,
                exact=exact,
                plan=version.ref,
            )
        )

    def wait_for_plan(self, credit: Credit) -> None:
        """A pending line: the payee has no plan on that day."""
        self._wait(credit, because.no_plan(credit), needs=f"A plan for {credit.payee} that holds on that day.")

    def wait_for_currency(self, credit: Credit, version: PlanVersion, component: ReadyComponent) -> None:
        """A pending line: the plan refuses the deal's currency."""
        needs = f"The deal in {version.currency}, or a plan in {credit.event.currency}."
        self._wait(credit, because.other_currency(credit, version), needs=needs, by=(version, component))

    def _wait(
        self, credit: Credit, why: str, *, needs: str, by: tuple[PlanVersion, ReadyComponent] | None = None
    ) -> None:
        event = credit.event
        version, component = by or (None, None)
        paid = version.paid if version else Span.MONTH
        name = component.name if component else None
        self.lines.append(
            LineItem(
                key=self._key(event, credit.payee, name or "-", version.effective.isoformat() if version else "-"),
                type=LineType.PENDING,
                payee=credit.payee,
                deal=event.deal,
                event=event.name,
                item=event.item,
                event_on=event.signed,
                booked_on=event.booked_on,
                earning_period=self._window(paid, event.signed),
                booking_period=self._window(paid, event.booked_on),
                currency=event.currency,
                amount=0,
                engine=ENGINE,
                deal_commit=event.commit,
                because=why,
                component=name,
                credit=_credit_part(credit),
                plan=version.ref if version else None,
                needs=needs,
            )
        )

    def _window(self, span: Span, day: date) -> str:
        key = (span, day)
        if key not in self._windows:
            self._windows[key] = self._calendar.window_id(span, day)
        return self._windows[key]

    def _key(self, event: Event, payee: str, component: str, effective: str) -> str:
        stem = f"{event.deal} {event.name} {payee} {component} {effective}"
        seq = self._seqs[stem] = self._seqs.get(stem, 0) + 1
        return f"{stem} {seq}"


def _credit_part(credit: Credit) -> CreditPart:
    event = credit.event
    gives = cut(event.amount, credit.starts, credit.ends)
    return CreditPart(credit.role, event.currency, event.amount, credit.starts, credit.ends, gives)
