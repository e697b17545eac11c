"""How is a plain structure written as YAML that every tool reads back as the same text?"""

import re
from collections.abc import Mapping
from functools import lru_cache
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
    lines: list[str] = []
    _write(plain, lines, "", "")
    return (head + "\n".join(lines) + "\n").encode()


def emit_document(plain: Mapping[str, Any]) -> bytes:
    """One document of a stream: `---`, then the same as `emit`."""
    return b"---\n" + emit(plain)


@lru_cache(maxsize=4096)
def _key(text: str) -> str:
    return scalar(text)


def _write(node: Any, out: list[str], first: str, indent: str) -> None:
    """Add the lines of one node to `out`: its first line after `first`, the others after `indent`."""
    if isinstance(node, str):
        out.append(first + scalar(node))
    elif isinstance(node, Mapping):
        _write_mapping(node, out, first, indent)
    elif isinstance(node, (list, tuple)):
        if not node:
            out.append(f"{first}[]")
        for item in node:
            _write(item, out, f"{first}- ", f"{indent}  ")
            first = indent
    else:
        raise TypeError(f"only text, lists and mappings can be written as YAML, not {type(node).__name__}")


def _write_mapping(node: Mapping[str, Any], out: list[str], first: str, indent: str) -> None:
    if not _has_fields(node):
        out.append(f"{first}{{}}")
        return
    for key, value in node.items():
        if value is None:
            continue
        if isinstance(value, str):
            out.append(f"{first}{_key(key)}: {scalar(value)}")
        elif _is_empty(value):
            out.append(f"{first}{_key(key)}: {'{}' if isinstance(value, Mapping) else '[]'}")
        else:
            out.append(f"{first}{_key(key)}:")
            inner = f"{indent}  "
            _write(value, out, inner, inner)
        first = indent


def _is_empty(value: Any) -> bool:
    if isinstance(value, Mapping):
        return not _has_fields(value)
    return isinstance(value, (list, tuple)) and not value


def _has_fields(node: Mapping[str, Any]) -> bool:
    return any(value is not None for value in node.values())
