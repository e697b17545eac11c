"""How do the changes between two renderings of a file reach a third one, which a person laid out?"""

from collections.abc import Container, Iterator
from difflib import SequenceMatcher


def carried_over(
    ours: list[str], base: list[str], theirs: list[str], *, end: str, texts: Container[int]
) -> list[str] | None:
    """`ours` with what changed from `base` to `theirs`; None where the change meets lines that we write differently.

    `ours` are lines with their line ends, the others without; `end` is the line end of what is new. `texts` are the
    lines of `base` that go on with a text from the line above: a # there begins no comment.
    """
    bare = [line.rstrip("\r\n") for line in ours]
    remarks = [number not in texts and line.lstrip()[:1] in ("", "#") for number, line in enumerate(base)]
    blocks = SequenceMatcher(None, _unspaced(base), _unspaced(bare), autojunk=False).get_matching_blocks()
    same = {block.a + k: block.b + k for block in blocks for k in range(block.size)}
    starts = {**same, len(base): len(bare)}
    ends = {0: 0, **{line + 1: place + 1 for line, place in same.items()}}
    merged: list[str] = []
    done = 0
    for first, last, fresh in _hunks(base, theirs, remarks):
        if first == last:
            start = stop = ends.get(first, starts.get(first))
        else:
            start = starts.get(first, ends.get(first))
            stop = ends.get(last, starts.get(last))
        if start is None or stop is None or not done <= start <= stop:
            return None
        if fresh and base[first:last] != bare[start:stop]:
            return None
        merged += [*ours[done:start], *(line + end for line in fresh)]
        done = stop
    return merged + ours[done:]


def _hunks(base: list[str], theirs: list[str], remarks: list[bool]) -> Iterator[tuple[int, int, list[str]]]:
    """What changed, as (first, last, new lines), with every comment of a neighbour left where it is.

    ruamel holds a comment to be part of what stands above it: it would remove it together with that, and put new
    fields below it.
    """
    edge = 0  # below what changed last
    for kind, top, stop, start, end in SequenceMatcher(None, base, theirs, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        first, last, fresh = top, stop, theirs[start:end]
        if first == last:
            belongs_to_last = edge and all(remarks[edge:first])
            edge = edge if belongs_to_last else _above_remarks(base, remarks, first, fresh[0])
            yield edge, edge, fresh
            continue
        while last > first and fresh and base[last - 1] == fresh[-1]:
            last -= 1
            fresh.pop()
        while last > first and remarks[last - 1]:
            last -= 1
        while last > first and remarks[first]:
            first += 1
        if last > first or fresh:
            yield first, last, fresh
            edge = last


def _above_remarks(base: list[str], remarks: list[bool], place: int, fresh: str) -> int:
    """Where a new line goes that ruamel puts at `place`: above blank lines and comments on what follows."""
    depth = _indent(fresh)
    if not depth and all(remarks[place:]):
        place = len(base)  # a new field goes below the file's last comment
    following = base[place] if place < len(base) else ""
    if fresh.lstrip().startswith("- ") and _indent(following) == depth and not following.lstrip().startswith("- "):
        depth += 1  # a list at the indent of its own field
    while place and remarks[place - 1] and (not base[place - 1].strip() or _indent(base[place - 1]) < depth):
        place -= 1
    return place


def _unspaced(lines: list[str]) -> list[str]:
    """Lines to align by: a person's blanks for looks are no difference."""
    return ["".join(line.split()) for line in lines]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
