"""What do the plainest records say: those written line by line, as salesrepo itself writes them?

libyaml's events cost a record several times what reading its text does. Read here is only what YAML leaves no doubt
about: a field or an item on each line, two blanks deeper with each level, in words that begin with a letter or a digit,
or in double quotes without escapes. Whatever else a file holds is left to the events; what both read, both read alike
(tests/store/test_ordinary.py holds them to it).
"""

import re
from typing import Any

NULLS = frozenset(("", "~", "null", "Null", "NULL"))

_NAME = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,127}"
_INSIDE = r"[^\x00-\x1f\x7f-\xa0\\:#]*"
_BARE = rf"[A-Za-z0-9(/]{_INSIDE}(?::(?=[^ \n]){_INSIDE})*(?<! )"
_QUOTED = r'"[^\x00-\x1f\x7f-\xa0\\"]*"'
_WORD = r"[A-Za-z0-9][A-Za-z0-9_.-]*"
_VALUE = rf"({_BARE}|{_QUOTED}|\[(?:{_WORD}(?:, {_WORD})*)?\]|\{{\}})"
_MORE = 2  # levels that a line may add: the fields of an item, and a list or mapping written in brackets
_COMMENT = r"#[^\x00-\x1f\x7f-\xa0]*"
# Depth, mark of an item, name and value of a field; or the value of an item.
_LINE = re.compile(rf"^( *)(?:(- )?({_NAME}):(?: {_VALUE})?|- {_VALUE}|{_COMMENT})?$", re.MULTILINE)


def ordinary_documents(data: bytes, *, several: bool, deepest: int) -> list[dict[str, Any]] | None:
    """What the gate's reader finds in `data`, or None where a file is not that plain, or nested deeper.

    `data` is small and was judged as text before: valid UTF-8 without hidden characters.
    """
    parts = f"\n{data.decode()}".split("\n---\n") if several else [data.decode()]
    if several and not parts[0]:
        del parts[0]
    found: list[dict[str, Any]] = []
    for part in parts:
        one = _document(part, deepest)
        if one is None:
            return None
        found.append(one)
    return found


def _document(text: str, deepest: int) -> dict[str, Any] | None:
    lines = _LINE.findall(text)
    if len(lines) != text.count("\n") + 1:  # one of them is not plain
        return None
    top: dict[str, Any] = {}
    opened: list[Any] = [top]  # the mapping or list to which a line belongs, by its depth
    awaits = ""  # the field of the last line, where its value begins on the next
    for indent, item, name, value, alone in lines:
        if not name and not alone:
            continue  # blank, or a comment
        is_item = bool(item or alone)
        depth, odd = divmod(len(indent), 2)
        if depth == len(opened) and awaits:
            opened[-1][awaits] = [] if is_item else {}
            opened.append(opened[-1][awaits])
        del opened[depth + 1 :]
        if odd or not depth < len(opened) <= deepest - _MORE or (opened[depth].__class__ is list) is not is_item:
            return None
        if alone:
            opened[depth].append(_value(alone))
            awaits = ""
            continue
        if item:
            opened[depth].append({})
            opened.append(opened[depth][-1])
        if name in opened[-1]:
            return None
        opened[-1][name] = _value(value) if value else None
        awaits = "" if value else name
    return top or None


def _value(written: str) -> Any:
    first = written[0]
    if first == '"':
        return written[1:-1]
    if first == "[":
        words = written[1:-1].split(", ") if written != "[]" else []
        return [None if word in NULLS else word for word in words]
    if first == "{":
        return {}
    return None if written in NULLS else written
