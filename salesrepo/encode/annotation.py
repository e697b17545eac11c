"""How does a bot speak to the log of a workflow without a stranger's text giving it commands?

A runner takes a line for a command that begins with `::` after every blank Unicode knows is taken off, and `##[`
anywhere in a line; what follows is decoded, so everything that means something is percent-encoded first.
"""

import re
from collections.abc import Mapping
from typing import Literal

from salesrepo.encode.hidden import shown

Level = Literal["error", "warning", "notice"]

_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}
_BREAKS = "\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
_COMMAND = re.compile(rf"(^|[{_BREAKS}])([\s\ufeff\u200b\x00-\x20]*)(?=::)")


def annotation(level: Level, message: str, properties: Mapping[str, str | int]) -> str:
    """One workflow command on one line, with its line break: `::error file=a.yml,line=3,title=SR201::It is taken.`

    Properties that are empty or 0 are left out.
    """
    told = ",".join(f"{name}={_encoded(str(value), _PROPERTY)}" for name, value in properties.items() if value)
    return f"::{level}{' ' if told else ''}{told}::{_encoded(message, _DATA)}\n"


def tame(text: str) -> str:
    """`text` for a workflow's log: no line of it is a command, and `##[` stands nowhere. Other text stays as it is."""
    return _tamed(_COMMAND.sub(r"\1\2| ", text))


def _tamed(text: str) -> str:
    return text.replace("##[", r"##\[")


def _encoded(text: str, codes: Mapping[str, str]) -> str:
    return shown("".join(codes.get(char, char) for char in _tamed(text)))
