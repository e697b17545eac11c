"""Which earlier events of a window are paid otherwise now, and by how much?"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from salesrepo.commission.entry import Entry
from salesrepo.commission.rating import Earned, again, looked_up
from salesrepo.commission.standing import Standing
from salesrepo.commission.version import ReadyComponent, Terms, Way
from salesrepo.domain.money import round_half_away
from salesrepo.domain.statement import FactorPart, LineItem


class Earlier(NamedTuple):
    """An event of the window that was paid before: the line that was booked first for it, and all of them together."""

    first: LineItem
    calculated: int


class Change(NamedTuple):
    """An earlier event, and what it is worth now; `calculated` is the difference to what is booked, in minor units."""

    earlier: Earlier
    earned: Earned
    calculated: int


def earlier_of(lines: Iterable[LineItem]) -> tuple[Earlier, ...]:
    """The events of standing lines, oldest first."""
    found: dict[tuple[object, ...], Earlier] = {}
    for line in lines:
        event = (line.stem, line.item, line.credit and (line.credit.role, line.credit.starts))
        known = found.get(event)
        paid = (known.calculated if known else 0) + (line.calculated or 0)
        found[event] = Earlier(known.first if known else line, paid)
    return tuple(found.values())


def reaching(lines: Iterable[LineItem]) -> tuple[Earlier, ...]:
    """The events of standing lines that were paid for a sum that the window reached, oldest first."""
    return tuple(each for each in earlier_of(lines) if each.first.less is not None and not each.first.less.event)


def changes(component: ReadyComponent, standing: Standing, lines: Sequence[LineItem]) -> Iterator[Change]:
    """What every earlier event of the window is worth at the figures as they stand, where that differs.

    Nothing where no row or factor re-rates; only lines that the same plan version booked are rated again.
    """
    if not lines or not component.re_rates:
        return
    terms = standing.terms(component)
    for earlier in earlier_of(line for line in lines if line.plan == standing.version.ref):
        first = earlier.first
        if first.measure is None:
            continue
        earned = _now(first, component, standing, base=first.measure.base, terms=terms)
        difference = round_half_away(*earned.exact.as_integer_ratio()) - earlier.calculated
        if difference and not earned.reaches:
            yield Change(earlier, earned, difference)


def shortfall(component: ReadyComponent, standing: Standing, lines: Sequence[LineItem]) -> Iterator[Change]:
    """The difference between what a window was paid for sums that were reached and what it is worth without an event.

    It is booked for the event that was paid last.
    """
    reached = reaching(lines)
    if not reached or reached[-1].first.measure is None or reached[-1].first.plan != standing.version.ref:
        return
    last = reached[-1]
    earned = _now(last.first, component, standing, base=0, terms=standing.terms(component))
    booked = sum(earlier.calculated for earlier in reached)
    difference = round_half_away(*earned.exact.as_integer_ratio()) - booked
    if earned.reaches and difference:
        yield Change(last._replace(calculated=booked), earned, difference)


def _now(first: LineItem, component: ReadyComponent, standing: Standing, *, base: int, terms: Terms) -> Earned:
    """What an earlier event is paid for `base` at the figures as they stand, by the rule that it was booked by."""
    return again(
        component,
        rule=first.rule or component.rules[0].name,
        base=base,
        entry=_entry(first, standing, component),
        terms=terms,
        factors=tuple(_factors(first, standing, component, terms)),
    )


def _entry(first: LineItem, standing: Standing, component: ReadyComponent) -> Entry:
    """The way of an earlier event, with the figure where it stands now."""
    enter = first.enter
    entry = standing.entry(enter.by if enter else "", component)
    if enter is None or enter.quota != (entry.quota and entry.quota.as_integer_ratio()):
        return entry
    return entry._replace(way=Way(Fraction(*enter.before), Fraction(*enter.after)))


def _factors(first: LineItem, standing: Standing, component: ReadyComponent, terms: Terms) -> Iterator[FactorPart]:
    by_name = {factor.name: factor for factor in component.factors}
    for part in first.factors:
        factor = by_name[part.name]
        yield looked_up(factor, standing.entry(factor.by, component), terms) if factor.formula.re_rates else part
