"""How long may a list be that people fill? Each entry costs every check of the record something."""

from collections.abc import Iterator, Mapping
from typing import Any


def overlong(record: Any, most: Mapping[str, int]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Which of a record's lists hold more than the `most` that each may, for a kind's `problems`."""
    for name, number in most.items():
        if len(getattr(record, name)) > number:
            yield (name,), f"{name} has more than {number} entries."
