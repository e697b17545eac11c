"""Where in a file does a value stand? Asked only when there is something to say about it, or to change there."""

from collections.abc import Callable
from typing import Any

from yaml import YAMLError
from yaml._yaml import CParser
from yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

Route = tuple[str | int, ...]

_OPENING = (MappingStartEvent, SequenceStartEvent)
_CLOSING = (MappingEndEvent, SequenceEndEvent)


def position_of(data: bytes, route: Route) -> tuple[int, int]:
    """Line and column, from 1, of the field or list item at `route` in bytes that passed the gate.

    A route that starts with a number names a document of a stream first. Where the route leads nowhere (a missing
    field), the place of the last step that exists is returned; (0, 0) if there is none at all.
    """
    mark, _ = _find(data, route)
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)


def scalar_span(data: bytes, route: Route) -> tuple[int, int, str | None] | None:
    """Where the text at `route` is written: from and up to which character, and its style (None, one of " ' | >).

    None where there is no text at `route`.
    """
    _, event = _find(data, route)
    if not _is_text(event):
        return None
    return event.start_mark.index, event.end_mark.index, event.style or None


def continued_lines(data: bytes) -> frozenset[int]:
    """The lines, from 0, on which a text of an earlier line goes on; blank lines at its end left out."""
    lines = data.splitlines()
    found: set[int] = set()
    following: Callable[[], Any] = CParser(data).get_event
    while (event := following()).__class__ is not StreamEndEvent:
        if _is_text(event):
            start, end = event.start_mark.line, event.end_mark.line - (event.end_mark.column == 0)
            while end > start and not lines[end].strip():
                end -= 1
            found.update(range(start + 1, end + 1))
    return frozenset(found)


def _is_text(event: Any) -> bool:
    return event.__class__ is ScalarEvent


def _find(data: bytes, route: Route) -> tuple[Any, Any]:
    """The mark of the last step of `route` that exists, and the event at its end or None if it leads nowhere."""
    following: Callable[[], Any] = CParser(data).get_event
    mark = None
    try:
        event = _document_start(following, route)
        mark = event.start_mark if event else None
        for step in route[1:] if route and isinstance(route[0], int) else route:
            entered = _enter(following, event, step)
            if entered is None:
                return mark, None
            mark, event = entered
    except YAMLError:  # an un-gated byte: the last place known is the answer
        return mark, None
    return mark, event


def _document_start(following: Callable[[], Any], route: Route) -> Any:
    """The first event inside the document that `route` names."""
    left = route[0] if route and isinstance(route[0], int) else 0
    following()
    while following().__class__ is not StreamEndEvent:
        event = following()
        if left == 0:
            return event
        _skip(following, event)
        following()
        left -= 1
    return None


def _enter(following: Callable[[], Any], event: Any, step: str | int) -> tuple[Any, Any] | None:
    """One step down: where the field or item stands, and the event that opens it."""
    if event.__class__ is MappingStartEvent and isinstance(step, str):
        while (key := following()).__class__ is not MappingEndEvent:
            if key.__class__ is ScalarEvent and key.value == step:
                return key.start_mark, following()
            _skip(following, key)
            _skip(following, following())
    if event.__class__ is SequenceStartEvent and isinstance(step, int):
        while (item := following()).__class__ is not SequenceEndEvent:
            if step == 0:
                return item.start_mark, item
            _skip(following, item)
            step -= 1
    return None


def _skip(following: Callable[[], Any], event: Any) -> None:
    depth = 0
    while True:
        if event.__class__ in _OPENING:
            depth += 1
        elif event.__class__ in _CLOSING:
            depth -= 1
        if depth == 0:
            return
        event = following()
