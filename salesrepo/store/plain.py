"""How does a record's value become the plain structure that is written: text, lists and mappings only?

Imports nothing but the standard library: `sr log` writes an activity without loading a validator.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any


def key_of(name: str) -> str:
    """The YAML field of a dataclass field; a trailing _ only keeps Python's own words free (`from_` is `from`)."""
    return name.removesuffix("_")


def to_plain(value: Any) -> dict[str, Any]:
    """A value class's instance as plain data in its fields' order, ready for `emit`.

    Days become ISO text, whole numbers and flags text. Left out, because reading brings them back: None, empty
    tuples and mappings that are the default, and False where False is the default.
    """
    plain: dict[str, Any] = {}
    for name, key, default in _fields(value.__class__):
        held = getattr(value, name)
        if held is None or (not held and (held is False or held in ((), {})) and default == held):
            continue
        plain[key] = held if type(held) is str else _plain(held)
    return plain


@cache
def _fields(kind: type) -> tuple[tuple[str, str, Any], ...]:
    """Each field's name, its key in YAML and its default."""
    return tuple((field.name, key_of(field.name), _default_of(field)) for field in fields(kind))


def _default_of(field: Field[Any]) -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()


def _plain(held: Any) -> Any:
    if isinstance(held, str):
        return str(held)
    if isinstance(held, (bool, int, date)):
        return str(held).lower()  # a day's own text is ISO 8601
    if is_dataclass(held):
        return to_plain(held)
    if isinstance(held, Mapping):
        return {_plain(key): _plain(item) for key, item in held.items()}
    if isinstance(held, (tuple, list)):
        return [_plain(item) for item in held]
    raise TypeError(f"a record cannot hold {type(held).__name__}")
