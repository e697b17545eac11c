"""Does every spelling of a company's address give one key, and no two companies the same?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from publicsuffixlist import PublicSuffixList

from salesrepo.domain.identity import identify
from salesrepo.errors import RefusedError
from tests.helpers.texts import ANY

FULL_LIST = PublicSuffixList(accept_unknown=False)
LABEL = st.from_regex(r"[a-z][a-z0-9-]{0,8}[a-z0-9]", fullmatch=True, alphabet=ANY).filter(
    lambda label: label[2:4] != "--"
)
SUFFIX = st.sampled_from(
    ["com", "de", "co.uk", "com.br", "myshopify.com", "github.io", "kobe.jp", "ck", "gov.uk", "公司.cn"]
)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("https://www.acme.com/about?x=1#y", "d-acme.com"),
        ("HTTPS://ACME.COM.", "d-acme.com"),
        ("acme.com:8443/shop", "d-acme.com"),
        ("//acme.com", "d-acme.com"),
        ("acme.com,", "d-acme.com"),
        ("<https://acme.com>", "d-acme.com"),
        ("ftp://user:p@ss@files.acme.co.uk:21/x", "d-acme.co.uk"),
        ("https://linkedin.com@acme.com/", "d-acme.com"),
        ("https://acme.com\\@evil.example", "d-acme.com"),
        ("https://a_b.acme.com", "d-acme.com"),
        ("Ana Lima <ana@mail.acme.de>", "d-acme.de"),
        ("MAILTO:ana@acme.de?subject=hi", "d-acme.de"),
        ("https://shop.myshopify.com", "d-shop.myshopify.com"),
        ("www.other.myshopify.com", "d-other.myshopify.com"),
        ("acme.github.io", "d-acme.github.io"),
        ("www.ck", "d-www.ck"),
        ("a.b.city.kobe.jp", "d-city.kobe.jp"),
        ("faß.de", "d-xn--fa-hia.de"),
        ("FASS.de", "d-fass.de"),
        ("xn--fa-hia.de", "d-xn--fa-hia.de"),
        ("Bücher.com", "d-xn--bcher-kva.com"),
        ("bu\u0308cher.com", "d-xn--bcher-kva.com"),
        ("ａｃｍｅ．ｃｏｍ", "d-acme.com"),
        ("例え。jp", "d-xn--r8jz45g.jp"),
        ("食狮.xn--55qx5d.cn", "d-xn--85x722f.xn--55qx5d.cn"),
        ("www.食狮.公司.cn", "d-xn--85x722f.xn--55qx5d.cn"),
        ("apple.com", "d-apple.com"),
        ("notgmail.com", "d-notgmail.com"),
        ("google-tools.com", "d-google-tools.com"),
    ],
)
def test_an_address_gives_the_registrable_domain(text: str, key: str) -> None:
    found = identify(text)
    assert (found.key, found.kind, found.provisional) == (key, "domain", False)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ana@gmail.com", "mail provider"),
        ("https://mail.yahoo.co.jp", "mail provider"),
        ("x@mailinator.com", "throw-away"),
        ("https://www.linkedin.com/company/acme", "many companies"),
        ("https://m.facebook.com/acme", "many companies"),
        ("x.com", "many companies"),
        ("https://www.google.de/maps/place/Acme", "many companies"),
        ("https://maps.app.goo.gl/abc", "many companies"),
        ("maps.apple.com", "many companies"),
        ("https://amazon.co.jp/dp/1", "many companies"),
        ("amazon.com.br", "many companies"),
        ("ebay.de", "many companies"),
        ("acme.sharepoint.com", "many companies"),
        ("co.uk", "anyone registers"),
        ("https://github.io", "anyone registers"),
        ("https://x.ck", "anyone registers"),
        ("localhost", "inside one network"),
        ("http://localhost:8000", "inside one network"),
        ("acme.local", "inside one network"),
        ("http://10.0.0.1:80/x", "IP address"),
        ("10.0.0.1", "IP address"),
        ("ana@10.0.0.1", "IP address"),
        ("http://2130706433/", "IP address"),
        ("http://1.2.0x7f/", "IP address"),
        ("http://[::1]/", "IP address"),
        ("https://acme.nosuchtld", "top-level domain"),
        ("www.acme.nosuchtld", "top-level domain"),
        ("acme.nosuchtld/about", "top-level domain"),
        ("acme.cmo", "top-level domain"),
        ("ACME.CMO:8080", "top-level domain"),
        ("shop.acme.cmo.", "top-level domain"),
        ("acme.xn--abc", "top-level domain"),
        ("müller.firma", "top-level domain"),
        ("Dr.Oetker", "top-level domain"),
        ("ana@acme", "top-level domain"),
        ("https://", "no valid domain"),
        ("https:///x", "no valid domain"),
        ("https://ac..com", "no valid domain"),
        ("xn--a.com", "no valid domain"),
        ("-a.com", "no valid domain"),
        ("ab--c.com", "no valid domain"),
        ("a_b.com", "no valid domain"),
        ("i\u2764.ws", "no valid domain"),
        ("ac%6De.com", "no valid domain"),
        ("https://acme.c\u2100.com", "no valid domain"),
        ("a" * 64 + ".com", "no valid domain"),
        ("a" * 60 + ".s3-website.dualstack.ap-southeast-1.amazonaws.com", "characters kept"),
        ("1://acme.com", "web address"),
        ("@acme", "e-mail"),
        ("ana@b@acme.com", "e-mail"),
        ("ana lima@acme.com", "e-mail"),
    ],
)
def test_an_address_that_is_no_company_is_refused_with_its_reason(text: str, why: str) -> None:
    with pytest.raises(RefusedError, match=why) as caught:
        identify(text, country="US")
    assert caught.value.hint


def test_a_mistyped_ending_never_becomes_a_name_and_a_name_with_a_dot_is_told_how_to_be_written() -> None:
    with pytest.raises(RefusedError) as caught:
        identify("Dr.Oetker", country="DE")
    assert 'a blank behind the dot: "Dr. Oetker"' in caught.value.hint
    assert identify("Dr. Oetker", country="DE").key == "n-de-dr-oetker"


@given(labels=st.lists(LABEL, min_size=0, max_size=3), suffix=SUFFIX)
def test_the_key_is_the_public_suffix_lists_private_suffix(labels: list[str], suffix: str) -> None:
    domain = ".".join([*labels, suffix])
    expected = FULL_LIST.privatesuffix(domain)
    try:
        found = identify(f"https://{domain}")
    except RefusedError as error:
        assert expected is None or "so it names no company" in error.message
    else:
        assert found.shown == expected


@given(labels=st.lists(LABEL, min_size=1, max_size=3), suffix=SUFFIX)
def test_reading_a_domain_again_changes_nothing(labels: list[str], suffix: str) -> None:
    domain = ".".join([*labels, suffix])
    try:
        found = identify(domain)
    except RefusedError:
        return
    written = found.key.removeprefix("d-")
    spellings = (
        written,
        f"https://{domain}",
        f"https://www.{domain}/x?y",
        f"ana@{domain}",
        f"{domain.upper()}.",
        found.shown,
    )
    assert {identify(text).key for text in spellings} == {found.key}


@given(label=st.text(st.sampled_from("ab1-ßüéжя日本xn\u200dıİσς"), min_size=1, max_size=8))
def test_an_international_label_is_encoded_once_for_all(label: str) -> None:
    try:
        found = identify(f"https://{label}.com")
    except RefusedError:
        return
    ascii_form = found.key.removeprefix("d-")
    assert ascii_form.isascii()
    assert identify(f"https://{ascii_form}").key == found.key
    assert identify(f"https://{found.shown}").key == found.key
