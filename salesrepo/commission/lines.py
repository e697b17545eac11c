"""How does what was worked out become a line of the ledger?"""

from collections.abc import Mapping, MutableMapping
from datetime import date
from typing import Any

from salesrepo.commission import because
from salesrepo.commission.fx import convert
from salesrepo.commission.limit import hold
from salesrepo.commission.measure import whole_of
from salesrepo.commission.rating import Earned
from salesrepo.commission.standing import Standing
from salesrepo.commission.true_up import Change
from salesrepo.commission.values import Credit, Exchange, TotalKey
from salesrepo.commission.version import PlanVersion, ReadyComponent
from salesrepo.domain.money import cut, round_half_away
from salesrepo.domain.period import Calendar, Span
from salesrepo.domain.statement import CreditPart, EnterPart, FxPart, LessPart, LineItem, LineType, MeasurePart

NO_DEAL = "-"
ENGINE = "1"  # written on every line; a change of any amount needs a new one, and the old one stays


class Desk:
    """Writes lines and numbers them: keys are made of deal, event, payee, component, plan version and a sequence."""

    def __init__(self, calendar: Calendar, seqs: Mapping[str, int], open_from: date = date.min) -> None:
        self.lines: list[LineItem] = []
        self._calendar = calendar
        self._seqs = dict(seqs)
        self._open_from = open_from
        self._windows: dict[tuple[Span, date], str] = {}

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
        line = self._blank(credit, version, component.name, standing.exchange)
        limited = hold(calculated, line, version, component, totals=totals, calendar=self._calendar)
        line = line._replace(
            type=LineType.EARNING,
            **in_pay_currency(limited.amount, line, standing.pay_exchange),
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
            booking_period=self._booking(standing.version.paid, event.day),
            deal_commit=event.commit,
            engine=ENGINE,
            **in_pay_currency(limited.amount, first, _exchange_of(first)),
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

    def beside(self, line: LineItem, other: LineItem) -> LineItem:
        """Add a line that stands beside another: the same event, payee and component, a number of its own."""
        return self._add(other._replace(key=self._next(line.stem), about=line.key))

    def to_member(self, line: LineItem, other: LineItem, paid: Span) -> LineItem:
        """Add the line of a member of a team about a line of the team's, in the member's own pay period."""
        deal, event, _, rest = line.stem.split(" ", 3)
        return self._add(
            other._replace(
                key=self._next(f"{deal} {event} {other.payee} {rest}"),
                about=line.key,
                earning_period=self._calendar.window_id(paid, line.event_on),
                booking_period=self._booking(paid, line.event_on),
            )
        )

    def count(self, standing: Standing) -> LineItem:
        """The line of an event that pays nothing and yet moves a figure: what a quota counts must be found again."""
        line = self._blank(standing.credit, standing.version, None, standing.exchange)
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

    def _blank(
        self,
        credit: Credit,
        version: PlanVersion | None,
        component: str | None,
        exchange: Exchange | None = None,
    ) -> LineItem:
        event = credit.event
        paid = version.paid if version else Span.MONTH
        effective = version.effective.isoformat() if version else "-"
        return LineItem(
            key=self._next(f"{event.deal or NO_DEAL} {event.name} {credit.payee} {component or '-'} {effective}"),
            type=LineType.PENDING,
            payee=credit.payee,
            deal=event.deal,
            event=event.name,
            item=event.item,
            event_on=event.day,
            booked_on=event.booked_on,
            earning_period=self._calendar.window_id(paid, event.day),
            booking_period=self._booking(paid, event.day),
            currency=version.currency
            if version and (exchange or event.currency == version.currency)
            else event.currency,
            amount=0,
            engine=ENGINE,
            deal_commit=event.commit,
            because="",
            component=component,
            credit=credit_part(credit) if credit.role else None,  # a window's sum is nobody's credit in one event
            fx=exchange and FxPart(*exchange, converted(credit, exchange)),
            plan=version.ref if version else None,
        )

    def _add(self, line: LineItem) -> LineItem:
        self.lines.append(line)
        return line

    def _next(self, stem: str) -> str:
        seq = self._seqs[stem] = self._seqs.get(stem, 0) + 1
        return f"{stem} {seq}"

    def _booking(self, span: Span, day: date) -> str:
        """The pay period of a day, if it is open still; else the first open one."""
        key = (span, max(day, self._open_from))
        if key not in self._windows:
            self._windows[key] = self._calendar.window_id(*key)
        return self._windows[key]


def in_pay_currency(amount: int, line: LineItem, exchange: Exchange | None) -> dict[str, Any]:
    """The fields of a line that say what is paid: the amount as calculated, or what it is in the payee's currency."""
    if exchange is None:
        return {"amount": amount, "paid_in": None}
    paid = convert(amount, exchange.out_of, exchange.into, exchange.rate)
    return {"amount": paid, "currency": exchange.into, "paid_in": FxPart(*exchange, paid)}


def _exchange_of(line: LineItem) -> Exchange | None:
    part = line.paid_in
    return Exchange(part.out_of, part.into, part.rate, part.day, part.source) if part else None


def credit_part(credit: Credit) -> CreditPart:
    """The share of the event's amount that is the payee's: the first rounding point."""
    event = credit.event
    gives = cut(event.amount, credit.starts, credit.ends)
    return CreditPart(
        credit.role, event.currency, event.amount, credit.starts, credit.ends, gives, credit.via, credit.node
    )


def converted(credit: Credit, exchange: Exchange) -> int:
    """The credit's share in the plan's currency: the second rounding point."""
    gives = cut(credit.event.amount, credit.starts, credit.ends)
    return convert(gives, exchange.out_of, exchange.into, exchange.rate)


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
