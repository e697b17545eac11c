"""How do the marks on a value class's fields become a validator of pydantic's with our own checks and JSON Schema?"""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache, partial
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NotRequired, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import (
    AfterValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainValidator,
    Tag,
    TypeAdapter,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError, to_jsonable_python
from typing_extensions import TypedDict

from salesrepo.domain.blanks import odd_blank
from salesrepo.domain.fields import DAY_REGEX, FIRST_DAY, LAST_DAY, Pattern, Text, Whole
from salesrepo.store.plain import key_of

EXPECTED = "expected"  # type of the errors raised here; their message says what is expected: "must be ..."
_TEXT, _LIST, _FIELDS = "\0text", "\0list", "\0fields"
SHAPES = (
    _TEXT,
    _LIST,
    _FIELDS,
)  # steps that pydantic adds to an error's place; the gate lets no field have such a name

_STRICT = ConfigDict(extra="forbid", strict=True)
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,17}")
_DAY = re.compile(DAY_REGEX)
_FLAGS = {"true": True, "false": False}
_MUST = "must be {is}"
_SHAPE_NAMES = {_TEXT: "text", _LIST: "a list", _FIELDS: "a group of fields"}
_DAY_EXPECTED = f"a day from {FIRST_DAY} to {LAST_DAY}, written YYYY-MM-DD"

# An annotation that is put together at run time; the type checker has nothing to say about it.
Annotation = Any
_typed_dict: Annotation = TypedDict
V = TypeVar("V")


def adapter_of(cls: type[V]) -> TypeAdapter[V]:
    """What turns plain data into an instance of the value class `cls`; built once.

    Raises TypeError for an annotation that is none of ours.
    """
    return _built(cls)  # type: ignore[arg-type]  # a class is hashable, whatever its metaclass says to mypy


@cache
def _built(cls: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(_of_class(cls))


def field_names(cls: type[Any], route: tuple[str | int, ...]) -> list[str]:
    """The YAML fields that may stand at `route` below a value class; none where there is no class."""
    classes = [cls]
    for step in route:
        hints = [hint for one in classes for name, hint in _hints(one).items() if key_of(name) == step]
        if hints:
            classes = [found for hint in hints for found in _classes_in(hint)]
    return [key_of(field.name) for one in classes for field in fields(one)]


@cache
def nested_fields(cls: Any) -> tuple[str, ...]:
    """The fields of a value class in which there are others, at any depth, that have a `problems` method."""
    return tuple(name for name, hint in _hints(cls).items() if any(map(has_rules, _classes_in(hint))))


def has_rules(cls: Any) -> bool:
    """Whether a value class, or one inside of it, has a `problems` method."""
    return hasattr(cls, "problems") or bool(nested_fields(cls))


def _classes_in(hint: Annotation) -> list[type[Any]]:
    if isinstance(hint, type) and is_dataclass(hint):
        return [hint]
    return [found for arg in get_args(hint) for found in _classes_in(arg)]


def _hints(cls: type[Any]) -> dict[str, Annotation]:
    return get_type_hints(cls, include_extras=True)


def _of_class(cls: type[Any]) -> Annotation:
    """A TypedDict of the fields of `cls` whose outcome is an instance of `cls`.

    No model of pydantic's: making one only to take its fields out again costs as much as all checks of them. What is
    left out gets its default from `cls`; pydantic is told of it for the JSON Schema.
    """
    hints = _hints(cls)
    parts: dict[str, Annotation] = {}
    for field in fields(cls):
        told: dict[str, Any] = {} if field.default is MISSING else {"default": to_jsonable_python(field.default)}
        hint: Annotation = Annotated[_of(hints[field.name]), Field(alias=key_of(field.name), json_schema_extra=told)]
        needed = field.default is MISSING and field.default_factory is MISSING
        parts[field.name] = hint if needed else NotRequired[hint]
    says = " ".join((cls.__doc__ or "").split())
    made = _typed_dict(cls.__name__, parts)
    made.__pydantic_config__ = ConfigDict(**_STRICT, title=cls.__name__, json_schema_extra={"description": says})
    return Annotated[made, AfterValidator(lambda found: cls(**found))]


def _origin(hint: Annotation) -> Any:
    return get_origin(hint)


def _of(hint: Annotation) -> Annotation:
    """pydantic's annotation for one of ours."""
    origin, args = _origin(hint), get_args(hint)
    if origin is Annotated:
        return _of_mark(args[1:])
    if origin in (Union, UnionType):
        return _of_union(args)
    if origin is tuple and args[1:] == (...,):
        return Annotated[list[_of(args[0])], AfterValidator(tuple)]  # type: ignore[misc]
    if origin in (dict, Mapping):
        held: Annotation = dict[_of(args[0]), _of(args[1])]  # type: ignore[misc]
        named = any(isinstance(mark, Pattern) for mark in get_args(args[0]))
        return Annotated[held, Field(json_schema_extra={"additionalProperties": False})] if named else held
    return _of_plain(hint)


def _of_plain(hint: Annotation) -> Annotation:
    if _origin(hint) is Literal:
        return _choice({str(option): option for option in get_args(hint)})
    if hint is bool:
        return _leaf(partial(_one_of, _FLAGS, "true or false"), {"enum": [True, False, "true", "false"]})
    if hint is date:
        return _leaf(_day, {"type": "string", "pattern": f"^(?:{DAY_REGEX})$", "description": "A day, YYYY-MM-DD."})
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _choice({option.value: option for option in hint})
    if isinstance(hint, type) and is_dataclass(hint):
        return _of_class(hint)
    raise TypeError(f"no model for the annotation {hint!r}")


def _of_union(args: tuple[Annotation, ...]) -> Annotation:
    """Members are told apart by their shape alone: text, a list or fields, one of each at most."""
    members = {_shape_of(arg): _of(arg) for arg in args if arg is not NoneType}
    if len(members) < len(args) - (NoneType in args):
        raise TypeError(f"two of {args!r} have the same shape")
    joined: Annotation = next(iter(members.values()))
    if len(members) > 1:
        said = " or ".join(_SHAPE_NAMES[shape] for shape in members)
        told: dict[str, Any] = {"custom_error_message": f"must be {said}"}
        tagged = tuple(Annotated[member, Tag(shape)] for shape, member in members.items())
        joined = Annotated[Union[tagged], Discriminator(_shape_held, custom_error_type=EXPECTED, **told)]  # noqa: UP007
    return Union[joined, None] if NoneType in args else joined  # noqa: UP007


def _shape_of(hint: Annotation) -> str:
    if _origin(hint) is tuple:
        return _LIST
    return _FIELDS if _origin(hint) in (dict, Mapping) or is_dataclass(hint) else _TEXT


def _shape_held(held: object) -> str:
    """The shape of plain data, or of a default, which pydantic asks about too."""
    if isinstance(held, (list, tuple)):
        return _LIST
    return _TEXT if isinstance(held, str) else _FIELDS


# --- leaves: one check each, which raises what is expected ----------------------------------------------------------


def _leaf(check: Callable[[Any], Any], schema: dict[str, Any]) -> Annotation:
    return Annotated[Any, PlainValidator(check), WithJsonSchema(schema)]


def _unless(fits: object, expected: str) -> None:
    if not fits:
        raise PydanticCustomError(EXPECTED, _MUST, {"is": expected})


def _of_mark(marks: tuple[Any, ...]) -> Annotation:
    mark = next((mark for mark in marks if isinstance(mark, (Pattern, Text, Whole))), None)
    if isinstance(mark, Pattern):
        schema = {"type": "string", "pattern": f"^(?:{mark.regex})$", "description": _sentence(mark.what)}
        return _leaf(partial(_matching, re.compile(mark.regex, re.ASCII), mark.what), schema)
    if isinstance(mark, Text):
        one_line = {} if mark.lines else {"pattern": r"^[^\n]*$"}
        return _leaf(partial(_text, mark), {"type": "string", "minLength": 1, "maxLength": mark.most, **one_line})
    if isinstance(mark, Whole):
        said = f"a whole number from {mark.least:,} to {mark.most:,}"
        number = {"type": "integer", "minimum": mark.least, "maximum": mark.most}
        quoted = {"type": "string", "pattern": f"^(?:{_WHOLE.pattern})$"}
        return _leaf(partial(_whole, mark, said), {"anyOf": [number, quoted], "description": _sentence(said)})
    raise TypeError(f"no model for the marks {marks!r}")


def _sentence(said: str) -> str:
    return f"{said[0].upper()}{said[1:]}".rstrip(".") + "."


def _choice(options: dict[str, Any]) -> Annotation:
    said = f"one of {', '.join(options)}" if len(options) > 1 else f'"{next(iter(options))}"'
    numbers = [option for option in options.values() if isinstance(option, int)]
    return _leaf(partial(_one_of, options, said), {"enum": [*options, *numbers]})


def _one_of(options: dict[str, Any], expected: str, held: object) -> Any:
    _unless(isinstance(held, str) and held in options, expected)
    return options[str(held)]


def _matching(regex: re.Pattern[str], expected: str, held: object) -> str:
    if not isinstance(held, str) or regex.fullmatch(held) is None:
        raise PydanticCustomError(EXPECTED, _MUST, {"is": expected})
    return held


def _text(mark: Text, held: object) -> str:
    """Text that says something. The line break that ends a YAML block (`|`) is no part of it."""
    if not isinstance(held, str):
        raise PydanticCustomError(EXPECTED, _MUST, {"is": "text"})
    text = held.rstrip("\n") if mark.lines else held
    _unless(text.strip(), "text that is not blank")
    _unless(mark.lines or "\n" not in text, "one line of text")
    odd = odd_blank(text, lines=mark.lines)
    _unless(not odd, f"text with an ordinary blank in place of {odd}")
    _unless(len(text) <= mark.most, f"at most {mark.most:,} characters long (it has {len(text):,})")
    return text


def _whole(mark: Whole, expected: str, held: object) -> int:
    _unless(isinstance(held, str) and _WHOLE.fullmatch(held), expected)
    number = int(str(held))
    _unless(mark.least <= number <= mark.most, expected)
    return number


def _day(held: object) -> date:
    _unless(isinstance(held, str) and _DAY.fullmatch(held), _DAY_EXPECTED)
    try:
        day = date.fromisoformat(str(held))
    except ValueError:  # 30 February
        raise PydanticCustomError(EXPECTED, _MUST, {"is": "a day that exists"}) from None
    _unless(FIRST_DAY <= day <= LAST_DAY, _DAY_EXPECTED)
    return day
