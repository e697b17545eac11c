"""Which words of a record did a person write freely? What brand and privacy rules read."""

import dataclasses
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any

from salesrepo.domain.fields import Text

Route = tuple[str | int, ...]


@cache
def _fields(value: type) -> tuple[tuple[str, bool], ...]:
    """The fields of a value class that free text can stand in, each with whether it may do so itself."""
    if not dataclasses.is_dataclass(value):
        return ()
    hints = typing.get_type_hints(value, include_extras=True)
    return tuple((name, _is_text(hint)) for name, hint in hints.items() if _is_text(hint) or _holds_text(hint))


def _is_text(hint: Any) -> bool:
    marks = getattr(hint, "__metadata__", ())
    return any(isinstance(mark, Text) for mark in marks) or any(_is_text(part) for part in typing.get_args(hint))


def _holds_text(hint: Any) -> bool:
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return bool(_fields(hint))
    return any(_holds_text(part) for part in typing.get_args(hint))


def texts(value: Any, route: Route = ()) -> tuple[tuple[Route, str], ...]:
    """Every free text of a record value (or of a stream's tuple of values) with the route of keys that leads to it."""
    found: list[tuple[Route, str]] = []
    _gather(value, route, found)
    return tuple(found)


def _gather(value: Any, route: Route, found: list[tuple[Route, str]]) -> None:
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            _gather(item, (*route, index), found)
    for name, free in _fields(value.__class__):
        inner = getattr(value, name)
        if inner is not None:
            _look_into(inner, (*route, name), found, free=free)


def _look_into(inner: Any, route: Route, found: list[tuple[Route, str]], *, free: bool) -> None:
    if isinstance(inner, str):
        if free:
            found.append((route, inner))
    elif isinstance(inner, tuple) and inner and isinstance(inner[0], str):
        for at, text in enumerate(inner):
            _look_into(text, (*route, at), found, free=free)
    elif isinstance(inner, Mapping):
        for key, item in inner.items():
            _look_into(item, (*route, key), found, free=free)
    else:
        _gather(inner, route, found)
