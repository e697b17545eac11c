"""Where does an event stand for a payee under a plan, once every running figure has moved?"""

from collections.abc import Mapping, MutableMapping
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from salesrepo.commission.amounts import amount_of, quota_amount
from salesrepo.commission.entry import BASE, Entry, Pool, quota_of, ranking_of
from salesrepo.commission.lack import LackError
from salesrepo.commission.looked_up import facts_looked_up, needed
from salesrepo.commission.lookups import NOTHING, Lookups
from salesrepo.commission.measure import base_of, facts_of, takes
from salesrepo.commission.values import Credit, Event, Exchange, Fact, Payee, TotalKey
from salesrepo.commission.version import PlanVersion, ReadyComponent, Terms, Way
from salesrepo.domain.period import Calendar, Span
from salesrepo.domain.statement import LineItem, MovedPart

_NOWHERE = Way(Fraction(0), Fraction(0))
_NO_POOLS: Mapping[str, Pool] = MappingProxyType({})


class Figure(NamedTuple):
    """A running figure: in which window, where the event found and left it, and where it stands now.

    The last two differ where a deal is booked again at its old place.
    """

    window: str
    before: int
    after: int
    now: int


class Standing(NamedTuple):
    """An event as one payee's plan sees it: what counts for each measure, where figures stand, what can be asked."""

    credit: Credit
    version: PlanVersion
    payee: Payee
    calendar: Calendar
    bases: Mapping[str, int]
    figures: Mapping[tuple[str, Span], Figure]
    facts: Mapping[str, Fact]
    exchange: Exchange | None = None
    pay_exchange: Exchange | None = None  # from the plan's currency to the payee's
    lookups: Lookups = NOTHING
    pools: Mapping[str, Pool] = _NO_POOLS  # by ranking, where equals share the sums of the places that they fill

    @property
    def moved(self) -> tuple[MovedPart, ...]:
        """The running figures that the event moved."""
        parts = (
            MovedPart(
                self.version.figure(name),
                figure.window,
                self.version.measures[name].unit,
                figure.before,
                figure.after - figure.before,
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
            return Entry(by, figure.window, way, way.after if figure.now == figure.after else Fraction(figure.now))
        if quota_of(by):
            return self._attained(by, quota_of(by))
        fact = self.facts.get(by)
        if not isinstance(fact, (int, Fraction)):
            day, nothing = self.credit.event.day, f"The deal records no {by}, by which {component.name} is paid."
            raise LackError(needed(by, self.version, day=day, calendar=self.calendar) or nothing)
        pool = self.pools.get(ranking_of(by))
        return Entry(by, "", Way(Fraction(fact), Fraction(fact)), Fraction(fact), pool=pool)

    def terms(self, component: ReadyComponent) -> Terms:
        """What the target and the component's quota are in the windows of the event."""
        target = self.version.target
        day = self.credit.event.day
        amount = target and amount_of(target.amount, self.payee, over=target.over, day=day, calendar=self.calendar)
        if not component.quota:
            return Terms(amount)
        quota = self.quota(component.quota)
        known = quota is not None or amount is None or not self.version.quotas[component.quota].amount.recorded
        return Terms(amount, quota) if known else Terms(amount, quota, self._no_quota(component.quota))

    def quota(self, name: str) -> Fraction | None:
        """A quota of the payee in the window of the event; None where it is not known."""
        quota, day = self.version.quotas[name], self.credit.event.day
        return quota_amount(quota, self.payee, day=day, calendar=self.calendar, lookups=self.lookups)

    def _attained(self, by: str, name: str) -> Entry:
        amount = self.quota(name)
        if not amount:
            raise LackError(self._no_quota(name))
        quota = self.version.quotas[name]
        figure = self.figures[quota.measure, quota.over]
        way = Way(_over(figure.before, amount), _over(figure.after, amount))
        reached = way.after if figure.now == figure.after else _over(figure.now, amount)
        return Entry(by, figure.window, way, reached, amount)

    def _no_quota(self, name: str) -> str:
        window = self.calendar.window_id(self.version.quotas[name].over, self.credit.event.day)
        return f"A quota {name} of {self.payee.node} for {window}."


def standing_of(
    credit: Credit,
    version: PlanVersion,
    payee: Payee,
    *,
    calendar: Calendar,
    totals: MutableMapping[TotalKey, int],
    entered: MutableMapping[tuple[str, TotalKey], int],
    exchange: Exchange | None = None,
    lookups: Lookups = NOTHING,
) -> Standing:
    """Move every running figure that the credit counts for, then say where everything stands.

    `exchange` turns the deal's currency into the plan's, where they differ.
    """
    plain = facts_of(credit, payee, exchange)
    plain |= facts_looked_up(version, payee.node, day=credit.event.day, calendar=calendar, lookups=lookups)
    bases = {
        name: base_of(credit, measure, exchange)
        for name, measure in version.measures.items()
        if takes(measure, credit, plain)
    }
    figures: dict[tuple[str, Span], Figure] = {}
    for name, over in version.windows:
        window = calendar.window_id(over, credit.event.day)
        key = TotalKey(credit.payee, version.plan, version.figure(name), window, version.measures[name].unit)
        base = bases.get(name)
        if over is Span.EACH:
            figures[name, over] = Figure(window, 0, base or 0, base or 0)
        elif base is None:
            total = totals.get(key, 0)
            figures[name, over] = Figure(window, total, total, total)
        else:
            figures[name, over] = _move(credit, key, base, totals, entered)
    known = Standing(credit, version, payee, calendar, bases, figures, plain, exchange, lookups=lookups)
    return known._replace(facts={**plain, **attainments(known)})


def standing_after(
    gone: LineItem,
    version: PlanVersion,
    payee: Payee,
    *,
    calendar: Calendar,
    totals: Mapping[TotalKey, int],
    lookups: Lookups = NOTHING,
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
        total = totals.get(
            TotalKey(gone.payee, version.plan, version.figure(name), window, version.measures[name].unit), 0
        )
        figures[name, over] = Figure(window, total, total, total)
    facts = facts_of(credit, payee)
    facts |= facts_looked_up(version, payee.node, day=gone.event_on, calendar=calendar, lookups=lookups)
    return Standing(credit, version, payee, calendar, {}, figures, facts, lookups=lookups)


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


def attainments(standing: Standing) -> dict[str, Fact]:
    """How much of each quota that is known was reached before the event, and is after it."""
    found: dict[str, Fact] = {}
    for name, quota in standing.version.quotas.items():
        amount = standing.quota(name)
        if amount:
            figure = standing.figures[quota.measure, quota.over]
            found[f"attainment_before.{name}"] = _over(figure.before, amount)
            found[f"attainment_after.{name}"] = _over(figure.after, amount)
    return found


def _over(whole: int, amount: Fraction) -> Fraction:
    """The quotient, in a third of the time that the operator takes for a whole number by a fraction."""
    return Fraction(whole * amount.denominator, amount.numerator)
