"""What became of a payee's money between an opening and a closing balance?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from salesrepo.domain.statement import LineItem, LineType

_NO_TYPES: Mapping[str, LineType] = MappingProxyType({})
_NO_MONEY: Mapping[str, int] = MappingProxyType({})


class Balance(NamedTuple):
    """Sums of a payee's lines in one currency, in minor units; what lowers the balance is told without its sign.

    opening + earned + adjusted - held back + released - clawed back + drawn - recovered - paid = closing. A reversal
    counts against what it reverses.
    """

    opening: int = 0
    earned: int = 0
    adjusted: int = 0
    held_back: int = 0
    released: int = 0
    clawed_back: int = 0
    drawn: int = 0
    recovered: int = 0
    paid: int = 0
    closing: int = 0

    @property
    def earned_in_all(self) -> int:
        """What was earned, adjustments and clawbacks included, whenever it is payable."""
        return self.earned + self.adjusted - self.clawed_back

    @property
    def payable(self) -> int:
        """What became payable, before draws and payouts."""
        return self.earned_in_all - self.held_back + self.released

    @property
    def unreleased(self) -> int:
        """What these lines hold back and do not let go."""
        return self.held_back - self.released


_FIELD: Mapping[LineType, tuple[str, int]] = {
    LineType.EARNING: ("earned", 1),
    LineType.BONUS: ("earned", 1),
    LineType.PENDING: ("earned", 1),
    LineType.ADJUSTMENT: ("adjusted", 1),
    LineType.RESERVE: ("held_back", -1),
    LineType.RELEASE: ("released", 1),
    LineType.CLAWBACK: ("clawed_back", -1),
    LineType.DRAW_ADVANCE: ("drawn", 1),
    LineType.DRAW_RECOVERY: ("recovered", -1),
    LineType.PAYOUT: ("paid", -1),
}


def balances(
    lines: Iterable[LineItem],
    opening: Mapping[str, int] = _NO_MONEY,
    *,
    types: Mapping[str, LineType] = _NO_TYPES,
) -> dict[str, Balance]:
    """The balance of each currency, by code, from all lines of one payee in a stretch of time, reversals included.

    `opening` is the sum of all lines before, by currency. `types` are those of earlier lines that a reversal here
    undoes, by key; one that is not named there is told by the parts that the reversal carries.
    """
    given = tuple(lines)
    known = {**types, **{line.key: line.type for line in given}}
    sums: dict[str, dict[str, int]] = {currency: defaultdict(int) for currency in opening}
    for line in given:
        field, sign = _FIELD[_origin(line, known)]
        of = sums.setdefault(line.currency, defaultdict(int))
        of[field] += sign * line.amount
        of["closing"] += line.amount
    found = {}
    for currency in sorted(sums):
        before, of = opening.get(currency, 0), sums[currency]
        closing = before + of.pop("closing", 0)
        found[currency] = Balance(opening=before, closing=closing, **of)
    return found


def _origin(line: LineItem, known: Mapping[str, LineType]) -> LineType:
    """The type of a line, of a reversal that of the line that it undoes."""
    if line.type is not LineType.REVERSAL:
        return line.type
    origin = known.get(line.reverses or "")
    if origin is not None and origin is not LineType.REVERSAL:
        return origin
    if line.drawn is not None:
        return LineType.DRAW_ADVANCE if line.amount < 0 else LineType.DRAW_RECOVERY
    if line.taken is not None:
        return LineType.CLAWBACK
    if line.released is not None:
        return LineType.RELEASE if line.amount < 0 else LineType.RESERVE
    return LineType.EARNING
