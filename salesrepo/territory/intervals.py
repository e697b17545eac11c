"""How do we compute with sets of whole numbers held as sorted, disjoint, half-open intervals?"""

from collections.abc import Iterable

Interval = tuple[int, int]
Intervals = tuple[Interval, ...]


def union(parts: Iterable[Interval]) -> Intervals:
    """The normal form: sorted, empty parts dropped, touching ones merged."""
    merged: list[Interval] = []
    for low, high in sorted(part for part in parts if part[0] < part[1]):
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return tuple(merged)


def common(first: Intervals, second: Intervals) -> Intervals:
    """The numbers in both."""
    if first == second:
        return first
    found: list[Interval] = []
    i = j = 0
    while i < len(first) and j < len(second):
        low = max(first[i][0], second[j][0])
        high = min(first[i][1], second[j][1])
        if low < high:
            found.append((low, high))
        if first[i][1] < second[j][1]:
            i += 1
        else:
            j += 1
    return tuple(found)


def minus(whole: Intervals, hole: Intervals) -> Intervals:
    """The numbers of `whole` that are not in `hole`."""
    left: list[Interval] = []
    j = 0
    for low, high in whole:
        start = low
        while j < len(hole) and hole[j][1] <= start:
            j += 1
        k = j
        while k < len(hole) and hole[k][0] < high:
            if start < hole[k][0]:
                left.append((start, hole[k][0]))
            start = hole[k][1]
            k += 1
        if start < high:
            left.append((start, high))
    return tuple(left)


def meet(first: Intervals, second: Intervals) -> bool:
    """Whether a number is in both."""
    i = j = 0
    while i < len(first) and j < len(second):
        if first[i][0] < second[j][1] and second[j][0] < first[i][1]:
            return True
        if first[i][1] < second[j][1]:
            i += 1
        else:
            j += 1
    return False


def contains(intervals: Intervals, number: int) -> bool:
    """Whether the number is in it."""
    return any(low <= number < high for low, high in intervals)
