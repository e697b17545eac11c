"""Is the key or token of each service known, and nothing that merely looks like one?"""

import pytest

from salesrepo.checks.secrets import secrets_in
from salesrepo.errors import UsageError
from salesrepo.flows.here.spoken import spoken

BODY = "Zq3tL9" * 20
CAPITALS = "ZQ3TL7" * 20
# In two parts, so that no file of this repository holds one.
SECRETS = {
    "an age key": [("AGE-SECRET-", "KEY-1" + CAPITALS[:58]), ("AGE-SECRET-", "KEY-PQ-1" + CAPITALS[:58])],
    "a private key": [("-----BEGIN ", f"{name}PRIVATE KEY-----") for name in ("", "RSA ", "EC ", "OPENSSH ")]
    + [("-----BEGIN ", "PGP PRIVATE KEY BLOCK-----")],
    "a GitHub token": [(f"gh{one}_", BODY[:36]) for one in "opsur"] + [("github_", "pat_" + BODY[:60])],
    "a GitLab token": [("glpat-", BODY[:20])],
    "an AWS access key": [("AKIA", CAPITALS[:16]), ("ASIA", CAPITALS[:16])],
    "a Slack token": [("xoxb-", f"123456789012-{BODY[:24]}"), ("xoxp-", f"123456789012-{BODY[:24]}")],
    "a Slack hook": [("https://hooks.slack", f".com/services/T{CAPITALS[:8]}/B{CAPITALS[:8]}/{BODY[:24]}")],
    "a Stripe key": [("sk_", "live_" + BODY[:24]), ("rk_", "live_" + BODY[:24])],
    "a Google key": [("AIza", BODY[:35])],
    "an npm token": [("npm_", BODY[:36])],
    "a PyPI token": [("pypi-", "AgE" + BODY[:60])],
    "a key of an AI service": [("sk-", "ant-api03-" + BODY[:60]), ("sk-", "proj-" + BODY[:60])],
    "a SendGrid key": [("SG.", f"{BODY[:22]}.{BODY[:43]}")],
}


@pytest.mark.parametrize("what", SECRETS)
def test_it_is_known_wherever_it_stands(what: str) -> None:
    for parts in SECRETS[what]:
        text = f"use ({''.join(parts)}), please"
        assert list(secrets_in(text)) == [(what, text.index(parts[0]) if what != "a Slack hook" else 13)], text
        with pytest.raises(UsageError, match=what):
            spoken(text)


@pytest.mark.parametrize(
    "text",
    [
        "the PRIVATE KEY is theirs",
        "-----BEGIN CERTIFICATE-----",
        "ghp_short and gho_ and though_a_word_that_goes_on_and_on_for_long",
        "ghp_" + "x" * 36,
        "AKIAIOSFODNN7" + "EXAMPLE",
        "ASIAPACIFICHOLDINGSX",
        "sk_test_" + BODY[:24],
        "sk-learn-" + BODY[:30],
        "order 4111-1111-1111-1111, 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "https://acme.com/services/T00000000/B00000000/page",
        "e3b0c442-98fc-1c14-9afb-f4c8996fb924",
    ],
)
def test_what_merely_looks_like_one_is_none(text: str) -> None:
    assert list(secrets_in(text)) == []
    assert spoken(text) == text
