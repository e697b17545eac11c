"""Which words of a record did a person write freely? What brand and privacy rules read."""

import dataclasses
import typing
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from salesrepo.domain.fields import Text


@cache
def _fields(value: type) -> tuple[tuple[str, bool], ...]:
    """The fields of a value class that free text can stand in, each with whether it may do so itself."""
    hints = typing.get_type_hints(value, include_extras=True)
    return tuple((name, _is_text(hint)) for name, hint in hints.items() if _is_text(hint) or _holds_text(hint))


def _is_text(hint: Any) -> bool:
    marks = getattr(hint, "__metadata__", ())
    return any(isinstance(mark, Text) for mark in marks) or any(_is_text(part) for part in typing.get_args(hint))


def _holds_text(hint: Any) -> bool:
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return bool(_fields(hint))
    return any(_holds_text(part) for part in typing.get_args(hint))


def texts(value: Any, route: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every free text of a record value (or of a stream's tuple of values) with the route of keys that leads to it."""
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from texts(item, (*route, index))
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for name, free in _fields(type(value)):
            inner = getattr(value, name)
            if inner is not None:
                yield from _inside(inner, (*route, name), free=free)


def _inside(inner: Any, route: tuple[str | int, ...], *, free: bool) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(inner, str):
        if free:
            yield route, inner
    elif isinstance(inner, Mapping):
        for key, item in inner.items():
            yield from _inside(item, (*route, key), free=free)
    elif isinstance(inner, tuple) and inner and isinstance(inner[0], str):
        for at, text in enumerate(inner):
            yield from _inside(text, (*route, at), free=free)
    else:
        yield from texts(inner, route)
