"""How is what waited rated beside what its event was paid already, so that nothing is paid or counted twice?"""

from collections.abc import Iterable, Mapping, Sequence

from salesrepo.commission.booked_lines import figures_of
from salesrepo.commission.values import TotalKey
from salesrepo.commission.version import PlanVersion
from salesrepo.domain.statement import LineItem, LineType


def left_to_pay(version: PlanVersion, done: Iterable[LineItem]) -> PlanVersion:
    """The version with the components only that have not paid for the event of these standing lines."""
    paid = {line.component for line in done}
    return version._replace(components=tuple(part for part in version.components if part.name not in paid))


def before_event(totals: Mapping[TotalKey, int], done: Iterable[LineItem]) -> dict[TotalKey, int]:
    """The running figures as they would stand without the event, which moves them anew."""
    found = dict(totals)
    for line in done:
        for key, part in figures_of(line):
            found[key] = found.get(key, 0) - part.base
    return found


def beside(lines: Iterable[LineItem], done: Sequence[LineItem]) -> tuple[LineItem, ...]:
    """New lines without what the standing ones say already: how far the event moved each figure."""
    told = {key for line in done for key, _ in figures_of(line)}
    found = []
    for line in lines:
        moved = tuple(part for key, part in figures_of(line) if key not in told)
        counts_only = line.type is LineType.EARNING and line.component is None
        if moved or not counts_only:
            found.append(line._replace(moved=moved))
    return tuple(found)
