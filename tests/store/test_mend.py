"""Does mending change how a record is written and never what it says?"""

from typing import Any

import pytest

from salesrepo.domain.kinds.registry import KINDS
from salesrepo.domain.paths import place_of
from salesrepo.store.gate import read_documents
from salesrepo.store.mend import mended
from salesrepo.store.snapshot import parse
from tests.checks.build import base


def account_path() -> str:
    return next(path for path in base() if path.startswith("accounts/"))


def said(path: str, data: bytes) -> tuple[Any, ...]:
    place = place_of(path)
    assert place is not None
    return parse(place.kind, data, path=path)


def fields(data: bytes) -> dict[str, Any]:
    (plain,) = read_documents(data, path="", cap=1 << 20)
    return plain


@pytest.mark.parametrize("path", sorted(base()))
def test_every_sound_file_says_the_same_after_and_mending_twice_changes_nothing(path: str) -> None:
    data = base()[path]
    where, once = mended(path, data)
    assert where == path
    assert mended(path, once) == (path, once)
    if place_of(path):
        assert said(path, once) == said(path, data)


def test_case_order_and_quotes_of_a_record_that_salesrepo_writes() -> None:
    path = account_path()
    key = path.rpartition("/")[2].removesuffix(".yml")
    messy = f"added_by: ANA\nname: 'Acme'\ncountry: us \nadded: 2026-01-02\naccount: {key.upper()}\n".encode()
    where, clean = mended(path, messy)
    assert where == path
    assert clean.decode().splitlines()[1:] == [
        f"account: {key}",
        "name: Acme",
        "country: US",
        "added_by: ana",
        'added: "2026-01-02"',
    ]
    assert mended(path, clean) == (path, clean)


def test_an_account_is_called_by_its_key_where_the_path_says_which() -> None:
    path = account_path()
    key = path.rpartition("/")[2].removesuffix(".yml")
    text = f'account: https://www.{key.removeprefix("d-")}/\nname: A\nadded_by: ana\nadded: "2026-01-02"\n'.encode()
    assert fields(mended(path, text)[1])["account"] == key
    other = text.replace(key.removeprefix("d-").encode(), b"somebody-else.com")
    assert mended(path, other)[1] == other


def test_a_file_that_a_person_keeps_keeps_its_comments_and_its_layout() -> None:
    data = b"# the price list\nsku:   Pro   # ours\nname: Pro of old\nprice: '1000.00'\ncurrency: usd\n"
    path, clean = mended("products/pro.yml", data)
    assert path == "products/pro.yml"
    assert clean == data.replace(b"Pro   #", b"pro   #").replace(b"usd", b"USD")


@pytest.mark.parametrize(
    "text",
    [
        "account: d-acme.com\nname: Acme\nadded_by: ana\nadded: yesterday\n",
        "account: d-acme.com\nname: Acme\nadded_by: ana\n",
        "account: [\n",
        "a: &b c\n",
        "",
        "\xff",
        "account: d-acme.com\nname: Acme\nadded_by: ana\nadded: 2026-01-02\nmine: 1\n",
        "account: d-acme.com\nname: Acme  # the big one\nadded_by: ana\nadded: 2026-01-02\n",
    ],
)
def test_what_needs_a_decision_stays_as_it_is(text: str) -> None:
    path = account_path()
    data = text.encode("latin-1")
    assert mended(path, data) == (path, data)


def test_free_text_has_no_case_to_mend() -> None:
    data = b"sku: pro\nname: ' PRO '\nprice: \"1.00\"\ncurrency: USD\n"
    assert mended("products/pro.yml", data) == ("products/pro.yml", data)


@pytest.mark.parametrize(
    "wrong", ["accounts/d-acme.com.yml", "accounts/D-Acme.com.yaml", "Accounts/00/0/d-acme.com.yml"]
)
def test_a_record_at_a_wrong_path_goes_where_it_belongs(wrong: str) -> None:
    text = b'account: d-acme.com\nname: Acme\nadded_by: ana\nadded: "2026-01-02"\n'
    where, clean = mended(wrong, text)
    place = place_of(where)
    assert place is not None and place.ids == {"account": "d-acme.com"}
    assert said(where, clean) == said(where, text)


@pytest.mark.parametrize("path", ["notes.md", "elsewhere/x.yml", "holds/x", "brand/guide.md"])
def test_what_is_no_record_stays(path: str) -> None:
    assert mended(path, b"account: D-ACME.COM\n") == (path, b"account: D-ACME.COM\n")


def placed(kind: str, **ids: str) -> str:
    return next(one for one in KINDS if one.name == kind).path.fill(**ids)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (("account", {"account": "d-www.acme.com"}), ("account", {"account": "d-acme.com"})),
        (("account", {"account": "lei-529900t8bm49aursdo55"}), ("account", {"account": "lei-529900t8bm49aursdo55"})),
        (("account", {"account": "n-us-acme"}), ("account", {"account": "n-us-acme"})),
        (
            ("hold", {"node": "ana", "account": "d-shop.acme.com", "layer": "core"}),
            ("hold", {"node": "ana", "account": "d-acme.com", "layer": "core"}),
        ),
    ],
)
def test_a_key_in_another_spelling_goes_under_its_own(
    wrong: tuple[str, dict[str, str]], right: tuple[str, dict[str, str]]
) -> None:
    kind, ids = wrong
    fields = f'account: {ids["account"]}\nname: Acme\nadded_by: ana\nadded: "2026-01-02"\n'
    data = b"" if kind == "hold" else fields.encode()
    where, clean = mended(placed(kind, **ids), data)
    assert where == placed(right[0], **right[1])
    assert mended(where, clean) == (where, clean)
    if data:
        assert said(where, clean)[0].account == right[1]["account"]


def test_a_deal_is_called_after_the_account_that_it_is_on() -> None:
    text = (
        'deal: d-www.acme.com-1\naccount: d-www.acme.com\nnode: ana\nstage: lead\nopened: "2026-01-02"\ncurrency: USD\n'
    )
    where, clean = mended(placed("deal", account="d-www.acme.com", deal="d-www.acme.com-1"), text.encode())
    assert where == placed("deal", account="d-acme.com", deal="d-acme.com-1")
    (deal,) = said(where, clean)
    assert (deal.account, deal.deal) == ("d-acme.com", "d-acme.com-1")


@pytest.mark.parametrize("written", ["https://www.acme.com/about", "Acme.com", "d-www.acme.com", " D-ACME.COM "])
def test_a_record_at_no_place_is_called_by_what_it_says(written: str) -> None:
    text = f'account: "{written}"\nname: Acme\nadded_by: ana\nadded: "2026-01-02"\n'.encode()
    where, clean = mended("accounts/acme.yml", text)
    assert where == placed("account", account="d-acme.com")
    assert said(where, clean)[0].account == "d-acme.com"
