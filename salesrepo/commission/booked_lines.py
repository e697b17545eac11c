"""What do booked lines say together: which of them hold, how far are they numbered, which figures did they move?"""

from collections.abc import Iterable, Iterator

from salesrepo.commission.values import TotalKey
from salesrepo.domain.statement import LineItem, LineType, MovedPart


def lines_that_hold(lines: Iterable[LineItem]) -> tuple[LineItem, ...]:
    """Those of the lines that are no reversals and that no reversal names."""
    booked = tuple(lines)
    undone = {line.reverses for line in booked}
    return tuple(line for line in booked if line.type is not LineType.REVERSAL and line.key not in undone)


def top_seqs(lines: Iterable[LineItem]) -> dict[str, int]:
    """The highest sequence number booked, by stem of key: what `pay` and `reverse` count on from."""
    found: dict[str, int] = {}
    for line in lines:
        found[line.stem] = max(found.get(line.stem, 0), int(line.key.rpartition(" ")[2]))
    return found


def figures_of(line: LineItem) -> Iterator[tuple[TotalKey, MovedPart]]:
    """The running figures that a line's event moved."""
    if line.plan is not None:
        for part in line.moved:
            yield TotalKey(line.payee, line.plan.name, part.measure, part.window, part.unit), part


def places(lines: Iterable[LineItem]) -> dict[tuple[str, TotalKey], int]:
    """Where each deal first entered each running figure: given to `pay` as `entered` when the deal is booked again."""
    found: dict[tuple[str, TotalKey], int] = {}
    for line in lines:
        for key, part in figures_of(line):
            found.setdefault((line.deal, key), part.before)
    return found
