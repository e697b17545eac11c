"""Are Git's words found in a seller's text, and ordinary sentences left alone?"""

import pytest

from tests.helpers.words import git_words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Committed to your branch", ["Committed", "branch"]),
        ("Opened PR 12, merge pending", ["PR", "merge"]),
        ("see claims/ab/c/d-acme.com/core.yml", ["claims/ab/c/d-acme.com/core.yml"]),
        ("sent as 1af3b93b6815bc44a9784bd300feb67ff0d1eeb3", ["1af3b93b6815bc44a9784bd300feb67ff0d1eeb3"]),
        ("sent as 1af3b93", ["1af3b93"]),
        ("the sales repository", ["repository"]),
    ],
)
def test_git_words_are_found(text: str, found: list[str]) -> None:
    assert git_words(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Noted: call with acme.com, 25 minutes. Waiting for ana.",
        "acme/2 accepted, yours until 2026-12-21. Next: salesrepo submit",
        "Invoice 20261121 over 1000000 EUR, added to the pay of November",
        "Decade-old facade: a committee asks nobody, heading home",
    ],
)
def test_ordinary_sentences_are_left_alone(text: str) -> None:
    assert git_words(text) == []
