"""What differs between two values, down to the last field, in words: `price 1,000.00 -> 900.00`, `geo added: AT`?"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from itertools import takewhile
from typing import Any, TypeVar

ARROW = "->"
_WHOLE = 80  # characters up to which two texts are told from their first letter on

T = TypeVar("T")

Show = Callable[[str, Any], str]
"""How a plain value of a field of this name is written."""


def one_line(text: str) -> str:
    """Somebody's own text on one line."""
    return " ".join(text.split())


def spoken(name: str) -> str:
    """A field's name as words."""
    return name.removesuffix("_").replace("_", " ")


def differences(word: str, old: Any, new: Any, show: Show, *, name: str = "") -> Iterator[str]:
    """Everything that differs, each thing with the way to it; `word` is the way so far, `name` the field it ends in."""
    if old == new:
        return
    if _is_plain(old) and _is_plain(new):
        yield _plain(word, old, new, lambda value: show(name, value))
    elif is_dataclass(old) and type(old) is type(new):
        for field in fields(old):
            was, now = getattr(old, field.name), getattr(new, field.name)
            yield from differences(_way(word, spoken(field.name)), was, now, show, name=field.name)
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys((*old, *new)):
            yield from differences(_way(word, key), old.get(key), new.get(key), show, name=name)
    elif isinstance(old, tuple) and isinstance(new, tuple):
        yield from _lists(word, old, new, show, name)
    elif old is None or new is None:
        yield f"{word} {'added' if old is None else 'removed'}: {brief(new if old is None else old, show, name=name)}"
    else:
        yield f"{word} {brief(old, show, name=name)} {ARROW} {brief(new, show, name=name)}"


def brief(value: Any, show: Show, *, name: str = "") -> str:
    """All that a value says on one line; of a record what is no default: `role closer, node Ana Lima`."""
    if is_dataclass(value):
        held = ((field, getattr(value, field.name)) for field in fields(value))
        said = [(field.name, one) for field, one in held if one != default_of(field)]
        return ", ".join(f"{spoken(key)} {_inside(one, show, name=key)}" for key, one in said) or "nothing"
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_inside(one, show, name=name)}" for key, one in value.items()) or "nothing"
    if isinstance(value, tuple):
        return ", ".join(_inside(one, show, name=name) for one in value) or "nothing"
    return show(name, value)


def default_of(field: "Field[Any]") -> Any:
    """What a field holds where nothing is said; MISSING where something must be."""
    return field.default if field.default_factory is MISSING else field.default_factory()


def _inside(value: Any, show: Show, *, name: str) -> str:
    text = brief(value, show, name=name)
    return text if _is_plain(value) or (isinstance(value, tuple) and all(map(_is_plain, value))) else f"({text})"


def _way(word: str, step: str) -> str:
    return f"{word} {step}".lstrip()


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, str | int | date)


def _plain(word: str, old: Any, new: Any, show: Callable[[Any], str]) -> str:
    was, now = show(old), show(new)
    if was == now:
        return f"{word} {now}: written in another way"
    if isinstance(old, str) and isinstance(new, str) and max(len(was), len(now)) > _WHOLE:
        was, now = _from_first_difference(was, now)
    return f"{word} {was} {ARROW} {now}"


def _from_first_difference(old: str, new: str) -> tuple[str, str]:
    """Two long texts without what they begin and end with alike, but for a few words to find the place by."""
    same = _alike(old, new)
    tail = _alike(old[same:][::-1], new[same:][::-1])
    first, last = max(0, same - _WHOLE // 4), max(0, tail - _WHOLE // 4)

    def part(text: str) -> str:
        return f"{'…' * bool(first)}{text[first : len(text) - last]}{'…' * bool(last)}"

    return part(old), part(new)


def _alike(old: str, new: str) -> int:
    """How many letters two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _lists(word: str, old: tuple[Any, ...], new: tuple[Any, ...], show: Show, name: str) -> Iterator[str]:
    """Two lists: entries that both hold are left out, records in one place are compared, the rest came or went."""
    gone, come = left_over(old, new), left_over(new, old)
    if not gone and not come:
        yield f"{word} in another order: {brief(new, show, name=name)}"
    if not all(map(_is_plain, (*gone, *come))):
        both = min(len(gone), len(come))
        for was, now in zip(gone, come, strict=False):
            place = f"{old.index(was) + 1}" if len(old) > 1 else ""
            yield from differences(f"{word} {place}".rstrip(), was, now, show, name=name)
        gone, come = gone[both:], come[both:]
    for told, what in ((come, "added"), (gone, "removed")):
        if told:
            yield f"{word} {what}: {brief(tuple(told), show, name=name)}"


def left_over(some: Iterable[T], others: Iterable[T]) -> list[T]:
    """What is in one list and, as often, not in the other."""
    left, found = list(others), []
    for one in some:
        if one in left:
            left.remove(one)
        else:
            found.append(one)
    return found
