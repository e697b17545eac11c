"""Do look-alikes have one skeleton, and companies that may be one a heading in common?"""

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesrepo.domain.identity import identify
from salesrepo.domain.identity.blocks import blocks_of, domains_of, label_block, skeleton_block
from salesrepo.domain.identity.likeness import ASKED, WARNED, likeness
from salesrepo.domain.identity.skeleton import domain_skeleton, skeleton
from salesrepo.domain.kinds.account import Account
from salesrepo.domain.kinds.near import NEAR
from salesrepo.domain.paths import place_of
from tests.helpers.texts import ANY


def account(name: str, key: str = "d-x.com", **more: Any) -> Account:
    told = {"country": "US", "added_by": "ana", "added": date(2026, 1, 1), **more}
    return Account(account=key, name=name, **told)


TWINS = [
    ("paypa1.com", "paypal.com"),
    ("раураl.com", "paypal.com"),
    ("rnicrosoft.com", "microsoft.com"),
    ("g00gle.com", "google.com"),
    ("аррӏе.com", "apple.com"),
    ("ɢoogle.com", "google.com"),
    ("vvalmart.com", "walmart.com"),
    ("ＡＣＭＥ.com", "acme.com"),
    ("ΑCΜΕ", "ACME"),
    ("clell.com", "dell.com"),
]


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_look_alikes_have_one_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("one", "other"), [("acme", "acne"), ("mail", "mall"), ("sap", "zap"), ("日本", "日木"), ("bbc", "abc")]
)
def test_what_a_reader_tells_apart_stays_apart(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


def test_a_domain_is_seen_as_people_see_it() -> None:
    key = identify("https://раураl.com").key
    assert key.startswith("d-xn--")
    assert domain_skeleton(key[2:]) == domain_skeleton("paypal.com")
    assert domain_skeleton("xn--not-valid-.com") == skeleton("xn--not-valid-.com")


@given(st.text(ANY, max_size=40))
def test_a_skeleton_is_had_of_anything(text: str) -> None:
    assert skeleton(text) == skeleton(text.replace("m", "rn").replace("1", "l"))


@given(st.text(st.characters(max_codepoint=127), max_size=40))
def test_case_does_not_count(text: str) -> None:
    assert skeleton(text.upper()) == skeleton(text.lower())


def test_ascii_has_the_skeleton_that_the_table_gives_it() -> None:
    from confusable_homoglyphs.confusables import confusables_data  # noqa: PLC0415

    for char in "abcdefghijklmnopqrstuvwxyz0123456789.-":
        others = [told["c"] for told in confusables_data.get(char, [])]
        stands_for_itself = len(others) != 1 or len(confusables_data[others[0]]) == 1
        wanted = char if stands_for_itself else others[0].casefold()
        assert skeleton(char) == wanted, char


# Measured when the thresholds were chosen: the pair, and what is done about it.
PAIRS = [
    ("Delta", "Delta Faucet", "silent"),
    ("General Motors", "General Electric", "silent"),
    ("General Electric", "General Electrics", "asked"),
    ("Accenture", "Accentura", "told"),
    ("Bank of China", "Bank of Chile", "told"),
    ("Müller & Söhne GmbH", "Muller und Sohne", "asked"),
    ("Acme Corporation", "ACME Corp.", "asked"),
    ("Huber Schreinerei", "Schreinerei Huber GmbH", "asked"),
]


@pytest.mark.parametrize(("one", "other", "done"), PAIRS)
def test_the_measured_pairs(one: str, other: str, done: str) -> None:
    for first, second in ((one, other), (other, one)):
        score = likeness(account(first), account(second))
        assert done == ("asked" if score >= ASKED else "told" if score >= WARNED else "silent"), score


def test_a_place_in_common_counts_for_and_a_number_that_differs_against() -> None:
    one, other = account("Accenture", postal="60601"), account("Accentura", postal="606 01")
    assert likeness(one, other) >= ASKED > likeness(account("Accenture"), other) >= WARNED
    ours = account("Accenture", "lei-529900t8bm49aursdo55")
    assert likeness(ours, account("Accenture", aliases=("lei-549300mlh00y3bn4hd49",))) < WARNED
    assert likeness(ours, account("Accenture", aliases=("lei-529900t8bm49aursdo55",))) >= ASKED
    assert likeness(ours, account("Accenture", "vat-de-136695976")) >= ASKED


def test_headings_of_an_account() -> None:
    told = account("The Acme Corporation", "d-acme.com", postal="606-01", aliases=("d-acme.de", "n-us-acme"))
    assert domains_of(told) == ("acme.com", "acme.de")
    assert blocks_of(told) == tuple(
        sorted(
            ("n-us-thea", "p-us-606-t", label_block("acme.com"), skeleton_block("acme.com"), skeleton_block("acme.de"))
        )
    )
    assert label_block("acme.com") == label_block("acme.co.uk") != label_block("acme-group.com")
    assert label_block("xn--80ak6aa92e.com") == label_block("apple.de")
    assert blocks_of(account("Acme", "n-de-acme", country=None)) == ("n-de-acme",)
    assert blocks_of(account("Acme", "lei-529900t8bm49aursdo55", country=None)) == ("n-zz-acme",)
    assert blocks_of(account("!!!", "lei-529900t8bm49aursdo55")) == ()


@pytest.mark.parametrize(
    "name", ["株式会社日立製作所", "شركة أرامكو", "בנק לאומי", "No", "O'Brien & Sons", "ООО Ромашка"]
)
def test_names_of_every_script_have_headings(name: str) -> None:
    (heading,) = blocks_of(account(name, "n-us-x"))
    assert re.fullmatch(r"n-us-(?:[a-z0-9]{1,4}|x[0-9a-f]{16})", heading)


POSTAL = st.from_regex(r"[0-9A-Z#][0-9A-Z #-]{0,11}", fullmatch=True, alphabet=ANY)


@given(name=st.text(ANY, min_size=1, max_size=60), postal=POSTAL)
def test_every_heading_is_the_path_of_a_pointer(name: str, postal: str) -> None:
    for block in blocks_of(account(name, "d-acme.com", postal=postal)):
        place = place_of(NEAR.path.fill(block=block, account="d-acme.com"))
        assert place is not None
        assert place.kind is NEAR
        assert place.ids == {"block": block, "account": "d-acme.com"}
