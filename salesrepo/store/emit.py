"""How is a plain structure written as YAML that every tool reads back as the same text?"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

# Words that YAML 1.1 or 1.2 tools, or JavaScript and Python behind them, take for null, a boolean or a number.
_WORDS = frozenset("null true false yes no on off y n nan inf infinity".split())
_HIDDEN = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
# One line that starts with a letter of any script, "_", "/", "(" or a symbol beyond ASCII; digits and signs never,
# because numbers, dates, times and YAML's indicators begin with them.
_BARE = re.compile(rf"(?:[^\W\d]|[/(]|[^\x00-\xa0\w\s{_HIDDEN}])[^{_HIDDEN}]*")
_CLASH = re.compile(r": | #|:\Z|\s\Z")
_ESCAPED = re.compile(rf'["\\{_HIDDEN}]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def scalar(text: str) -> str:
    """One scalar as YAML: bare where no tool could take it for something else, double-quoted otherwise."""
    if _BARE.fullmatch(text) and not _CLASH.search(text) and text.lower() not in _WORDS:
        return text
    return quoted(text)


def quoted(text: str) -> str:
    """One scalar in double quotes, on one line whatever it holds."""
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(match: re.Match[str]) -> str:
    return _SHORT.get(match[0]) or f"\\u{ord(match[0]):04x}"


def emit(plain: Mapping[str, Any], *, schema: str | None = None) -> bytes:
    """Block YAML of `plain` in the order given, as UTF-8 ending in LF.

    `plain` holds mappings, lists and strings; a field that is None is left out. `schema` is the address that editors
    find in the first line. Raises TypeError for anything else: numbers and dates become text before they come here.
    """
    head = f"# yaml-language-server: $schema={schema}\n" if schema else ""
    return (head + "\n".join(_lines(plain)) + "\n").encode()


def emit_document(plain: Mapping[str, Any]) -> bytes:
    """One document of a stream: `---`, then the same as `emit`."""
    return b"---\n" + emit(plain)


def _lines(node: Any) -> Iterator[str]:
    """The lines of one node as it stands at column 0; its container indents them."""
    if isinstance(node, str):
        yield scalar(node)
    elif isinstance(node, Mapping):
        fields = [(scalar(key), value) for key, value in node.items() if value is not None]
        if not fields:
            yield "{}"
        for key, value in fields:
            yield from _field(key, value)
    elif isinstance(node, (list, tuple)):
        if not node:
            yield "[]"
        for item in node:
            lines = _lines(item)
            yield f"- {next(lines)}"
            yield from (f"  {line}" for line in lines)
    else:
        raise TypeError(f"only text, lists and mappings can be written as YAML, not {type(node).__name__}")


def _field(key: str, value: Any) -> Iterator[str]:
    lines = list(_lines(value))
    if isinstance(value, str) or lines[0] in ("{}", "[]"):
        yield f"{key}: {lines[0]}"
        return
    yield f"{key}:"
    yield from (f"  {line}" for line in lines)
