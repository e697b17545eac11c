"""Is every list that a seller fills short enough for a check to go through?"""

from collections.abc import Mapping
from dataclasses import fields
from types import SimpleNamespace
from typing import Any, get_origin, get_type_hints

import pytest

from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.kinds.registry import KINDS
from salesrepo.domain.record import Kind, Owner
from salesrepo.errors import RecordError
from salesrepo.store.model import validate

_MANY_HANDS = (Owner.NODE, Owner.SELLER, Owner.NEWCOMER, Owner.DISPUTES)
_PLAIN_DEAL = {
    "deal": "d-acme.com-1",
    "account": "d-acme.com",
    "node": "ana",
    "stage": "lead",
    "opened": "2026-11-20",
    "currency": "USD",
}
_LINE = {"product": "pro", "quantity": "1", "price": "1.00"}
_PROOF = {"day": "2026-11-20", "id": "01kahvx0000000000000000001"}


def lists() -> list[tuple[Kind[Any], str]]:
    """Each list that stands in a record which others than maintainers write."""
    return [
        (kind, name)
        for kind in KINDS
        if kind.owner in _MANY_HANDS
        for name, hint in get_type_hints(kind.value).items()
        if get_origin(hint) in (tuple, Mapping)
    ]


def test_there_are_such_lists() -> None:
    assert {(kind.name, name) for kind, name in lists()} >= {("deal", "also_for"), ("account", "aliases")}


@pytest.mark.parametrize(("kind", "name"), [pytest.param(*one, id=f"{one[0].name}-{one[1]}") for one in lists()])
def test_a_list_that_sellers_fill_has_an_end(kind: Kind[Any], name: str) -> None:
    record = SimpleNamespace(**{field.name: () for field in fields(kind.value)})
    setattr(record, name, (None,) * 1_000)
    route, sentence = next(kind.value.problems(record))
    assert route == (name,) and sentence.startswith(f"{name} has more than ")


@pytest.mark.parametrize(
    ("field", "fits", "item"),
    [
        ("also_for", 100, "d-other.com"),
        ("pushed", 200, "2026-11-20"),
        ("promises", 100, "free-pony"),
        ("lines", 500, _LINE),
        ("schedule", 240, {"day": "2026-11-20", "amount": "1.00"}),
    ],
)
def test_a_deal_holds_as_much_as_it_may_and_no_more(field: str, fits: int, item: Any) -> None:
    validate(DEAL, {**_PLAIN_DEAL, field: [item] * fits}, path="a.yml")
    with pytest.raises(RecordError, match=f"{field} has more than {fits} entries"):
        validate(DEAL, {**_PLAIN_DEAL, field: [item] * (fits + 1)}, path="a.yml")


@pytest.mark.parametrize(
    "inside",
    [
        {"lines": [_LINE, {**_LINE, "discounts": [{"name": "agreed", "percent": "1%"}] * 21}]},
        {"moves": [{"stage": "lead", "day": "2026-11-20", "evidence": [_PROOF] * 51}]},
        {"qualification": {"fields": {f"question-{number}": {"text": "Yes."} for number in range(51)}}},
    ],
)
def test_nor_does_what_stands_inside_of_it(inside: dict[str, Any]) -> None:
    with pytest.raises(RecordError, match=r"has more than|More than 50 questions"):
        validate(DEAL, {**_PLAIN_DEAL, **inside}, path="a.yml")


def test_nor_an_account() -> None:
    plain = {"account": "d-acme.com", "name": "Acme", "added_by": "ana", "added": "2026-11-20"}
    with pytest.raises(RecordError, match="sold_apart_from has more than 100 entries"):
        validate(ACCOUNT, {**plain, "sold_apart_from": ["d-other.com"] * 101}, path="a.yml")
