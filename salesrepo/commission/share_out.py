"""Who has which part of what a team earned, so that every cent of it is somebody's?"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from salesrepo.commission.condition import fit, ready_condition
from salesrepo.commission.values import Fact
from salesrepo.domain.money import cut
from salesrepo.domain.period import Span
from salesrepo.domain.statement import LineItem

if TYPE_CHECKING:
    from salesrepo.domain.kinds.plan_pay import ShareOut

EQUAL, WEIGHT, FIRST = "equal", "weight", "first"


class Sharer(NamedTuple):
    """A member of a team: its weight in the team, what it brought of the measure that is shared by, and its own facts
    (`payee.*`, `attainment_final.<quota>`) that decide whether it takes part; `paid` is its own pay period."""

    node: str
    weight: Fraction = Fraction(1)
    counted: Fraction = Fraction(0)
    facts: Mapping[str, Fact] = MappingProxyType({})
    paid: Span = Span.MONTH


class LeftOut(NamedTuple):
    """A member that has no part: because of these fields of the condition, or having none of what is shared by."""

    node: str
    fields: tuple[str, ...]


def shares(amount: int, members: Sequence[tuple[str, Fraction]], leftover: str) -> dict[str, int]:
    """What each node has of an amount in minor units by its weight, in ascending order of nodes; they sum to it.

    Weights of nothing and below have no part. `leftover: first` cuts each part to the smallest unit and gives the units
    that are left one each, from the first node on; `cumulative` rounds the running total. Without members: nothing.
    """
    taking = sorted((node, weight) for node, weight in members if weight > 0)
    whole = sum((weight for _, weight in taking), Fraction(0))
    if leftover != FIRST:
        bounds = share_bounds(taking)
        return {node: cut(amount, starts.as_integer_ratio(), ends.as_integer_ratio()) for node, starts, ends in bounds}
    sign = -1 if amount < 0 else 1
    parts = {node: int(abs(amount) * weight / whole) for node, weight in taking}
    left = abs(amount) - sum(parts.values())
    return {node: sign * (part + (number < left)) for number, (node, part) in enumerate(parts.items())}


def share_bounds(members: Sequence[tuple[str, Fraction]]) -> list[tuple[str, Fraction, Fraction]]:
    """Each node with the cumulative share of the whole at which its part starts and ends, in ascending order."""
    taking = sorted((node, weight) for node, weight in members if weight > 0)
    whole = sum((weight for _, weight in taking), Fraction(0))
    found, reached = [], Fraction(0)
    for node, weight in taking:
        starts, reached = reached, reached + weight / whole
        found.append((node, starts, reached))
    return found


def sharing(
    terms: "ShareOut", members: Sequence[Sharer], currency: str
) -> tuple[list[tuple[str, Fraction]], list[LeftOut]]:
    """The members that take part, with the weight of each, and those that do not, in ascending order of nodes."""
    when = ready_condition(terms.when, currency)
    taking, out = [], []
    for member in sorted(members, key=lambda member: member.node):
        weight = {EQUAL: Fraction(1), WEIGHT: member.weight}.get(terms.by, member.counted)
        if not fit(when, member.facts).fits:
            out.append(LeftOut(member.node, tuple(dict.fromkeys(test.field for tests in when for test in tests))))
        elif weight <= 0:
            out.append(LeftOut(member.node, ()))
        else:
            taking.append((member.node, weight))
    return taking, out


def counted_by(lines: Sequence[LineItem], figure: str, window: str) -> dict[str, Fraction]:
    """How much each node brought of a team's measure in a window, by the standing lines of the team.

    `figure` is the name under which the plan version keeps the measure's running figure.
    """
    found: dict[str, Fraction] = {}
    for line in lines:
        node = line.credit.node if line.credit else ""
        for part in line.moved:
            if node and (part.measure, part.window) == (figure, window):
                found[node] = found.get(node, Fraction(0)) + part.base
    return found
