"""Which pairs of bounds meet, out of a hundred thousand, without comparing all with all?

Divide and conquer: split both lists at a median of the dimension that separates best, what straddles goes to both
sides, and compare what is left one by one. One probe against everything is a plain scan.
"""

from collections.abc import Iterator, Sequence

from salesrepo.territory.area import Entry

_FEW = 24
_SAMPLE = 96
_DIMENSIONS = 6
_DEEPEST = 48


def meeting(probes: Sequence[Entry], entries: Sequence[Entry], *, depth: int = 0) -> Iterator[tuple[Entry, Entry]]:
    """Pairs (probe, entry) whose bounds meet. A pair may come twice; an entry may carry more after its bounds."""
    if len(probes) <= _FEW or len(entries) <= _FEW or depth > _DEEPEST:
        yield from _scan(probes, entries)
        return
    cut = _best_cut(entries)
    if cut is None:
        yield from _scan(probes, entries)
        return
    low, value = cut
    high = low + 1
    below, above = [e for e in probes if e[low] < value], [e for e in probes if e[high] > value]
    if below:
        yield from meeting(below, [e for e in entries if e[low] < value], depth=depth + 1)
    if above:
        yield from meeting(above, [e for e in entries if e[high] > value], depth=depth + 1)


def hull(probes: Sequence[Entry]) -> Entry:
    """The least bounds around all of them; there is at least one."""
    sides = range(2 * _DIMENSIONS)
    return tuple((max if side % 2 else min)(probe[side] for probe in probes) for side in sides)


def around(whole: Entry, entry: Entry) -> bool:
    """Whether an entry's bounds meet a hull in the dimensions that mostly separate: a quick look before `meeting`."""
    return (
        entry[2] < whole[3]
        and whole[2] < entry[3]
        and entry[0] < whole[1]
        and whole[0] < entry[1]
        and entry[4] < whole[5]
        and whole[4] < entry[5]
    )


def _best_cut(entries: Sequence[Entry]) -> tuple[int, int] | None:
    """The dimension's place in an entry and the value that parts a sample best, or None where nothing parts it."""
    sample = entries[:: max(1, len(entries) // _SAMPLE)]
    best, cut = int(len(sample) * 1.6), None  # both sides together: beyond this, splitting costs more than it saves
    for low in range(0, 2 * _DIMENSIONS, 2):
        value = sorted(entry[low] for entry in sample)[len(sample) // 2]
        below = sum(entry[low] < value for entry in sample)
        above = sum(entry[low + 1] > value for entry in sample)
        if below + above < best and max(below, above) < len(sample):
            best, cut = below + above, (low, value)
    return cut


def _scan(probes: Sequence[Entry], entries: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    for probe in probes:
        g0, g1, p0, p1, i0, i1, e0, e1, r0, r1, d0, d1 = probe[:12]
        for entry in entries:
            if (
                entry[0] < g1
                and g0 < entry[1]
                and entry[2] < p1
                and p0 < entry[3]
                and entry[4] < i1
                and i0 < entry[5]
                and entry[6] < e1
                and e0 < entry[7]
                and entry[8] < r1
                and r0 < entry[9]
                and entry[10] < d1
                and d0 < entry[11]
            ):
                yield probe, entry
