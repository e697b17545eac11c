"""Does the page of a plan say everything that the plan says, and stay as it was read and approved?"""

import types
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest

from salesrepo.commission.describe.plan_page import Known, plan_page
from salesrepo.domain.kinds.plan import PLAN, Plan
from salesrepo.domain.record import TABLE_CAP
from salesrepo.domain.statement import PlanRef
from salesrepo.report.pages import lay_out
from salesrepo.store.gate import read_documents
from salesrepo.store.model import validate

PAGES = Path(__file__).parent / "pages"
REF = PlanRef("plans/rep/2027-01-01.yml", "b" * 40)


def read(path: Path) -> Plan:
    (plain,) = read_documents(path.read_bytes(), path=path.name, cap=TABLE_CAP)
    return validate(PLAN, plain, path=path.name)


def text_of(plan: Plan) -> str:
    return lay_out("text", plan_page(plan, Known(REF)))


# --- golden pages ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("golden", sorted(PAGES.glob("*.golden.*")), ids=lambda path: path.name)
def test_a_page_is_as_it_was_approved(golden: Path) -> None:
    name, _, ending = golden.name.partition(".golden.")
    plan = read(PAGES / f"{name}.yml")
    known = Known(PlanRef(PLAN.path_of(plan), "b" * 40), date(2028, 1, 1), ("Ana Lima", "Ben Okoye"))
    layout = {"txt": "text", "md": "markdown", "html": "html"}[ending]
    assert lay_out(layout, plan_page(plan, known)) == golden.read_text(encoding="utf-8")


def test_a_strangers_words_stay_words_in_every_layout() -> None:
    hostile = "<script>alert(1)</script> [x](https://x.example) @all \x1b[31m | `a`"
    plan = replace(read(PAGES / "account-executive.yml"), title=hostile, summary=hostile)
    page = plan_page(plan, Known(REF, people=(hostile,)))
    assert "<script>" not in lay_out("html", page)
    assert "\x1b" not in lay_out("text", page)
    told = lay_out("markdown", page)
    assert "<script>" not in told and "[x](" not in told and "@all" not in told


# --- every field -----------------------------------------------------------------------------------------------------


def given(hint: Any) -> list[Any]:
    """Values of a type that differ from each other, the one that says most first."""
    origin = get_origin(hint)
    if origin is Literal:
        return list(get_args(hint))
    if origin in (Union, types.UnionType):
        found = [value for arm in sorted(get_args(hint), key=_says, reverse=True) for value in given(arm)]
        return [value for value in found if value is not None] + ([None] if None in found else [])
    if origin is tuple:
        return [(value,) for value in given(get_args(hint)[0])]
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return [{"7": value} for value in given(get_args(hint)[1])]
    if is_dataclass(hint):
        named = get_type_hints(hint)
        return [hint(**{field.name: given(named[field.name])[0] for field in fields(hint)})]
    plain: dict[Any, list[Any]] = {
        str: ["7", "8"],
        int: [7, 8],
        date: [date(2027, 1, 1), date(2027, 2, 1)],
        type(None): [None],
    }
    return plain[hint]


def _says(hint: Any) -> int:
    """How much a part of a union says: a record most, nothing least."""
    if is_dataclass(hint):
        return 4
    if isinstance(origin := get_origin(hint), type) and issubclass(origin, Mapping):
        return 3
    return {tuple: 2, Literal: 0}.get(get_origin(hint), -1 if hint is type(None) else 1)


def changed(value: Any) -> Iterator[tuple[str, Any]]:
    """Every change of one field in a value, with the route to the field."""
    if is_dataclass(value) and not isinstance(value, type):
        yield from _in_record(value)
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            for route, other in changed(item):
                yield f"{place}.{route}", (*value[:place], other, *value[place + 1 :])
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield "key", {"9" if name == key else name: held for name, held in value.items()}
            for route, other in changed(item):
                yield f"{key}.{route}", {**value, key: other}


def _in_record(value: Any) -> Iterator[tuple[str, Any]]:
    named = get_type_hints(type(value))
    for field in fields(value):
        now = getattr(value, field.name)
        for other in given(named[field.name]):
            if now not in (other, (other,)):  # one role alone is a list of one
                yield field.name, replace(value, **{field.name: other})
        for route, other in changed(now):
            yield f"{field.name}.{route}", replace(value, **{field.name: other})


(FULL,) = given(Plan)
CHANGES = list(changed(FULL))


def test_every_field_of_a_plan_stands_on_its_page() -> None:
    """A field that is new to the record, and that no sentence tells, is named here."""
    page = text_of(FULL)
    assert len(CHANGES) > 300
    silent = sorted({route for route, other in CHANGES if text_of(other) == page})
    assert silent == []


def test_the_path_and_content_that_are_signed_stand_on_the_page() -> None:
    page = text_of(FULL)
    assert REF.path in page and REF.blob in page
    other = Known(REF._replace(blob="c" * 40), date(2028, 1, 1), ("Ana",))
    told = lay_out("text", plan_page(FULL, other))
    assert "c" * 40 in told and "Ana" in told and "2028-01-01" in told
