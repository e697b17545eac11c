"""Which rules of a territory say nothing that its other rules do not say already?"""

from collections.abc import Iterator
from dataclasses import replace

from salesrepo.domain.kinds.territory import AreaRule
from salesrepo.territory.area import Area, area
from salesrepo.territory.dimensions import is_wildcard
from salesrepo.territory.region import Product, UnprovableError, one_by_one, products_meet, remains

_MOST_STEPS = 2_000  # a hint is worth less than a proof


def idle_rules(found: Area) -> Iterator[int]:
    """The places of rules that the territory's other rules cover, the later of two that are alike."""
    rules = found.territory.rules
    if len(rules) < 2:
        return
    bodies = [_products(found, rule) for rule in rules]
    idle: set[int] = set()
    for at in reversed(range(len(rules))):
        others = [body for other, products in enumerate(bodies) if other not in idle | {at} for body in products]
        if bodies[at] and _is_covered(bodies[at], others):
            idle.add(at)
    yield from sorted(idle)


def idle_excludes(found: Area) -> Iterator[int]:
    """The places of excludes that take nothing away from any rule."""
    for at, rule in enumerate(found.territory.exclude):
        taken = () if is_wildcard(rule) else _excluded(found, rule)
        if taken and not any(products_meet(body, hole) for body in found.region.includes for hole in taken):
            yield at


def _products(found: Area, rule: AreaRule) -> tuple[Product, ...]:
    return area(replace(found.territory, rules=(rule,), exclude=()), found.codes).region.includes


def _excluded(found: Area, rule: AreaRule) -> tuple[Product, ...]:
    return area(replace(found.territory, rules=(), exclude=(rule,)), found.codes).region.excludes


def _is_covered(bodies: tuple[Product, ...], others: list[Product]) -> bool:
    try:
        return next(remains(bodies, one_by_one(others), most=_MOST_STEPS), None) is None
    except UnprovableError:
        return False
