"""May these bytes become records at all, and if not: where, why, and what mends it?

The one reader for every YAML byte that is trusted or judged (DESIGN 2, rule 12). It drives libyaml's event stream, so
that nothing is constructed before it was judged; scalars stay the text that was written.
"""

from collections.abc import Callable
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
)

from salesrepo.domain.record import RECORD_CAP
from salesrepo.errors import RecordError
from salesrepo.store.characters import flaw_in, shown
from salesrepo.store.places import position_of

__all__ = ["position_of", "read_documents"]

DEPTH = 12
RECORD_NODES = 5_000
TABLE_NODES = 50_000
KEY_LENGTH = 128
SCALAR_LENGTH = 16 * 1024

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_ORDINARY = bytes((0x09, 0x0A, *range(0x20, 0x7F)))  # all that most files consist of
_QUOTE = "Put the text in double quotes."
_PLAIN_YAML = "Write it out as plain text; records use plain fields, lists and text only."

# libyaml's own words for what people get wrong, as sentences; any other is quoted as it is.
_SYNTAX = {
    "mapping values are not allowed in this context": (
        "A colon stands where no field can begin.",
        'Check the indent of this line, and put text that contains ": " in double quotes.',
    ),
    "found character that cannot start any token": (
        "A value cannot begin with this character, and lines cannot be indented with tabs.",
        "Indent with spaces, or put the text in double quotes.",
    ),
    "could not find expected ':'": ("A colon is missing after the field's name.", "Write `field: value`."),
    "did not find expected key": ("A field's name was expected here.", "Check the indent and the quotes around here."),
    "did not find expected '-' indicator": ("An item of the list was expected here.", "Check the indent of this line."),
    "did not find expected ',' or ']'": ("The list in [ ] is not closed.", "Add the missing comma or ]."),
    "did not find expected ',' or '}'": ("The fields in { } are not closed.", "Add the missing comma or }."),
    "found unexpected end of stream": ("A quote is opened and never closed.", "Add the closing quote."),
    "found unexpected document indicator": ("A quote is opened and never closed.", "Add the closing quote."),
    "found unknown escape character": (
        "Text in double quotes has an unknown \\ escape.",
        "Write \\\\ for a backslash.",
    ),
    "found invalid Unicode character escape code": ("This \\u escape is no character.", "Write the character itself."),
    "block sequence entries are not allowed in this context": (
        "A list item stands where no list can begin.",
        "Put the list on lines of its own below the field.",
    ),
    "did not find expected <document start>": ("The file goes on after its record ended.", "Check the indent."),
    "found undefined tag handle": ("Tags (!) are not allowed.", _PLAIN_YAML),
    "found unknown directive name": ("Directives (%) are not allowed.", "Delete this line."),
    "found incompatible YAML document": ("Directives (%) are not allowed.", "Delete this line."),
    "found duplicate %YAML directive": ("Directives (%) are not allowed.", "Delete this line."),
}


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
        _judge_text(data, path)
    reader = _Reader(data, path, nodes=RECORD_NODES if cap <= RECORD_CAP else TABLE_NODES)
    try:
        return reader.documents(several=stream)
    except YAMLError as error:
        raise _syntax_error(error, path) from None


def _judge_text(data: bytes, path: str) -> None:
    """Refuse what is wrong with the bytes before YAML comes into it."""
    if data.startswith(b"\xef\xbb\xbf"):
        hint = "Save the file as UTF-8 without BOM."
        raise RecordError("The file starts with a byte order mark.", path=path, line=1, column=1, hint=hint)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line, column = _place(data[: error.start].decode(), error.start)
        hint = "Save the file as UTF-8."
        raise RecordError(
            "The text is not UTF-8 from here on.", path=path, line=line, column=column, hint=hint
        ) from None
    if "\r" in text:
        text = text.replace("\r\n", " \n")
        if (bare := text.find("\r")) >= 0:
            line, column = _place(text, bare)
            hint = "Save the file with LF (or CRLF) line ends."
            raise RecordError("A bare carriage return.", path=path, line=line, column=column, hint=hint)
    if flaw := flaw_in(text):
        line, column = _place(text, flaw.offset)
        raise RecordError(flaw.sentence, path=path, line=line, column=column, hint=flaw.hint)


def _place(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of a character offset (or of the text's end, if it lies beyond)."""
    offset = min(offset, len(text))
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _syntax_error(error: YAMLError, path: str) -> RecordError:
    problem, line, column = "it cannot be read", 0, 0
    if isinstance(error, MarkedYAMLError):
        problem = error.problem or problem
        if mark := error.problem_mark or error.context_mark:
            line, column = mark.line + 1, mark.column + 1
    sentence, hint = _SYNTAX.get(problem, (f"This is not valid YAML ({problem}).", "Check the indent and the quotes."))
    return RecordError(sentence, path=path, line=line, column=column, hint=hint)


class _Reader:
    """One pass over the events of one file. Recursion is as deep as the file may be: DEPTH."""

    def __init__(self, data: bytes, path: str, *, nodes: int) -> None:
        self._path = path
        self._raw: Callable[[], Any] = CParser(data).get_event
        self._most = self._left = nodes
        # A node takes a byte at least, and only escapes can bring in characters that the bytes do not show: small
        # files without a backslash need no look at each scalar.
        careful = len(data) >= RECORD_NODES or b"\\" in data
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
                plain[name] = None if text in _NULLS and value.implicit[0] else text
            else:
                plain[name] = self._node(value, depth + 1)

    def _node(self, event: Any, depth: int) -> Any:
        """The plain form of the node that `event` opens; `depth` counts the containers from the top."""
        self._refuse_unless_node(event)
        kind = event.__class__
        if kind is ScalarEvent:
            return None if event.value in _NULLS and event.implicit[0] else event.value
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
