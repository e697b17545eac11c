"""How does a command change a value in a file that a person keeps, and leave every other byte as it was?

A text that becomes another text is replaced in place. For everything else ruamel.yaml writes the file before and after
the change, and only the lines in which those two differ are carried over into the person's own file. What comes out is
read through the gate again and must hold exactly what was asked for; else the edit is refused.
"""

import re
from collections.abc import Mapping
from copy import deepcopy
from difflib import SequenceMatcher
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import LiteralScalarString, PlainScalarString
from ruamel.yaml.tag import Tag

from salesrepo.domain.record import TABLE_CAP
from salesrepo.errors import RecordError
from salesrepo.store.carry import carried_over
from salesrepo.store.emit import quoted, scalar
from salesrepo.store.gate import Route, continued_lines, read_documents, scalar_span

Change = str | list[Any] | dict[str, Any] | None

_INDENTS = ((2, 4, 2), (2, 2, 0), (4, 4, 2), (4, 6, 4), (4, 4, 0), (4, 2, 0), (3, 5, 3))  # mapping, sequence, dash
_TEXT_TAG = Tag(suffix="tag:yaml.org,2002:str")


def edit(data: bytes, changes: Mapping[Route, Change], *, path: str = "") -> bytes:
    """`data` with each route's value put there, or removed where it is None; changes apply in their order.

    The index after a list's last appends. Comments, order, quotes, indents, line ends and the final line break stay;
    where nothing changes the same bytes come back. Raises RecordError when the file does not pass the gate, when a
    route's container is not there, or when the file's layout cannot be kept.
    """
    plain = _read(data, path)
    text = data.decode()
    for route, value in changes.items():
        before = deepcopy(plain)
        _put(plain, route, value, path)
        if plain != before:
            text = _in_place(text, route, value) or _by_lines(text, route, value, path)
    result = text.encode()
    if _read(result, path) != plain:
        raise _unkept(path)
    return result


def _read(data: bytes, path: str) -> dict[str, Any]:
    return read_documents(data, path=path, cap=TABLE_CAP)[0]


def _unkept(path: str) -> RecordError:
    return RecordError(
        "This change cannot be made without touching the layout of the rest of the file.",
        path=path,
        hint="Make the change in an editor, or write the part around it as plain indented lines first.",
    )


def _put(root: Any, route: Route, value: Any, path: str) -> None:
    node, last = root, route[-1] if route else None
    for step in route[:-1]:
        node = node[step] if _holds(node, step) else None
    if value is None and _holds(node, last):
        del node[last]
    elif isinstance(node, list) and last == len(node):
        node.extend([] if value is None else [value])
    elif _holds(node, last) or (isinstance(node, dict) and isinstance(last, str)):
        if value is not None:
            node[last] = value
    else:
        where = ".".join(map(str, route))
        hint = "Look at the file as it is now and try again."
        raise RecordError(f"There is nothing at {where} that could be changed.", path=path, hint=hint)


def _holds(node: Any, step: str | int | None) -> bool:
    if isinstance(node, dict):
        return isinstance(step, str) and step in node
    return isinstance(node, list) and isinstance(step, int) and 0 <= step < len(node)


# --- a text in place of a text --------------------------------------------------------------------------------------


def _in_place(text: str, route: Route, value: Change) -> str | None:
    """The text with one scalar replaced where it stands; None where that is not how the change can be made."""
    span = scalar_span(text.encode(), route) if isinstance(value, str) else None
    if span is None or not isinstance(value, str):
        return None
    start, end, style = span
    if style in ("|", ">"):
        return None
    if start < end:
        return text[:start] + _styled(value, style) + text[end:]
    # An empty value stands right after its colon or dash; in `{a}` it has none.
    return f"{text[:start]} {_styled(value, style)}{text[end:]}" if text[start - 1] in ":-" else None


def _styled(value: str, style: str | None) -> str:
    """A scalar in the quotes that the person used, where they can hold it."""
    if style == "'" and quoted(value)[1:-1].replace('\\"', '"') == value:
        return "'" + value.replace("'", "''") + "'"
    bare = style is None and not set(value) & set(",[]{}")  # which would mean something inside [ ] or { }
    return scalar(value) if bare else quoted(value)


# --- everything else, line by line ----------------------------------------------------------------------------------


class _TextResolver(VersionedResolver):
    """Takes no scalar for a number or a date: what is text stays as it was written."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        """The tag of a node; always text for a scalar."""
        return _TEXT_TAG if kind is ScalarNode else super().resolve(kind, value, implicit)


class _TextConstructor(RoundTripConstructor):
    """Remembers that a scalar was written without quotes, so that it is written so again, even an empty one."""

    def construct_scalar(self, node: Any) -> Any:
        """The text of a scalar, in a class that says how it was written."""
        return super().construct_scalar(node) if node.style else PlainScalarString(node.value)


def _yaml(mapping: int, sequence: int, offset: int) -> YAML:
    yaml = YAML()
    yaml.Resolver, yaml.Constructor = _TextResolver, _TextConstructor
    yaml.preserve_quotes, yaml.width = True, 1 << 20
    yaml.indent(mapping=mapping, sequence=sequence, offset=offset)
    return yaml


def _by_lines(text: str, route: Route, value: Change, path: str) -> str:
    """The text with the lines changed that ruamel would change."""
    ours = text.splitlines(keepends=True)
    bare = [line.rstrip("\r\n") for line in ours]
    names = _Names(text)
    try:
        yaml, base = _best_layout(bare)
        document = _load(yaml, bare)
        old = _at(document, route)
        keeps_block = isinstance(old, LiteralScalarString) and isinstance(value, str)
        fresh = LiteralScalarString(str(value)) if keeps_block else names.hide(value)
        _put(document, route if old is not None else (*route[:-1], names.hide(route[-1])), fresh, path)
        theirs = [names.show(line) for line in _dump(yaml, document)]
    except YAMLError:
        raise _unkept(path) from None
    end = "\r\n" if text.count("\r\n") * 2 > len(ours) else "\n"
    texts = continued_lines("\n".join(base).encode())
    merged = carried_over(ours, base, theirs, end=end, texts=texts)
    if merged is None:
        raise _unkept(path)
    whole = "".join(line if line.endswith("\n") else line + end for line in merged)
    return whole if text.endswith("\n") else whole.removesuffix("\n").removesuffix("\r")


def _at(node: Any, route: Route) -> Any:
    for step in route:
        node = node[step] if _holds(node, step) else None
    return node


def _best_layout(bare: list[str]) -> tuple[YAML, list[str]]:
    """The ruamel whose indents come nearest to the person's, and the lines that it writes before any change."""
    tried: list[tuple[int, YAML, list[str]]] = []
    for indents in _INDENTS:
        yaml = _yaml(*indents)
        lines = _dump(yaml, _load(yaml, bare))  # loaded each time: dumping moves the comments inside a document
        alike = sum(block.size for block in SequenceMatcher(None, lines, bare, autojunk=False).get_matching_blocks())
        tried.append((alike, yaml, lines))
        if lines == bare:
            break
    _, yaml, lines = max(tried, key=lambda one: one[0])
    return yaml, lines


def _load(yaml: YAML, bare: list[str]) -> Any:
    return yaml.load("\n".join(bare) + "\n")


def _dump(yaml: YAML, document: Any) -> list[str]:
    stream = StringIO()
    yaml.dump(document, stream)
    return stream.getvalue().splitlines()


class _Names:
    """Stand-ins for new scalars: ruamel lays them out, and emit's own spelling takes their place afterwards."""

    def __init__(self, text: str) -> None:
        self._stem = "new"
        while self._stem in text:
            self._stem += "w"
        self._spelled: list[str] = []

    def hide(self, value: Any) -> Any:
        """`value` with a stand-in for each text in it."""
        if isinstance(value, dict):
            return {self.hide(key): self.hide(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.hide(item) for item in value]
        if not isinstance(value, str):  # nothing, or the index of an item
            return value
        self._spelled.append(_styled(value, None))
        return f"{self._stem}{len(self._spelled) - 1}."

    def show(self, line: str) -> str:
        """A line with the texts themselves again."""
        return re.sub(rf"{self._stem}([0-9]+)\.", lambda match: self._spelled[int(match[1])], line)
