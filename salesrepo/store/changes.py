"""What does a proposal say, record by record, and where is what cannot be read?"""

from collections.abc import Iterable
from typing import Any

from salesrepo.checks.secrets import secrets_in
from salesrepo.domain.change import FILE_MODE, PathChange
from salesrepo.domain.change_set import ChangeSet, LineWaiver, Problem, RecordChange
from salesrepo.domain.paths import Place, place_of
from salesrepo.domain.record import Kind, Owner
from salesrepo.errors import RecordError
from salesrepo.store.comments import first_comment
from salesrepo.store.gate import Positions, read_documents
from salesrepo.store.model import MOST_PROBLEMS, problems
from salesrepo.store.snapshot import RecordSnapshot, parse
from salesrepo.store.waivers import line_waivers

_BY_MANY_HANDS = (Owner.NODE, Owner.SELLER, Owner.NEWCOMER)


def read_changes(changes: Iterable[PathChange], before: RecordSnapshot, after: RecordSnapshot) -> ChangeSet:
    """Every changed path with its values at two snapshots.

    What stands before is main's tip, also where the proposal was made from an older one: authority comes from there. A
    broken record there is simply absent. What comes after is the proposal's: its problems are kept for the rule that
    reports them.
    """
    return ChangeSet(tuple(_read(change, before, after) for change in sorted(changes, key=lambda c: c.path)))


def unread(changes: Iterable[PathChange]) -> ChangeSet:
    """The same without a value: the paths alone, where there are too many, or they hold too much, to be read."""
    return ChangeSet(tuple(RecordChange(change, None) for change in sorted(changes, key=lambda c: c.path)))


def _read(change: PathChange, before: RecordSnapshot, after: RecordSnapshot) -> RecordChange[Any]:
    place = place_of(change.path)
    if place is None:
        return RecordChange(change, None)
    was = _old(place, before)
    if change.after is None or change.after.mode != FILE_MODE:
        return RecordChange(change, place, before=was)
    try:
        values = after.stream(place.kind, change.path)
    except RecordError as broken:
        return RecordChange(change, place, before=was, problems=_problems(place, after, change.after.oid, broken))
    said = _comments(place, after, change.after.oid)
    waivers = _waivers(place, after, change.after.oid)
    secrets = _secrets(place, after, change.after.oid)
    value = _of(place, values)
    return RecordChange(change, place, before=was, after=value, problems=said, waivers=waivers, secrets=secrets)


def _comments(place: Place, after: RecordSnapshot, oid: str) -> tuple[Problem, ...]:
    """A comment in what people send every day: it would carry past every rule on words and personal data."""
    kind = place.kind
    if kind.pointer or kind.opaque or kind.words or kind.owner not in _BY_MANY_HANDS:
        return ()
    found = first_comment(after.tree.read(oid, kind.cap))
    if found is None:
        return ()
    hint = "Delete it, or write it into the record's note."
    return (Problem("A comment says what nobody checks.", hint, line=found[0], column=found[1]),)


def _waivers(place: Place, after: RecordSnapshot, oid: str) -> tuple[LineWaiver, ...]:
    """What the comments of a file that a person keeps set aside; the others may hold no comment."""
    kind = place.kind
    if kind.pointer or kind.opaque or kind.stream or kind.words or kind.owner in _BY_MANY_HANDS:
        return ()
    return line_waivers(after.tree.read(oid, kind.cap))


def _secrets(place: Place, after: RecordSnapshot, oid: str) -> tuple[Problem, ...]:
    """What any of a file's bytes hold that opens a door, comments and pages that no rule reads included."""
    if place.kind.pointer:
        return ()
    text = after.tree.read(oid, place.kind.cap).decode("utf-8", "replace")
    found = []
    for what, at in secrets_in(text):
        before = text[:at]
        column = at - before.rfind("\n")
        found.append(Problem(what, line=before.count("\n") + 1, column=column))
    return tuple(found)


def _of(place: Place, values: tuple[Any, ...]) -> Any:
    return values if place.kind.stream else values[0] if values else None


def _old(place: Place, before: RecordSnapshot) -> Any:
    try:
        return _of(place, before.stream(place.kind, place.path))
    except RecordError:
        return None


def _problems(place: Place, after: RecordSnapshot, oid: str, first: RecordError) -> tuple[Problem, ...]:
    whole = Problem(first.reason, first.hint, line=first.line, column=first.column)
    try:
        data = after.tree.read(oid, place.kind.cap)
    except RecordError:
        return (whole,)
    return problems_of(place.kind, data, path=place.path) or (whole,)


def problems_of(kind: Kind[Any], data: bytes, *, path: str) -> tuple[Problem, ...]:
    """All that is wrong with a file of this kind, each with its line and column; empty where nothing is.

    Of a stream no further document is looked at once so many problems are known as one record may have.
    """
    if kind.pointer or kind.opaque or kind.words:
        try:
            parse(kind, data, path=path)
        except RecordError as broken:
            return (Problem(broken.reason, broken.hint, line=broken.line, column=broken.column),)
        return ()
    try:
        documents = read_documents(data, path=path, cap=kind.cap, stream=kind.stream)
    except RecordError as broken:
        return (Problem(broken.reason, broken.hint, line=broken.line, column=broken.column),)
    told: list[tuple[tuple[str | int, ...], str]] = []
    for index, plain in enumerate(documents):
        told += (((index, *route) if kind.stream else route, text) for route, text in problems(kind, plain))
        if len(told) >= MOST_PROBLEMS:
            break
    if not told:
        return ()
    places = Positions(data)
    found = []
    for route, sentence in told:
        line, column = places.at(route)
        found.append(Problem(sentence, route=route, line=line, column=column))
    return tuple(found)
