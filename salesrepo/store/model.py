"""Which value does a plain structure stand for, and if none, which fields are wrong and what is expected there?

A validator of pydantic's is derived from each value class once, so that a field is described in one place.
"""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic.json_schema import GenerateJsonSchema

from salesrepo.domain.record import Kind
from salesrepo.errors import RecordError
from salesrepo.store.annotations import EXPECTED, SHAPES, adapter_of, field_names, has_rules, nested_fields
from salesrepo.store.characters import QUOTE, shown
from salesrepo.store.plain import key_of, to_plain

__all__ = ["Route", "json_schema", "problems", "to_plain", "validate"]

V = TypeVar("V")
Route = tuple[str | int, ...]

MOST_PROBLEMS = 50
_KEY = "[key]"  # how pydantic marks an error in a mapping's key


@dataclass(frozen=True, slots=True)
class _Problem:
    route: Route
    sentence: str
    hint: str = "Correct this field in the record."


def validate(kind: Kind[V], plain: Mapping[str, Any], *, path: str) -> V:
    """The value that `plain` stands for. Raises RecordError for the first problem, without its line (changes.py)."""
    value, found = _judge(kind.value, plain)
    if value is not None and not found:
        return value
    first = found[0]
    raise RecordError(first.sentence, path=path, hint=first.hint)


def problems(kind: Kind[V], plain: Mapping[str, Any]) -> list[tuple[Route, str]]:
    """Every problem of `plain` as (route, sentence); none if it is valid. After 50 only a number is told."""
    return [(problem.route, problem.sentence) for problem in _judge(kind.value, plain)[1]]


def faults_of(cls: type[Any], plain: Mapping[str, Any]) -> list[str]:
    """What keeps `plain` from being read as a value class that is part of a record; nothing where it can be."""
    return [problem.sentence for problem in _judge(cls, plain)[1]]


def json_schema(kind: Kind[Any]) -> dict[str, Any]:
    """The kind's JSON Schema (2020-12) for editors. It takes numbers and booleans as an editor sees them, unquoted."""
    schema = adapter_of(kind.value).json_schema(schema_generator=_PlainTitles)
    return {"$schema": GenerateJsonSchema.schema_dialect, **schema, "title": kind.name}


class _PlainTitles(GenerateJsonSchema):
    """Editors show a field's title above its description; pydantic's would only repeat the field's name."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Never."""
        return False


def _judge(cls: type[V], plain: Mapping[str, Any]) -> tuple[V | None, list[_Problem]]:
    adapter = adapter_of(cls)
    try:
        value = adapter.validate_python(dict(plain))
    except ValidationError as error:
        errors = error.errors(include_url=False)
        return None, _and_more([_problem(cls, told) for told in errors[:MOST_PROBLEMS]], len(errors))
    if not has_rules(cls):
        return value, []
    broken = [_Problem(route, sentence) for route, sentence in _broken_rules(value, ())]
    return value, _and_more(broken[:MOST_PROBLEMS], len(broken))


def _and_more(found: list[_Problem], total: int) -> list[_Problem]:
    more = total - len(found)
    return [*found, _Problem((), f"{more} more problems of this record are not listed.")] if more else found


def _problem(cls: type[Any], told: Any) -> _Problem:
    """One of pydantic's errors in our words. No text of pydantic's reaches a user."""
    at_key = told["loc"][-1:] == (_KEY,) and told["type"] == EXPECTED
    steps = told["loc"][:-1] if at_key else told["loc"]
    named = steps[-1:] if at_key or told["type"] == "extra_forbidden" else ()  # may be any text that someone wrote
    route: Route = (*(step for step in steps[: len(steps) - len(named)] if step not in SHAPES), *named)
    name = _dotted(route) or "the record"
    match told["type"]:
        case "missing":
            return _Problem(route, f"{name} is missing.", "Add this field to the record.")
        case "extra_forbidden":
            return _unknown(cls, route, name)
        case "value_error":  # a value class's own check on construction
            return _Problem(route, f"{name}: {told['ctx']['error']}")
    must = told["msg"] if told["type"] == EXPECTED else f"must be {_BUILT_IN.get(told['type'], 'valid')}"
    if at_key:
        return _Problem(route, f"{_dotted(route[:-1])}: a name here {must}, not {shown(route[-1])}.")
    return _Problem(route, f"{name} {must}, not {shown(told['input'])}.")


_BUILT_IN = {
    "dict_type": "a group of fields (`name: value` lines)",
    "list_type": "a list (lines that begin with `- `)",
}


def _unknown(cls: type[Any], route: Route, name: str) -> _Problem:
    known = field_names(cls, route[:-1])
    near = difflib.get_close_matches(str(route[-1])[:64], known, n=1)
    guess = f'; did you mean "{near[0]}"?' if near else "."
    return _Problem(route, f"{name} is not a known field{guess}", f"Known here: {', '.join(known)}." if known else "")


def _dotted(route: Route) -> str:
    """`lines[0].price`: items count from 0, as in JSON; names are cleaned, because a proposal may have written them."""
    text = ""
    for step in route:
        said = shown(step) if isinstance(step, str) else ""
        text += f"[{step}]" if isinstance(step, int) else f".{said[1:-1] if said[:1] == QUOTE else f'({said})'}"
    return text.removeprefix(".")


def _broken_rules(value: Any, route: Route) -> Iterator[tuple[Route, str]]:
    """What the `problems` methods of a value and of the values inside it say."""
    if is_dataclass(value) and not isinstance(value, type):
        own = getattr(value, "problems", None)
        for inner, sentence in own() if own else ():
            yield (*route, *(key_of(step) if isinstance(step, str) else step for step in inner)), sentence
        for name in nested_fields(type(value)):
            yield from _broken_rules(getattr(value, name), (*route, key_of(name)))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _broken_rules(item, (*route, key))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _broken_rules(item, (*route, index))
