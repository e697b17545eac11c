"""What of a file can be mended without knowing what was meant: upper and lower case, blanks around a value, the order
of fields, quotes, the spelling of an account's key, and the place where it stands?

A file that salesrepo writes is written anew; one that a person keeps is edited in place and keeps its comments. What
comes out says what went in: the same values, but for those that nobody could read. Mending twice changes nothing.
"""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from salesrepo.domain.identity.canonical import as_typed, canonical_key
from salesrepo.domain.identity.read import identify
from salesrepo.domain.kinds.registry import KINDS
from salesrepo.domain.paths import Place, place_of, schema_reference
from salesrepo.domain.record import Kind, Owner
from salesrepo.errors import RecordError, RefusedError
from salesrepo.store.comments import first_comment
from salesrepo.store.edit import edit
from salesrepo.store.emit import emit, emit_document
from salesrepo.store.gate import Route, read_documents
from salesrepo.store.model import problems, to_plain, validate

_KEYS = ("account", "alias")
_WRITTEN_BY_US = (Owner.NODE, Owner.SELLER, Owner.NEWCOMER)


def mended(path: str, data: bytes) -> tuple[str, bytes]:
    """Where a file belongs, and its bytes, both as they were where nothing can be mended. Raises nothing."""
    try:
        place = place_of(path) or _misplaced(path, data)
        if place is None or place.kind.opaque or place.kind.words:
            return path, data
        place = _called_right(place)
        return place.path, data if place.kind.pointer else _mended(place, data)
    except RecordError:  # what the gate refuses is a person's to mend
        return path, data


def _called_right(place: Place) -> Place:
    """The place under the one form of the account's key or alias, and of a deal's id that begins with it."""
    ids = {slot: canonical_key(said) if slot in _KEYS else said for slot, said in place.ids.items()}
    if ids == place.ids:
        return place
    old, deal = f"{place.ids.get('account')}-", ids.get("deal", "")
    if deal.startswith(old):
        ids["deal"] = f"{ids['account']}-{deal.removeprefix(old)}"
    return place_of(place.kind.path.fill(**ids)) or place


def _has_fields(kind: Kind[Any]) -> bool:
    return not (kind.pointer or kind.opaque or kind.words)


def _mended(place: Place, data: bytes) -> bytes:
    kind = place.kind
    before = read_documents(data, path=place.path, cap=kind.cap, stream=kind.stream)
    after = [_spelt(place, plain) for plain in before]
    if kind.owner in _WRITTEN_BY_US:
        return _written_anew(place, after) if first_comment(data) is None and after else data
    changes = dict(_differences(before[0], after[0])) if len(before) == 1 else {}
    return edit(data, changes, path=place.path) if changes else data


def _written_anew(place: Place, plains: list[dict[str, Any]]) -> bytes:
    """The bytes that salesrepo would write. Raises RecordError where a value cannot be read."""
    kind, schema = place.kind, schema_reference(place.path, place.kind)
    values = [validate(kind, plain, path=place.path) for plain in plains]
    if kind.stream:
        head = f"# yaml-language-server: $schema={schema}\n".encode()
        return head + b"".join(emit_document(to_plain(value)) for value in values)
    return emit(to_plain(values[0]), schema=schema)


# --- spelling -------------------------------------------------------------------------------------------------------


def _spelt(place: Place, plain: dict[str, Any]) -> dict[str, Any]:
    """The record with each value that cannot be read spelt so that it can, where its case or blanks are all it lacks.

    Free text has no spelling of its own and stays; what the path says is taken for what was meant.
    """
    spelt = deepcopy(plain)
    for slot in _KEYS:
        if slot not in place.ids and isinstance(spelt.get(slot), str) and not place.path:
            spelt[slot] = _key_of(spelt[slot])
    for slot, said in place.ids.items():
        if isinstance(spelt.get(slot), str) and spelt[slot] != said and _means(spelt[slot], said):
            spelt[slot] = said
    for route, _ in problems(place.kind, spelt):
        written = _at(spelt, route)
        if isinstance(written, str):
            _respell(place.kind, spelt, route, written)
    return spelt


def _respell(kind: Kind[Any], plain: dict[str, Any], route: Route, written: str) -> None:
    bare = written.strip()
    for other in dict.fromkeys((bare, bare.lower(), bare.upper())):
        _put(plain, route, other)
        if all(found != route for found, _ in problems(kind, plain)):
            return
    _put(plain, route, written)


def _means(written: str, said: str) -> bool:
    bare = written.strip().lower()
    return said in (bare, _key_of(written)) or _deal_of(bare, said)


def _deal_of(written: str, said: str) -> bool:
    """Whether both are one deal's id, whose account is spelt in two ways."""
    (old, _, number), (new, _, same) = written.rpartition("-"), said.rpartition("-")
    return number == same and canonical_key(old) == new


def _key_of(written: str) -> str:
    """The key that a text means, if it is one in another spelling or names a company; else the text."""
    bare = written.strip().lower()
    if as_typed(bare) or bare.startswith("n-"):
        return canonical_key(bare)
    try:
        return identify(written).key
    except RefusedError:
        return written


def _at(node: Any, route: Route) -> Any:
    for step in route:
        if isinstance(node, dict) and step in node:
            node = node[step]
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            return None
    return node


def _put(plain: dict[str, Any], route: Route, value: str) -> None:
    _at(plain, route[:-1])[route[-1]] = value


def _differences(before: Any, after: Any, route: Route = ()) -> Iterator[tuple[Route, str]]:
    if isinstance(after, dict):
        for key, value in after.items():
            yield from _differences(before[key], value, (*route, key))
    elif isinstance(after, list):
        for index, value in enumerate(after):
            yield from _differences(before[index], value, (*route, index))
    elif before != after:
        yield route, after


# --- place ----------------------------------------------------------------------------------------------------------


def _misplaced(path: str, data: bytes) -> Place | None:
    """Where a record belongs that stands where none may, if its content leaves one answer."""
    room = path.partition("/")[0].lower()
    fits = [kind for kind in KINDS if _has_fields(kind) and not kind.stream and kind.path.text.startswith(f"{room}/")]
    found = [place for kind in fits if (place := _place_by_content(kind, data))]
    return found[0] if len(found) == 1 else None


def _place_by_content(kind: Kind[Any], data: bytes) -> Place | None:
    try:
        (plain,) = read_documents(data, path="", cap=kind.cap)
        value = validate(kind, _spelt(Place(path="", kind=kind, ids={}), plain), path="")
        place = place_of(kind.path_of(value))
    except (RecordError, AttributeError):  # a kind whose path says more than its content
        return None
    return place if place and place.kind is kind else None
