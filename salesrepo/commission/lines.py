"""How does what was worked out become a line of the ledger?"""

from collections.abc import Mapping, MutableMapping

from salesrepo.commission import because
from salesrepo.commission.limit import hold
from salesrepo.commission.rating import Earned
from salesrepo.commission.standing import Standing, whole_of
from salesrepo.commission.true_up import Change
from salesrepo.commission.values import Credit, Event, PlanVersion, ReadyComponent, TotalKey
from salesrepo.domain.money import cut, round_half_away
from salesrepo.domain.period import Calendar, Span
from salesrepo.domain.statement import CreditPart, EnterPart, LessPart, LineItem, LineType, MeasurePart

ENGINE = "1"  # written on every line; a change of any amount needs a new one, and the old one stays


class Desk:
    """Writes lines and numbers them: keys are made of deal, event, payee, component, plan version and a sequence."""

    def __init__(self, calendar: Calendar, seqs: Mapping[str, int]) -> None:
        self.lines: list[LineItem] = []
        self._calendar = calendar
        self._seqs = dict(seqs)
        self._windows: dict[tuple[Span, object], str] = {}

    def earn(
        self,
        component: ReadyComponent,
        standing: Standing,
        result: Earned,
        *,
        base: int,
        booked: int,
        first: bool,
        totals: MutableMapping[TotalKey, int],
    ) -> LineItem:
        """The line for an event, the `first` or a further one; `booked` is what its window was paid already, where a
        sum is reached."""
        credit, version = standing.credit, standing.version
        less = LessPart(booked) if result.reaches else None
        calculated = round_half_away(*result.exact.as_integer_ratio()) - booked
        line = self._blank(credit, version, component.name)
        limited = hold(calculated, line, version, component, totals=totals, calendar=self._calendar)
        line = line._replace(
            type=LineType.EARNING,
            amount=limited.amount,
            measure=MeasurePart(
                component.measure.name, base, component.measure.unit, whole_of(credit, component.measure)
            ),
            moved=standing.moved if first else (),
            enter=_enter(result, component.measure.unit),
            slices=result.rating.slices,
            factors=result.factors,
            exact=result.exact.as_integer_ratio(),
            calculated=calculated,
            limits=limited.parts,
            rule=result.rule or None,
            less=less,
        )
        return self._add(line._replace(because=because.earned(line) + because.not_recorded(result.missing)))

    def true_up(
        self, component: ReadyComponent, standing: Standing, change: Change, *, totals: MutableMapping[TotalKey, int]
    ) -> LineItem:
        """The difference for an earlier event of the window, which names the event that made it."""
        first, event = change.earlier.first, standing.credit.event
        limited = hold(
            change.calculated,
            first,
            standing.version,
            component,
            totals=totals,
            calendar=self._calendar,
            earlier=0 if change.earned.reaches else change.earlier.calculated,
        )
        line = first._replace(
            key=self._next(first.stem),
            booked_on=event.booked_on,
            booking_period=self._window(standing.version.paid, event),
            deal_commit=event.commit,
            engine=ENGINE,
            amount=limited.amount,
            moved=(),
            enter=_enter(change.earned, component.measure.unit),
            slices=change.earned.rating.slices,
            factors=change.earned.factors,
            exact=change.earned.exact.as_integer_ratio(),
            calculated=change.calculated,
            limits=limited.parts,
            less=LessPart(change.earlier.calculated, first.stem, event.deal),
        )
        return self._add(line._replace(because=because.trued_up(line)))

    def count(self, standing: Standing) -> LineItem:
        """The line of an event that pays nothing and yet moves a figure: what a quota counts must be found again."""
        line = self._blank(standing.credit, standing.version, None)
        return self._add(line._replace(type=LineType.EARNING, moved=standing.moved, because=because.counted(standing)))

    def wait_for_plan(self, credit: Credit) -> None:
        """A pending line: the payee has no plan on that day."""
        self.wait(credit, because.no_plan(credit), needs=f"A plan for {credit.payee} that holds on that day.")

    def wait(
        self, credit: Credit, why: str, *, needs: str, by: tuple[PlanVersion, ReadyComponent] | None = None
    ) -> None:
        """A pending line, with what it waits for."""
        version, component = by or (None, None)
        line = self._blank(credit, version, component.name if component else None)
        self._add(line._replace(because=why, needs=needs))

    def _blank(self, credit: Credit, version: PlanVersion | None, component: str | None) -> LineItem:
        event = credit.event
        paid = version.paid if version else Span.MONTH
        effective = version.effective.isoformat() if version else "-"
        return LineItem(
            key=self._next(f"{event.deal} {event.name} {credit.payee} {component or '-'} {effective}"),
            type=LineType.PENDING,
            payee=credit.payee,
            deal=event.deal,
            event=event.name,
            item=event.item,
            event_on=event.signed,
            booked_on=event.booked_on,
            earning_period=self._calendar.window_id(paid, event.signed),
            booking_period=self._window(paid, event),
            currency=version.currency if version and event.currency == version.currency else event.currency,
            amount=0,
            engine=ENGINE,
            deal_commit=event.commit,
            because="",
            component=component,
            credit=credit_part(credit),
            plan=version.ref if version else None,
        )

    def _add(self, line: LineItem) -> LineItem:
        self.lines.append(line)
        return line

    def _next(self, stem: str) -> str:
        seq = self._seqs[stem] = self._seqs.get(stem, 0) + 1
        return f"{stem} {seq}"

    def _window(self, span: Span, event: Event) -> str:
        key = (span, event.booked_on)
        if key not in self._windows:
            self._windows[key] = self._calendar.window_id(span, event.booked_on)
        return self._windows[key]


def credit_part(credit: Credit) -> CreditPart:
    """The share of the event's amount that is the payee's: the first rounding point."""
    event = credit.event
    gives = cut(event.amount, credit.starts, credit.ends)
    return CreditPart(credit.role, event.currency, event.amount, credit.starts, credit.ends, gives)


def _enter(result: Earned, unit: str) -> EnterPart | None:
    entry = result.entry
    if not entry.by:
        return None
    return EnterPart(
        entry.by,
        entry.window,
        entry.way.before.as_integer_ratio(),
        entry.way.after.as_integer_ratio(),
        unit,
        entry.quota.as_integer_ratio() if entry.quota is not None else None,
    )
