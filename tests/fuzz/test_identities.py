"""Is any text an account's key, always the same one, or a refusal with the next step, and nothing else?"""

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from salesrepo.checks.identities import flaw_of
from salesrepo.domain.identity import identify
from salesrepo.domain.identity.blocks import blocks_of
from salesrepo.domain.identity.likeness import likeness
from salesrepo.domain.identity.skeleton import domain_skeleton, skeleton
from salesrepo.domain.kinds.account import Account
from salesrepo.domain.kinds.near import NEAR
from salesrepo.domain.paths import place_of
from salesrepo.errors import RefusedError, UsageError
from tests.fuzz.budget import timed
from tests.fuzz.material import DIGITS, LETTERS, out_of, postals, texts, words

KEY = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,98}[a-z0-9])?", re.ASCII)
COUNTRIES = st.sampled_from(["DE", "US", "JP", "UK", "zz", "", "D", "\u0130\u0130", "N\n"]) | st.none()
BEGUN = st.sampled_from(
    ["", "https://", "lei:", "vat:", "reg:de:", "reg:fr:", "DE", "CHE-", "mailto:", "xn--", "a@", "www."]
)
ENDED = st.sampled_from(["", ".com", ".co.uk", "@acme.com", " GmbH", "/x?y#z", ":80", "."])
TYPED = st.tuples(BEGUN, texts | out_of(LETTERS.upper() + DIGITS + " .-", 4, 24), ENDED).map("".join)


@timed
@given(TYPED, COUNTRIES)
def test_any_text_is_one_key_or_a_refusal(typed: str, country: str | None) -> None:
    try:
        found = identify(typed, country=country)
    except (RefusedError, UsageError) as refused:
        assert refused.message and refused.hint
        return
    assert KEY.fullmatch(found.key), found
    assert identify(typed, country=country) == found
    if found.kind != "name":
        assert flaw_of(found.key) is None, found
    else:
        assert flaw_of(found.key) is None
        assert identify(found.shown, country=country).key == found.key


@timed
@given(texts)
def test_any_text_is_a_sound_identity_or_a_flawed_one(text: str) -> None:
    flaw = flaw_of(text)
    assert flaw is None or all(flaw)


@timed
@given(words, words, COUNTRIES)
def test_any_two_names_can_be_compared(one: str, other: str, country: str | None) -> None:
    first, second = (
        Account(account="d-acme.com", name=name[:200] or "a", country=country, added_by="ana", added=date(2026, 1, 1))
        for name in (one, other)
    )
    assert 0 <= likeness(first, second) <= 105
    assert likeness(first, second) == likeness(second, first)
    assert skeleton(one) == skeleton(one)
    domain_skeleton(other)


@timed
@given(words, postals)
def test_every_heading_of_any_name_is_a_path(name: str, postal: str) -> None:
    told = Account(
        account="d-acme.com", name=name[:200] or "a", country="DE", postal=postal, added_by="a", added=date(2026, 1, 1)
    )
    for block in blocks_of(told):
        place = place_of(NEAR.path.fill(block=block, account=told.account))
        assert place is not None and place.kind is NEAR
