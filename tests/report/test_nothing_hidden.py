"""Does a reviewer see every field of every kind that changes, whichever it is?"""

import dataclasses
from typing import Any

import pytest

from salesrepo.domain.change import Blob, PathChange
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.kinds.activity import ACTIVITY
from salesrepo.domain.kinds.registry import KINDS
from salesrepo.domain.paths import Place
from salesrepo.domain.record import Kind
from salesrepo.report.described import describe
from salesrepo.report.wording import Names
from tests.report.values import Maker, leaves

NAMES = Names(who=lambda node: node, account=lambda key: key)
RECORDS = [kind for kind in KINDS if not (kind.pointer or kind.opaque)]

UNSAID = {
    ("claim", "status"): "a claim is given back, or claimed",
    ("deal", "quote"): "its digest is one of the prices, which are told",
    ("close", "through"): "where main stood; whoever approves works the figures out anew",
    ("close", "digest"): "of the lines, which are worked out anew",
    ("activity", "id"): "it says no more than the day and the moment",
    ("activity", "at"): "of a new one the day is told",
}
"""What is told in other words than its value, or not at all, and why."""


def change(kind: Kind[Any], before: Any, after: Any) -> RecordChange[Any]:
    old, new = (None if value is None else Blob("100644", str(at) * 40) for at, value in ((1, before), (2, after)))
    wrapped = [None if value is None else (value,) if kind is ACTIVITY else value for value in (before, after)]
    return RecordChange(PathChange("x", old, new), Place("x", kind, dict.fromkeys(kind.path.slots, "x")), *wrapped)


def spelled(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.replace("_", " ") if isinstance(value, str) else str(value)


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.name)
def test_whatever_changes_in_a_record_is_told_with_what_it_says_now(kind: Kind[Any]) -> None:
    maker = Maker()
    value = maker.make(kind.value)
    for route, new, other in maker.others(kind.value, value):
        told = describe(change(kind, value, other), NAMES)
        text = "; ".join(told).replace("_", " ")
        assert text and "written in another way" not in text, (route, new)
        seen = new is None or isinstance(new, bool) or spelled(new) in text
        assert seen or (kind.name, route[0]) in UNSAID, (route, new, told)


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.name)
def test_a_new_record_is_told_with_all_that_it_says(kind: Kind[Any]) -> None:
    value = Maker().make(kind.value)
    text = "; ".join(describe(change(kind, None, value), NAMES)).replace("_", " ")
    named = {*kind.path.slots, "name"}  # by the path, and by what the change is said to be about
    for field in dataclasses.fields(kind.value):
        if (kind.name, field.name) not in UNSAID and field.name not in named:
            for leaf in leaves(getattr(value, field.name)):
                assert isinstance(leaf, bool) or _is_choice(leaf) or spelled(leaf) in text, (field.name, leaf, text)


def _is_choice(leaf: Any) -> bool:
    """A choice may be told by other words (`new claim`); what it changes to is looked at above."""
    return isinstance(leaf, str) and not leaf[1:].isdigit()


def test_a_record_without_words_of_its_own_names_the_field_with_both_values() -> None:
    kind = next(kind for kind in KINDS if kind.name == "policy-claims")
    maker = Maker()
    value = maker.make(kind.value)
    other = next(other for route, _, other in maker.others(kind.value, value) if route == ("days",))
    assert describe(change(kind, value, other), NAMES) == (f"days {value.days} -> {other.days}",)


def test_of_a_long_text_the_part_that_differs_is_told() -> None:
    kind = next(kind for kind in KINDS if kind.name == "playbook")
    page = "A word that stays. " * 200
    old, new = (kind.value(folder="calls/x", text=f"{page}{word} {page}") for word in ("Ask", "Never ask"))
    (told,) = describe(change(kind, old, new), NAMES)
    assert (
        told == "text … A word that stays. Ask A word that stays… -> … A word that stays. Never ask A word that stays…"
    )
