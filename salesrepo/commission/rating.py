"""What is a component worth for an event: which rule, at which prices, times which factors, exactly?"""

from collections.abc import Mapping
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from salesrepo.commission.cell import SUM
from salesrepo.commission.condition import fit
from salesrepo.commission.entry import Entry, Pool
from salesrepo.commission.lack import LackError
from salesrepo.commission.share_out import FIRST, shares
from salesrepo.commission.standing import Standing
from salesrepo.commission.values import Fact
from salesrepo.commission.version import Formula, Rating, ReadyComponent, ReadyFactor, ReadyRule, Terms, Way
from salesrepo.domain.statement import FactorPart, SlicePart


class Earned(NamedTuple):
    """What an event is paid exactly: by which rule, how its table was entered, parts, factors, their product.

    `reaches` says that it is what the whole window is worth, of which the window's other lines are a part.
    """

    rule: str
    entry: Entry
    rating: Rating
    factors: tuple[FactorPart, ...]
    exact: Fraction
    reaches: bool
    missing: tuple[str, ...] = ()


def earned(component: ReadyComponent, standing: Standing, base: int) -> Earned:
    """What a component pays for an event on which `base` counts. Raises LackError for what is not recorded."""
    terms = standing.terms(component)
    rule = _rule(component, standing.facts)
    entry = standing.entry(rule.by, component)
    rating = _rated(rule.formula, base, entry, terms)
    factors = tuple(
        _factor(factor, standing.entry(factor.by, component), terms)
        for factor in component.factors
        if fit(factor.when, standing.facts).fits
    )
    missing = _missing(component, rule, standing.facts)
    return _together(rule.name if len(component.rules) > 1 else "", entry, rating, factors, missing)


def again(
    component: ReadyComponent, *, rule: str, base: int, entry: Entry, terms: Terms, factors: tuple[FactorPart, ...]
) -> Earned:
    """What an earlier event of the window is paid now that figures stand where `entry` says.

    Its rule and the factors that do not run are what they were; those that do are looked up again by the caller.
    """
    chosen = next((each for each in component.rules if each.name == rule), component.rules[0])
    rating = _rated(chosen.formula, base, entry, terms)
    return _together(rule, entry, rating, factors)


def looked_up(factor: ReadyFactor, entry: Entry, terms: Terms) -> FactorPart:
    """What a factor is at a figure."""
    return _factor(factor, entry, terms)


def _together(
    rule: str, entry: Entry, rating: Rating, factors: tuple[FactorPart, ...], missing: tuple[str, ...] = ()
) -> Earned:
    exact = rating.exact
    for factor in factors:
        exact *= Fraction(*factor.times)
    return Earned(rule, entry, rating, factors, exact, rating.worth is not None and bool(entry.window), missing)


def _missing(component: ReadyComponent, chosen: ReadyRule, facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """What a rule that was passed over, or a factor, asked for and the event does not record."""
    passed = component.rules[: component.rules.index(chosen)]
    asked = (*(rule.when for rule in passed), *(factor.when for factor in component.factors))
    return tuple(dict.fromkeys(field for when in asked for field in fit(when, facts).missing))


def _rule(component: ReadyComponent, facts: Mapping[str, Fact]) -> ReadyRule:
    """The first rule that fits; the last of several always does (`ready/` holds a plan to that)."""
    return next(rule for rule in component.rules if fit(rule.when, facts).fits)


def _rated(formula: Formula, base: int, entry: Entry, terms: Terms) -> Rating:
    _refuse_lacks(formula, entry, terms)
    if entry.pool is not None:
        return _from_pool(formula, entry.pool, terms)
    return formula.pay(base, entry.way, entry.reached, terms)


def _from_pool(formula: Formula, pool: Pool, terms: Terms) -> Rating:
    """The payee's part of the sums of all places that equals fill: equal parts, the odd ones from the first node on."""
    sums = [formula.pay(0, Way(at, at), at, terms) for at in map(Fraction, pool.groups)]
    whole = sum(int(rating.worth or 0) for rating in sums)
    parts = shares(whole, [(f"{number:05}", Fraction(1)) for number in range(len(sums))], FIRST)
    own = Fraction(parts[f"{pool.number:05}"])
    prizes = [part.rate for rating in sums for part in rating.slices]
    text = " + ".join(f"{n} x {prize}" if n > 1 else prize for prize, same in groupby(prizes) if (n := len([*same])))
    part = SlicePart(SUM, (1, 1), f"{text} in {len(sums)} parts", own.as_integer_ratio(), own.as_integer_ratio())
    return Rating((part,), own, own)


def _factor(factor: ReadyFactor, entry: Entry, terms: Terms) -> FactorPart:
    _refuse_lacks(factor.formula, entry, terms)
    times = factor.formula.pay(1, entry.way, entry.reached, terms).exact
    at = entry.reached.as_integer_ratio() if factor.by else None
    return FactorPart(factor.name, factor.by, at, times.as_integer_ratio())


def _refuse_lacks(formula: Formula, entry: Entry, terms: Terms) -> None:
    if any(cell.lacks(terms) for cell in formula.cells):
        raise LackError(terms.needs)
    if formula.out_of_reach(entry.reached):
        raise LackError(f"A word on what is paid beyond the last point ({entry.by}): the plan refuses to say.")
