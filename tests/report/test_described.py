"""Is a change told in the words of the business, and every other kind field by field?"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from salesrepo.domain.kinds.product import Product
from salesrepo.domain.kinds.registry import KINDS
from salesrepo.domain.record import TABLE_CAP
from salesrepo.report.described import WORDS, describe, subject
from salesrepo.report.wording import Names
from salesrepo.store.gate import read_documents
from tests.checks.build import propose

PEOPLE = {"ana": "Ana Lima", "ben": "Ben Oduya", "dana": "Dana Roy", "mia": "Mia Stone"}
NAMES = Names(
    who=lambda node: PEOPLE.get(node, node),
    account=lambda key: {"d-acme.com": "Acme GmbH"}.get(key, key),
    product=lambda sku: Product(sku=sku, name=sku, price="1000.00", currency="USD"),
)


def cases() -> list[Any]:
    file = Path(__file__).with_name("described.yml")
    (table,) = read_documents(file.read_bytes(), path=file.name, cap=TABLE_CAP)
    return [pytest.param(case, id=f"{n}-{case['record']}") for n, case in enumerate(table["cases"])]


@pytest.mark.parametrize("case", cases())
def test_a_change_in_words(case: dict[str, Any]) -> None:
    (change,) = propose({case["record"]: case.get("written")}, actor="dana").ctx.change.changes
    told = describe(change, NAMES)
    assert subject(change, NAMES) == case["about"]
    assert list(told) == case["words"]


def test_a_long_text_stands_on_one_line_and_is_cut_where_it_would_drown_the_rest() -> None:
    written = {"playbooks/calls.md": "one\ntwo " + "word " * 2000}
    (change,) = propose(written, actor="ana").ctx.change.changes
    (told,) = describe(change, NAMES)
    assert told.startswith("new playbook: folder calls, text one two word") and "\n" not in told
    assert told.endswith("… and 2,040 more letters")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not (kind.pointer or kind.opaque)], ids=lambda k: k.name)
def test_every_kind_is_told_when_a_file_of_it_goes(kind: Any) -> None:
    """Also those without words of their own, and those whose old file cannot be read."""
    ids: Mapping[str, str] = {slot: "2026" if slot == "year" else "11" for slot in kind.path.slots}
    path = kind.path.fill(**ids)
    (change,) = propose({path: None}, actor="dana", given={path: "x: 1\n"}).ctx.change.changes
    told = describe(change, NAMES)
    assert all(told) and (told or kind.name in WORDS)
