"""Does every word of the plan language occur in a plan that some story or case pays by?"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest

from salesrepo.domain.kinds.plan import PLAN, Cell, Plan
from salesrepo.domain.record import TABLE_CAP
from salesrepo.store.gate import read_documents
from salesrepo.store.model import validate
from tests.commission.test_cases import CASES
from tests.commission.test_stories import STORIES
from tests.helpers.stories import Story

Word = tuple[str, str, str]  # class, field, value ("" where any will do)

TABLES = ("base", "units", "discount", "term", "margin_of_price", "margin_of_cost", "payee.tenure_month")
LOOKED_UP = ("attainment", "rank", "metric")
TAKES = ("in_proportion", "unserved", "unreleased", "40%")


def plans() -> Iterator[Plan]:
    for path in STORIES:
        yield from (validate(PLAN, plan, path=path.name) for plan in Story(path).plans())
    for path in CASES:
        (case,) = read_documents(path.read_bytes(), path=path.name, cap=TABLE_CAP)
        yield validate(PLAN, case["plan"], path=path.name)


@pytest.fixture(scope="module")
def written() -> frozenset[Word]:
    return frozenset(word for plan in plans() for word in _said(plan))


def _said(value: Any) -> Iterator[Word]:
    if is_dataclass(value):
        for field in fields(value):
            held = getattr(value, field.name)
            if held is not None and held not in ((), {}):
                name = _owner(type(value), field.name)
                yield name, field.name, held if isinstance(held, str) else ""
                yield name, field.name, ""
                yield from _said(held)
    elif isinstance(value, Mapping):
        for held in value.values():
            yield from _said(held)
    elif isinstance(value, tuple):
        for held in value:
            yield from _said(held)


def _words(kind: Any, seen: set[Any]) -> Iterator[Word]:
    """Every field of the record's classes, and every value of those that have a list of them."""
    if isinstance(kind, type) and is_dataclass(kind):
        if kind in seen:
            return
        seen.add(kind)
        hints = get_type_hints(kind, include_extras=True)
        for field in fields(kind):
            name = _owner(kind, field.name)
            yield name, field.name, ""
            yield from ((name, field.name, value) for value in _choices(hints[field.name]))
            yield from _words(hints[field.name], seen)
        return
    for part in get_args(kind):
        yield from _words(part, seen)


def _owner(kind: type, field: str) -> str:
    """The class that a field is of: a row and a rate pay by the same cells."""
    return Cell.__name__ if field in {each.name for each in fields(Cell)} and issubclass(kind, Cell) else kind.__name__


def _choices(kind: Any) -> Iterator[str]:
    if get_origin(kind) is Literal:
        yield from get_args(kind)
    elif get_origin(kind) in (Union, UnionType, Annotated):
        for part in get_args(kind):
            yield from _choices(part)


WORDS = tuple(dict.fromkeys(_words(Plan, set())))


@pytest.mark.parametrize("word", WORDS, ids=lambda word: ".".join(filter(None, word)))
def test_every_word_of_the_record_is_paid_by(word: Word, written: frozenset[Word]) -> None:
    assert word in written


def test_every_way_to_enter_a_table_and_to_take_back_is_paid_by(written: frozenset[Word]) -> None:
    entered = {value for kind, field, value in written if (kind, field) == ("Table", "by")}
    assert set(TABLES) <= entered
    assert set(LOOKED_UP) <= {by.partition(".")[0] for by in entered}
    assert set(TAKES) <= {value for kind, field, value in written if (kind, field) == ("Taking", "take")}
