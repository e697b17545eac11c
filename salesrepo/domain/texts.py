"""Which words of a record did a person write freely? What brand and privacy rules read."""

import dataclasses
import typing
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from salesrepo.domain.fields import Text


@cache
def _hints(value: type) -> dict[str, Any]:
    return typing.get_type_hints(value, include_extras=True)


def _is_text(hint: Any) -> bool:
    marks = getattr(hint, "__metadata__", ())
    return any(isinstance(mark, Text) for mark in marks) or any(_is_text(part) for part in typing.get_args(hint))


def texts(value: Any, route: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every free text of a record value (or of a stream's tuple of values) with the route of keys that leads to it."""
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from texts(item, (*route, index))
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for name, hint in _hints(type(value)).items():
            yield from _inside(getattr(value, name), hint, (*route, name))


def _inside(inner: Any, hint: Any, route: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(inner, str):
        if _is_text(hint):
            yield route, inner
    elif isinstance(inner, Mapping):
        for key, item in inner.items():
            yield from _inside(item, hint, (*route, key))
    elif isinstance(inner, tuple) and inner and isinstance(inner[0], str):
        for at, text in enumerate(inner):
            yield from _inside(text, hint, (*route, at))
    else:
        yield from texts(inner, route)
