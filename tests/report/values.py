"""Values of any record class, made from its annotations alone: every field is set, and no two leaves say the same."""

import dataclasses
import types
import typing
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import count
from typing import Any

Route = tuple[str | int, ...]
_FIRST = date(2001, 1, 1)


class Maker:
    """Makes values whose text, numbers and days are each used once."""

    def __init__(self) -> None:
        self._next = count(1000)

    def make(self, hint: Any) -> Any:
        """A value of a type: of a choice the first, of what may be absent what is there, one entry in every list."""
        hint = _bare(hint)
        if dataclasses.is_dataclass(hint):
            hints = typing.get_type_hints(hint, include_extras=True)
            return hint(**{field.name: self.make(hints[field.name]) for field in dataclasses.fields(hint)})
        origin, parts = typing.get_origin(hint), typing.get_args(hint)
        if origin is typing.Literal:
            return parts[0]
        if origin is tuple:
            return (self.make(parts[0]), self.make(parts[0]))
        if origin is Mapping or origin is typing.get_origin(Mapping[str, str]):
            return {self.make(parts[0]): self.make(parts[1])}
        return self._leaf(hint)

    def _leaf(self, hint: Any) -> Any:
        number = next(self._next)
        if hint is bool:
            return False
        if hint is int:
            return number
        return _FIRST + timedelta(days=number) if hint is date else f"v{number}"

    def others(self, hint: Any, value: Any, route: Route = ()) -> Iterator[tuple[Route, Any, Any]]:
        """The value with one leaf changed, for every leaf and choice: the way to it, what stands there now, the whole.

        An absence is None; a list or mapping without its last entry is one of the others.
        """
        hint = _bare(hint)
        origin, parts = typing.get_origin(hint), typing.get_args(hint)
        if dataclasses.is_dataclass(hint):
            yield from self._fields(hint, value, route)
        elif origin is typing.Literal:
            yield from ((route, other, other) for other in parts[1:])
        elif origin is tuple:
            for _, new, item in self.others(parts[0], value[-1], route):
                yield route, new, (*value[:-1], item)
            yield route, None, value[:-1]
            added = self.make(parts[0])
            yield route, first_leaf(added), (*value, added)
        elif isinstance(value, Mapping):
            ((key, held),) = value.items()
            for way, new, item in self.others(parts[1], held, (*route, key)):
                yield way, new, {key: item}
            yield route, None, {}
        else:
            new = not value if hint is bool else self._leaf(hint)
            yield route, new, new

    def _fields(self, hint: Any, value: Any, route: Route) -> Iterator[tuple[Route, Any, Any]]:
        hints = typing.get_type_hints(hint, include_extras=True)
        for field in dataclasses.fields(hint):
            kind, way = hints[field.name], (*route, field.name)
            for inner, new, item in self.others(kind, getattr(value, field.name), way):
                yield inner, new, dataclasses.replace(value, **{field.name: item})
            if type(None) in _options(kind):
                yield way, None, dataclasses.replace(value, **{field.name: None})


def leaves(value: Any) -> Iterator[Any]:
    """Everything plain that a value holds."""
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from leaves(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield key
            yield from leaves(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from leaves(item)
    elif value is not None:
        yield value


def first_leaf(value: Any) -> Any:
    """The first plain thing that a value holds; None where it holds nothing."""
    return next(leaves(value), None)


def _options(hint: Any) -> tuple[Any, ...]:
    origin = typing.get_origin(hint)
    if origin is typing.Annotated:
        return _options(typing.get_args(hint)[0])
    return typing.get_args(hint) if origin in (typing.Union, types.UnionType) else (hint,)


def _bare(hint: Any) -> Any:
    """The type itself: without its marks, and of several the first."""
    first = _options(hint)[0]
    while typing.get_origin(first) is typing.Annotated:
        first = typing.get_args(first)[0]
    return first if first == hint else _bare(first)
