"""What stands of each line of a deal: how much of it was taken back, how much is held back, how much is payable?"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import NamedTuple

from salesrepo.commission.billed.release import Released, now_released
from salesrepo.commission.billed.taking import within
from salesrepo.commission.version import ReadyComponent
from salesrepo.domain.money import Ratio, ratio, round_half_away
from salesrepo.domain.statement import LineItem, LineType, ReleasePart

ComponentOf = Callable[[LineItem], ReadyComponent | None]

_EARNED = (LineType.EARNING, LineType.BONUS)
_HELD = (LineType.RESERVE, LineType.RELEASE)


class Earning(NamedTuple):
    """A standing line with the component that paid it, and what stands about it, in minor units of its currency.

    `taken` is what was taken back, `held` what is held back; below zero for a line below zero. `known` is the share
    that its last reserve or release left, `waits` what its pending lines wait for.
    """

    line: LineItem
    component: ReadyComponent
    taken: int = 0
    held: int = 0
    known: Ratio = (1, 1)
    waits: frozenset[str] = frozenset()

    @property
    def left(self) -> int:
        """What was not taken back."""
        return self.line.amount - self.taken

    @property
    def payable(self) -> int:
        """What is left and not held back."""
        return self.left - self.held

    def let_go(self, so_far: Released) -> ReleasePart | None:
        """The release up to what is let go so far of what is left; None where there is nothing more to let go.

        Never more than what is held; where more is payable already than the plan would have let go of what is left,
        it stays.
        """
        more = within(so_far.amount - self.payable, self.held)
        if not more:
            return None
        reached = self.payable + more
        after = so_far.share if reached == so_far.amount else Fraction(reached, self.left)
        return ReleasePart(self.left, self._before(), after.as_integer_ratio(), so_far.by)

    def after(self, released: ReleasePart | None) -> "Earning":
        """The earning once a release is booked."""
        if released is None:
            return self
        return self._replace(held=self.held - now_released(released), known=released.after)

    def _before(self) -> Ratio:
        """The share of what is left that is payable: the last one booked, where that still says it."""
        if round_half_away(self.left * self.known[0], self.known[1]) == self.payable:
            return self.known
        return ratio(self.payable, self.left) if self.left > 0 else ratio(-self.payable, -self.left)


def earnings(standing: Sequence[LineItem], component_of: ComponentOf) -> tuple[Earning, ...]:
    """Each earning with what stands about it, in the order given; a line without a component of its own has none."""
    found: dict[str, Earning] = {}
    for line in standing:
        component = component_of(line) if line.type in _EARNED else None
        if component is not None:
            found[line.key] = Earning(line, component)
    for line in standing:
        earning = found.get(line.about or "")
        if earning is not None and line.key not in found:
            found[line.about or ""] = _with(earning, line)
    return tuple(found.values())


def _with(earning: Earning, line: LineItem) -> Earning:
    if line.type is LineType.CLAWBACK:
        return earning._replace(taken=earning.taken - line.amount)
    if line.type in _HELD:
        known = line.released.after if line.released and line.released.of == earning.left else earning.known
        return earning._replace(held=earning.held - line.amount, known=known)
    if line.type is LineType.PENDING and line.needs:
        return earning._replace(waits=earning.waits | {line.needs})
    return earning
