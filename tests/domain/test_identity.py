"""Does whatever a seller types become the right account key, or a refusal with a next step?"""

import re
import subprocess
import sys
import typing

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from salesrepo.domain.fields import AccountKey
from salesrepo.domain.identity import identify
from salesrepo.domain.record import is_device_name
from salesrepo.errors import RefusedError, SalesRepoError
from tests.helpers.texts import ANY

KEY = re.compile(typing.get_args(AccountKey)[1].regex)


def key_of(text: str, country: str | None = None) -> str:
    return identify(text, country=country).key


def refusal(text: str, country: str | None = "US") -> RefusedError:
    with pytest.raises(RefusedError) as caught:
        identify(text, country=country)
    assert caught.value.hint
    return caught.value


PIECES = st.sampled_from(
    (
        "\ud800|acme |Acme Inc|://|https://|@|.|com|co.uk|de|reg:DE:|reg:RU:|vat:|lei:|duns:|DUNS |123456789"
        "| |/|[|]|:|xn--|faß|DE|GB|ATU"
        "|HRB 1|www.|。|株式会社|&|-|x|0|5493|\u200d|\u0301|İ|\x00|%|<|>|ＣＯ|ß|§|_|\\|?|=|co"
    ).split("|")
)


@given(
    text=st.one_of(st.text(ANY, max_size=60), st.lists(PIECES, max_size=9).map("".join), st.characters().map(str)),
    country=st.sampled_from([None, "US", "JP", "xx", "", "\u00df"]),
)
@example("a" * 300 + ".com", None)
@example("https://" + "ü" * 300 + ".com", None)
@example("https://" + "a." * 126 + "com", None)
@example("\u0626\u200c\u0626.com", None)
@example("reg:CN:\u0663\u0663\u0663", None)
def test_any_text_is_an_identity_or_a_refusal(text: str, country: str | None) -> None:
    try:
        found = identify(text, country=country)
    except SalesRepoError as error:
        assert error.message
        assert error.hint
        return
    assert KEY.fullmatch(found.key)
    assert not is_device_name(found.key)
    assert found.provisional is (found.kind == "name")
    assert found.shown
    prefix = {"domain": "d-", "lei": "lei-", "duns": "duns-", "vat": "vat-", "register": "reg-", "name": "n-"}[
        found.kind
    ]
    assert found.key.startswith(prefix)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("acme.com", "d-acme.com"),
        ("ana@acme.com", "d-acme.com"),
        ("https://medium.acme.com/@ana", "d-acme.com"),
        ("5493001KJTIIGC8Y1R12", "lei-5493001kjtiigc8y1r12"),
        ("DE136695976", "vat-de-136695976"),
        ("reg:FR:404833048", "reg-fr-404833048"),
        ("Acme Inc.", "n-us-acme"),
        ("Dr. Oetker", "n-us-dr-oetker"),
        ("Acme 2.0", "n-us-acme-2-0"),
        ("Co.,Ltd", "n-us-co-ltd"),
        ("A.P.Moller-Maersk", "n-us-ap-moller-maersk"),
        ("Duns Holding", "n-us-duns-holding"),
        ("Amazon.com, Inc.", "n-us-amazon-com"),
        ("Booking.com", "d-booking.com"),
        ("Vat Holding", "n-us-vat-holding"),
    ],
)
def test_each_reading_wins_where_it_should(text: str, key: str) -> None:
    assert key_of(text, "US") == key


@pytest.mark.parametrize(
    "text", ["acme.com", "5493001KJTIIGC8Y1R12", "DUNS 123456789", "CHE-107.787.577 MWST", "faß.de", "Acme & Söhne KG"]
)
def test_what_is_shown_leads_back_to_the_key(text: str) -> None:
    found = identify(text, country="DE")
    assert key_of(found.shown, "DE") == found.key


def test_a_name_without_a_country_is_told_of_the_option() -> None:
    assert "--country" in refusal("Acme Inc.", None).hint


def test_a_country_does_not_touch_what_is_no_name() -> None:
    assert key_of("acme.com", "US") == key_of("acme.com")


@pytest.mark.parametrize("text", ["", " \t\n", "a\x00b", "acme\u202emoc.", "x" * 3000, "123456789", "12 345 67-89"])
def test_what_is_no_company_at_all_is_refused(text: str) -> None:
    refusal(text)


def test_an_e_mail_address_is_never_repeated_in_a_refusal() -> None:
    for text in ("ana.lima@gmail.com", "ana.lima@acme.nosuchtld", "ana.lima@@acme.com"):
        error = refusal(text)
        assert "lima" not in error.message + error.hint


def test_a_name_loads_none_of_the_tables_that_domains_and_numbers_need() -> None:
    code = f"""
import sys
sys.path[:] = {sys.path!r}
from salesrepo.domain.identity import identify
assert identify("Gekko & Co", country="US").key == "n-us-gekko"
assert identify("5493001KJTIIGC8Y1R12").kind == "lei"
print(sorted({{"publicsuffixlist", "idna", "stdnum", "pycountry", "pydantic"}} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
