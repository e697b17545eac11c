"""What do two sets of accounts have in common, when each is a union of products minus a union of products?

A product (a tuple of `Intervals`, one for each dimension) is never expanded into boxes. Two products meet exactly where
all their dimensions meet; taking one from another leaves at most one product for each dimension.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from salesrepo.territory.facts import Point
from salesrepo.territory.intervals import Intervals, common, contains, meet, minus

Product = tuple[Intervals, ...]
MOST_STEPS = 50_000


class UnprovableError(Exception):
    """Too many steps to decide in reasonable time; the caller must take it for an overlap."""


@dataclass(frozen=True, slots=True)
class Region:
    """The union of `includes` without the union of `excludes`."""

    includes: tuple[Product, ...]
    excludes: tuple[Product, ...] = ()

    def covers(self, point: Point) -> bool:
        """Whether the point lies inside."""
        return holds_any(self.includes, point) and not holds_any(self.excludes, point)


def holds_any(products: Iterable[Product], point: Point) -> bool:
    """Whether one of the products holds the point."""
    return any(all(map(contains, product, point)) for product in products)


def products_meet(first: Product, second: Product) -> bool:
    """Whether a point is in both."""
    return all(map(meet, first, second))


def intersection(first: Product, second: Product) -> Product | None:
    """What is in both."""
    parts: list[Intervals] = []
    for ours, theirs in zip(first, second, strict=True):
        part = common(ours, theirs)
        if not part:
            return None
        parts.append(part)
    return tuple(parts)


def without(product: Product, hole: Product) -> list[Product]:
    """The product minus another, as disjoint products, at most one for each dimension."""
    if not products_meet(product, hole):
        return [product]
    pieces: list[Product] = []
    rest = list(product)
    for at, part in enumerate(hole):
        outside = minus(rest[at], part)
        if outside:
            pieces.append((*rest[:at], outside, *rest[at + 1 :]))
        rest[at] = common(rest[at], part)
    return pieces


def remains(pieces: Iterable[Product], taken: Iterable[Region], *, most: int = MOST_STEPS) -> Iterator[Product]:
    """What is left of the pieces when each region is taken away; what a region itself excludes stays.

    Depth first, so that the first answer comes early however many there are. Raises UnprovableError after `most` steps
    (half a second): fail closed, never guess.
    """
    regions = tuple(taken)
    stack = [(piece, 0) for piece in pieces]
    steps = 0
    while stack:
        piece, at = stack.pop()
        while at < len(regions):
            parts, cost = _cut(piece, regions[at], most - steps)
            steps += cost
            at += 1
            if not parts:
                break
            piece = parts.pop()
            stack += [(part, at) for part in parts]
        else:
            yield piece


def _cut(piece: Product, region: Region, most: int) -> tuple[list[Product], int]:
    """The piece without the region, and the steps it took."""
    left = [piece]
    steps = 0
    for body in region.includes:
        steps += len(left)
        if steps > most:
            raise UnprovableError
        left = [rest for part in left for rest in without(part, body)]
    if left == [piece]:
        return left, steps
    kept = (intersection(piece, island) for island in region.excludes)
    return left + [island for island in kept if island], steps


def one_by_one(products: Iterable[Product]) -> list[Region]:
    """Each product as a region of its own."""
    return [Region((product,)) for product in products]


def beyond(inner: Region, outer: Region, *, most: int = MOST_STEPS) -> Product | None:
    """A product of `inner` outside `outer`, or None where it is a subset. Raises UnprovableError at the cap."""
    if not outer.excludes and all(any(_within(body, home) for home in outer.includes) for body in inner.includes):
        return None  # the usual case, without taking anything apart
    return next(remains(inner.includes, [*one_by_one(inner.excludes), outer], most=most), None)


def _within(inner: Product, outer: Product) -> bool:
    return not any(map(minus, inner, outer))
