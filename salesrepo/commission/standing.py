"""Where does an event stand for a payee under a plan, once every running figure has moved?"""

from collections.abc import Mapping, MutableMapping
from fractions import Fraction
from typing import NamedTuple

from salesrepo.commission.amounts import amount_of, tenure_month
from salesrepo.commission.condition import fit
from salesrepo.commission.entry import BASE, Entry, quota_of
from salesrepo.commission.values import (
    Credit,
    Event,
    Fact,
    Payee,
    PlanVersion,
    ReadyComponent,
    ReadyMeasure,
    Terms,
    TotalKey,
    Way,
)
from salesrepo.domain.money import cut
from salesrepo.domain.period import Calendar, Span
from salesrepo.domain.statement import LineItem, MovedPart

_NOWHERE = Way(Fraction(0), Fraction(0))


class Figure(NamedTuple):
    """A running figure: in which window, where the event found and left it, and where it stands now.

    The last two differ where a deal is booked again at its old place.
    """

    window: str
    before: int
    after: int
    now: int


class LackError(Exception):
    """Something that a rate needs is not recorded; says what, as a pending line tells it."""


class Standing(NamedTuple):
    """An event as one payee's plan sees it: what counts for each measure, where figures stand, what can be asked."""

    credit: Credit
    version: PlanVersion
    payee: Payee
    calendar: Calendar
    bases: Mapping[str, int]
    figures: Mapping[tuple[str, Span], Figure]
    facts: Mapping[str, Fact]

    @property
    def moved(self) -> tuple[MovedPart, ...]:
        """The running figures that the event moved."""
        parts = (
            MovedPart(
                name, figure.window, self.version.measures[name].unit, figure.before, figure.after - figure.before
            )
            for (name, over), figure in self.figures.items()
            if over is not Span.EACH and name in self.bases
        )
        return tuple(part for part in parts if part.base)

    def entry(self, by: str, component: ReadyComponent) -> Entry:
        """How a table of a component is entered by this event. Raises LackError where that is not recorded."""
        if not by:
            return Entry(by, "", _NOWHERE, _NOWHERE.after)
        if by == BASE:
            figure = self.figures[component.measure.name, component.over or Span.EACH]
            way = Way(Fraction(figure.before), Fraction(figure.after))
            return Entry(by, figure.window, way, Fraction(figure.now))
        if quota_of(by):
            return self._attained(by, quota_of(by))
        fact = self.facts.get(by)
        if not isinstance(fact, (int, Fraction)):
            raise LackError(f"The deal records no {by}, by which {component.name} is paid.")
        return Entry(by, "", Way(Fraction(fact), Fraction(fact)), Fraction(fact))

    def terms(self, component: ReadyComponent) -> Terms:
        """What the target and the component's quota are in the windows of the event."""
        target = self.version.target
        day = self.credit.event.signed
        amount = target and amount_of(target.amount, self.payee, over=target.over, day=day, calendar=self.calendar)
        return Terms(amount, self.quota(component.quota) if component.quota else None)

    def quota(self, name: str) -> Fraction | None:
        """A quota of the payee in the window of the event; None where it is not known."""
        quota = self.version.quotas[name]
        return amount_of(
            quota.amount, self.payee, over=quota.over, day=self.credit.event.signed, calendar=self.calendar
        )

    def _attained(self, by: str, name: str) -> Entry:
        amount = self.quota(name)
        if not amount:
            raise LackError(f"A quota {name} of {self.payee.node} for {self.credit.event.signed.isoformat()}.")
        quota = self.version.quotas[name]
        figure = self.figures[quota.measure, quota.over]
        way = Way(figure.before / amount, figure.after / amount)
        return Entry(by, figure.window, way, figure.now / amount, amount)


def standing_of(
    credit: Credit,
    version: PlanVersion,
    payee: Payee,
    *,
    calendar: Calendar,
    totals: MutableMapping[TotalKey, int],
    entered: MutableMapping[tuple[str, TotalKey], int],
) -> Standing:
    """Move every running figure that the credit counts for, then say where everything stands."""
    plain = _facts(credit, payee)
    bases = {
        name: _base(credit, measure) for name, measure in version.measures.items() if takes(measure, credit, plain)
    }
    figures: dict[tuple[str, Span], Figure] = {}
    for name, over in version.windows:
        window = calendar.window_id(over, credit.event.signed)
        key = TotalKey(credit.payee, version.plan, name, window, version.measures[name].unit)
        base = bases.get(name)
        if over is Span.EACH:
            figures[name, over] = Figure(window, 0, base or 0, base or 0)
        elif base is None:
            total = totals.get(key, 0)
            figures[name, over] = Figure(window, total, total, total)
        else:
            figures[name, over] = _move(credit, key, base, totals, entered)
    known = Standing(credit, version, payee, calendar, bases, figures, plain)
    return known._replace(facts={**plain, **_attainments(known)})


def standing_after(
    gone: LineItem, version: PlanVersion, payee: Payee, *, calendar: Calendar, totals: Mapping[TotalKey, int]
) -> Standing:
    """Where everything stands once a line's event was taken out: nothing counts, no figure moves."""
    event = Event(
        deal=gone.deal,
        account="",
        currency=gone.currency,
        signed=gone.event_on,
        amount=0,
        commit=gone.deal_commit,
        booked_on=gone.booked_on,
        place=0,
        item=gone.item,
        name=gone.event,
    )
    credit = Credit(event, gone.payee, gone.credit.role if gone.credit else "", (0, 1), (0, 1))
    figures = {}
    for name, over in version.windows:
        window = calendar.window_id(over, gone.event_on)
        total = totals.get(TotalKey(gone.payee, version.plan, name, window, version.measures[name].unit), 0)
        figures[name, over] = Figure(window, total, total, total)
    return Standing(credit, version, payee, calendar, {}, figures, _facts(credit, payee))


def takes(measure: ReadyMeasure, credit: Credit, facts: Mapping[str, Fact] | None = None) -> bool:
    """Whether a measure counts a credit: its role, its condition, and a value that the event has."""
    known = measure.value in STATED or measure.value in credit.event.values
    return credit.role in measure.roles and known and fit(measure.when, facts or _facts(credit)).fits


COUNT = "count"
STATED = ("amount", COUNT)  # what every event has


def _base(credit: Credit, measure: ReadyMeasure) -> int:
    """The share of what counts: the first rounding point. Things are counted whole, in whatever share."""
    whole = whole_of(credit, measure)
    return 1 if whole is None else cut(whole, credit.starts, credit.ends)


def whole_of(credit: Credit, measure: ReadyMeasure) -> int | None:
    """How much a credit's event has of what a measure counts; None where the event itself is counted."""
    if measure.value == COUNT:
        return None
    return credit.event.amount if measure.value == "amount" else credit.event.values[measure.value]


def _move(
    credit: Credit,
    key: TotalKey,
    base: int,
    totals: MutableMapping[TotalKey, int],
    entered: MutableMapping[tuple[str, TotalKey], int],
) -> Figure:
    total = totals.get(key, 0)
    place = (credit.event.deal, key)
    before = entered.get(place, total)
    if place in entered:
        entered[place] = before + base
    totals[key] = total + base
    return Figure(key.window, before, before + base, total + base)


def _facts(credit: Credit, payee: Payee | None = None) -> dict[str, Fact]:
    event = credit.event
    facts: dict[str, Fact] = dict(event.facts)
    facts |= {"amount": event.amount, "currency": event.currency, "signed": event.signed, "credit.role": credit.role}
    if "units" in event.values:
        facts["units"] = event.values["units"]
    if payee is not None:
        facts |= {f"payee.{name}": value for name, value in payee.facts.items()}
        month = tenure_month(payee, event.signed)
        if month is not None:
            facts["payee.tenure_month"] = month
    return facts


def _attainments(standing: Standing) -> dict[str, Fact]:
    found: dict[str, Fact] = {}
    for name, quota in standing.version.quotas.items():
        amount = standing.quota(name)
        if amount:
            figure = standing.figures[quota.measure, quota.over]
            found[f"attainment_before.{name}"] = figure.before / amount
            found[f"attainment_after.{name}"] = figure.after / amount
    return found
