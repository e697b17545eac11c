"""May these bytes become records at all, and if not: where, why, and what mends it?

The one reader for every YAML byte that is trusted or judged (DESIGN 2, rule 12). It drives libyaml's event stream, so
that nothing is constructed before it was judged; scalars stay the text that was written. Small files as plain as those
that salesrepo writes are read line by line (store/ordinary.py), with the same outcome.
"""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any, NoReturn

from yaml import MarkedYAMLError, YAMLError
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from salesrepo.domain.record import RECORD_CAP
from salesrepo.errors import RecordError
from salesrepo.store.characters import flaw_in, shown
from salesrepo.store.ordinary import NULLS, ordinary_documents
from salesrepo.store.raw_text import judge_text
from salesrepo.store.syntax import explain

Route = tuple[str | int, ...]

DEPTH = 12
RECORD_NODES = 5_000
TABLE_NODES = 50_000
KEY_LENGTH = 128
SCALAR_LENGTH = 16 * 1024

_OPENING = (MappingStartEvent, SequenceStartEvent)
_CLOSING = (MappingEndEvent, SequenceEndEvent)
_ORDINARY = bytes((0x09, 0x0A, *range(0x20, 0x7F)))  # all that most files consist of
_QUOTE = "Put the text in double quotes."
_PLAIN_YAML = "Write it out as plain text; records use plain fields, lists and text only."


def read_documents(data: bytes, *, path: str, cap: int, stream: bool = False) -> list[dict[str, Any]]:
    """The records in `data`: one mapping, or with `stream` one per document. Values are str, list, dict or None.

    Text stays as written ("010", "no", "1e3"); only a bare null, ~ or nothing becomes None. `cap` is in bytes.
    Raises RecordError with `path`, line and column, and no other error, whatever the bytes are.
    """
    if len(data) > cap:
        raise RecordError(
            f"The file has {len(data):,} bytes; at most {cap:,} are allowed.",
            path=path,
            hint="Shorten its text, or split it into several records.",
        )
    if data.translate(None, _ORDINARY):
        judge_text(data, path)
    # A node takes a byte at least, and only escapes can bring in characters that the bytes do not show: small files
    # without a backslash need no look at each scalar.
    careful = len(data) >= RECORD_NODES or b"\\" in data
    nodes = RECORD_NODES if cap <= RECORD_CAP else TABLE_NODES
    # An ordinary line makes four nodes at most: an item, its field, a value, and one more for each comma of a list.
    few = b"\\" not in data and 4 * data.count(b"\n") + data.count(b",") < nodes
    short = few and max(map(len, data.split(b"\n"))) <= SCALAR_LENGTH
    if (short or not careful) and (found := ordinary_documents(data, several=stream, deepest=DEPTH)) is not None:
        return found
    reader = _Reader(data, path, nodes=nodes, careful=careful)
    try:
        return reader.documents(several=stream)
    except YAMLError as error:
        raise _syntax_error(error, path) from None


def _syntax_error(error: YAMLError, path: str) -> RecordError:
    problem, line, column = "it cannot be read", 0, 0
    if isinstance(error, MarkedYAMLError):
        problem = error.problem or problem
        if mark := error.problem_mark or error.context_mark:
            line, column = mark.line + 1, mark.column + 1
    sentence, hint = explain(problem)
    return RecordError(sentence, path=path, line=line, column=column, hint=hint)


class _Reader:
    """One pass over the events of one file. Recursion is as deep as the file may be: DEPTH."""

    def __init__(self, data: bytes, path: str, *, nodes: int, careful: bool) -> None:
        self._path = path
        self._raw: Callable[[], Any] = CParser(data).get_event
        self._most = self._left = nodes
        self._next: Callable[[], Any] = self._checked if careful else self._raw

    def documents(self, *, several: bool) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        self._raw()
        while (start := self._raw()).__class__ is DocumentStartEvent:
            if start.version or start.tags:
                self._refuse(start, "Directives (%) are not allowed.", "Delete this line.")
            if found and not several:
                self._refuse(start, "A second document starts here.", "Keep one record in one file.")
            self._left = self._most
            top = self._next()
            if top.__class__ is not MappingStartEvent:
                self._refuse_unless_node(top)
                self._refuse(top, "The record is not a group of fields.", "Write `field: value` lines.")
            found.append(self._node(top, 1))
            self._raw()
        if not found:
            self._refuse(start, "The file holds no record.", "Write the record, or delete the file.")
        return found

    def _checked(self) -> Any:
        event = self._raw()
        kind = event.__class__
        if kind is not MappingEndEvent and kind is not SequenceEndEvent:
            self._left -= 1
            if self._left < 0:
                self._refuse(
                    event, f"A record holds more than {self._most:,} values.", "Split it into several records."
                )
            if kind is ScalarEvent:
                self._judge_scalar(event)
        return event

    def _judge_scalar(self, event: Any) -> None:
        if len(event.value) > SCALAR_LENGTH:
            self._refuse(event, f"A text is longer than {SCALAR_LENGTH:,} characters.", "Shorten it.")
        if flaw := flaw_in(event.value):
            self._refuse(event, flaw.sentence, flaw.hint)

    def _mapping(self, depth: int) -> dict[str, Any]:
        plain: dict[str, Any] = {}
        following = self._next
        while True:
            key = following()
            if key.__class__ is MappingEndEvent:
                return plain
            if key.__class__ is not ScalarEvent or key.anchor is not None or key.tag is not None:
                self._refuse_unless_node(key)
                self._refuse(key, "A field's name must be plain text.", "Write `field: value`.")
            name = key.value
            if name in plain or name == "<<" or not 0 < len(name) <= KEY_LENGTH:
                self._refuse_name(key, known=name in plain)
            value = following()
            if value.__class__ is ScalarEvent and value.anchor is None and value.tag is None:
                text = value.value
                plain[name] = None if text in NULLS and value.implicit[0] else text
            else:
                plain[name] = self._node(value, depth + 1)

    def _node(self, event: Any, depth: int) -> Any:
        """The plain form of the node that `event` opens; `depth` counts the containers from the top."""
        self._refuse_unless_node(event)
        kind = event.__class__
        if kind is ScalarEvent:
            return None if event.value in NULLS and event.implicit[0] else event.value
        if depth > DEPTH:
            self._refuse(event, f"Values are nested more than {DEPTH} deep.", "Flatten the record.")
        if kind is MappingStartEvent:
            return self._mapping(depth)
        items: list[Any] = []
        while (item := self._next()).__class__ is not SequenceEndEvent:
            items.append(self._node(item, depth + 1))
        return items

    def _refuse_unless_node(self, event: Any) -> None:
        if event.__class__ is AliasEvent:
            self._refuse(event, "Aliases (*) are not allowed.", _PLAIN_YAML + " " + _QUOTE)
        if event.anchor is not None:
            self._refuse(event, "Anchors (&) are not allowed.", _PLAIN_YAML + " " + _QUOTE)
        if event.tag is not None:
            self._refuse(event, "Tags (!) are not allowed.", _PLAIN_YAML + " " + _QUOTE)

    def _refuse_name(self, key: Any, *, known: bool) -> NoReturn:
        if known:
            self._refuse(key, f"The field {shown(key.value)} stands here twice.", "Keep one of the two.")
        if key.value == "<<":
            self._refuse(key, "Merge keys (<<) are not allowed.", _PLAIN_YAML)
        if not key.value:
            self._refuse(key, "A field has no name.", "Write `field: value`.")
        self._refuse(key, f"A field's name is longer than {KEY_LENGTH} characters.", "Shorten it.")

    def _refuse(self, event: Any, sentence: str, hint: str) -> NoReturn:
        mark = event.start_mark
        raise RecordError(sentence, path=self._path, line=mark.line + 1, column=mark.column + 1, hint=hint)


class Positions:
    """Where each field and list item of gated bytes stands, found in one pass however many questions follow."""

    def __init__(self, data: bytes) -> None:
        self._known: dict[Route, tuple[int, int]] = {}
        try:
            for route, mark in _marks(CParser(data).get_event):
                self._known.setdefault(route, (mark.line + 1, mark.column + 1))
        except YAMLError:  # an un-gated byte: what stands before it is known
            return

    def at(self, route: Route) -> tuple[int, int]:
        """Line and column, from 1, of the field or list item at `route`.

        A route that starts with a number names a document of a stream first. Where the route leads nowhere (a missing
        field), the place of the last step that exists is returned; (0, 0) if there is none at all.
        """
        steps = route if route and isinstance(route[0], int) else (0, *route)
        found = (self._known.get(steps[:end]) for end in range(len(steps), 0, -1))
        return next((place for place in found if place), (0, 0))


def scalar_span(data: bytes, route: Route) -> tuple[int, int, str | None] | None:
    """Where the text at `route` is written: from and up to which character, and its style (None, one of " ' | >).

    None where there is no text at `route`.
    """
    event = _find(data, route)
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


def _find(data: bytes, route: Route) -> Any:
    """The event at the end of `route`, None if it leads nowhere."""
    following: Callable[[], Any] = CParser(data).get_event
    try:
        event = _document_start(following, route)
        for step in route[1:] if route and isinstance(route[0], int) else route:
            event = _enter(following, event, step)
    except YAMLError:  # an un-gated byte
        return None
    return event


def text_spans(data: bytes) -> Iterator[tuple[int, int, bool]]:
    """Where each text stands in gated bytes: its first character, the one behind it, and whether it is a block."""
    following: Callable[[], Any] = CParser(data).get_event
    while (event := following()).__class__ is not StreamEndEvent:
        if _is_text(event):
            yield event.start_mark.index, event.end_mark.index, event.style in ("|", ">")


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


def _marks(following: Callable[[], Any]) -> Iterator[tuple[Route, Any]]:
    """The route and the mark of everything in a file, each route beginning with the number of its document."""
    following()
    document = 0
    while following().__class__ is not StreamEndEvent:
        top = following()
        yield (document,), top.start_mark
        yield from _marks_below(following, top, (document,))
        following()
        document += 1


def _marks_below(following: Callable[[], Any], top: Any, route: Route) -> Iterator[tuple[Route, Any]]:
    """The same for what `top` opens. Nothing is told of what lies deeper than the gate lets anything lie."""
    inside = [(route, top.__class__ is MappingStartEvent, count())] if top.__class__ in _OPENING else []
    while inside:
        above, named, numbers = inside[-1]
        event = following()
        if event.__class__ in _CLOSING:
            inside.pop()
            continue
        mark, below = event.start_mark, None
        if not named:
            below = (*above, next(numbers))
        elif _is_text(event):
            below = (*above, event.value)
        else:
            _skip(following, event)
        if below:
            yield below, mark
        if named:
            event = following()
        if below and event.__class__ in _OPENING and len(inside) <= DEPTH:
            inside.append((below, event.__class__ is MappingStartEvent, count()))
        else:
            _skip(following, event)


def _enter(following: Callable[[], Any], event: Any, step: str | int) -> Any:
    """One step down: the event that opens the field or item, None where there is none."""
    if event.__class__ is MappingStartEvent and isinstance(step, str):
        while (key := following()).__class__ is not MappingEndEvent:
            if key.__class__ is ScalarEvent and key.value == step:
                return following()
            _skip(following, key)
            _skip(following, following())
    if event.__class__ is SequenceStartEvent and isinstance(step, int):
        while (item := following()).__class__ is not SequenceEndEvent:
            if step == 0:
                return item
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
