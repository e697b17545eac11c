"""Which phrases are found, which are covered, and can a brand rule of somebody's making do harm?"""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesrepo.checks.phrases import Phrase, Phrases, compile_style, expression, phrases_of
from salesrepo.checks.rule import CannotJudge
from salesrepo.checks.words import plain_words
from salesrepo.domain.kinds.brand_style import BRAND_STYLE, BrandStyle
from salesrepo.store.model import validate
from tests.checks.build import propose


def style(**fields: Any) -> BrandStyle:
    plain = {"extends": "existence", "message": "'%s' is not ours.", **fields}
    return validate(BRAND_STYLE, plain, path="brand/styles/brand/x.yml")


def found(text: str, *, cited: tuple[str, ...] = (), allowed: dict[str, list[str]] | None = None, **fields: Any) -> Any:
    rule = compile_style("brand.x", style(**fields))
    covers = {name: tuple(expression(e, ignorecase=True) for e in all_) for name, all_ in (allowed or {}).items()}
    return [phrase.message for phrase in Phrases((rule,), covers, tuple(covers)).found_in(text, cited)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("We guarantee it", ["'guarantee' is not ours."]),
        ("Guarantee it", []),
        ("guarantee, guarantee", ["'guarantee' is not ours."]),
        ("the guarantees", []),
        ("(guarantee)", ["'guarantee' is not ours."]),
        ("", []),
    ],
)
def test_whole_words_as_they_are_written_once_each(text: str, says: list[str]) -> None:
    assert found(text, tokens=["guarantee"]) == says


def test_case_does_not_count_where_the_rule_says_so() -> None:
    assert found("GUARANTEE guarantee", tokens=["guarantee"], ignorecase="true") == ["'GUARANTEE' is not ours."]


def test_a_rule_may_look_inside_words_and_at_signs() -> None:
    assert found("top!!!", tokens=["!{2,}"], nonword="true") == ["'!!!' is not ours."]
    assert found("top!!!", tokens=["!{2,}"]) == []


def test_an_alternative_in_a_token_stays_inside_its_token() -> None:
    assert found("none of it", tokens=["on|off", "never"]) == []


def test_a_message_without_a_place_for_the_word_is_left_alone() -> None:
    assert found("guarantee", tokens=["guarantee"], message="Not our word.") == ["Not our word."]


def test_what_was_found_is_never_read_as_a_place_itself() -> None:
    assert found("100%s off", tokens=["100%s"], nonword="true", message="%s or %s?") == ["100%s or %s?"]


def test_a_substitution_says_what_to_write() -> None:
    rule = compile_style(
        "brand.x", style(extends="substitution", message="Say '%s', not '%s'.", swap={"cheap(?:er)?": "fair"})
    )
    (phrase,) = Phrases((rule,), {}, ()).found_in("a cheaper way", ())
    assert phrase == Phrase("brand.x", "Say 'fair', not 'cheaper'.", "Write 'fair'.", refuses=True)


def test_a_phrase_is_covered_only_by_what_holds_the_whole_of_it() -> None:
    allowed = {"p": ["one year guarantee"], "q": ["guar"]}
    tokens = ["guarantee"]
    assert found("one year guarantee", tokens=tokens, allowed=allowed, cited=("p",)) == []
    assert found("One Year Guarantee", tokens=["Guarantee"], allowed=allowed, cited=("p",)) == []
    assert found("one year guarantee", tokens=tokens, allowed=allowed) != []
    assert found("one year guarantee", tokens=tokens, allowed=allowed, cited=("q",)) != []
    assert found("one year guarantee", tokens=tokens, allowed=allowed, cited=("unknown",)) != []
    assert found("one year guarantee, and a guarantee", tokens=tokens, allowed=allowed, cited=("p",)) != []


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("guarantee fund", True),
        ("the EU guarantee", True),
        ("a guarantee of funds", False),
        ("my guarantees fund", True),
    ],
)
def test_an_exception_covers_from_its_first_letter_to_its_last(text: str, covered: bool) -> None:
    exceptions = ["guarantee fund", "EU guarantee", "antees fund"]
    assert (found(text, tokens=["guarantee"], exceptions=exceptions) == []) is covered


def test_an_exception_that_covers_only_the_end_covers_nothing() -> None:
    assert found("no risk at all", tokens=["no risk"], exceptions=["risk at all"]) != []


def test_an_expression_that_matches_nothing_at_all_finds_nothing() -> None:
    assert found("abc", tokens=["x*"], nonword="true") == []


@pytest.mark.parametrize(
    "token",
    ["(a", "a)", "(?=b)", r"(a)\1", "(?P<n", "[z-a]", "a{1001}", "(?:(?:a{1,100}){1,100}){1,100}", "*"],
)
def test_what_the_linear_engine_does_not_take_is_said_and_not_run(token: str) -> None:
    with pytest.raises(CannotJudge):
        compile_style("brand.x", style(tokens=[token]))


def test_a_rule_without_words_is_said() -> None:
    with pytest.raises(CannotJudge, match="nothing to look for"):
        compile_style("brand.x", style(extends="substitution", tokens=["only existence reads these"]))


def test_an_expression_that_would_take_other_engines_for_ever_is_linear() -> None:
    text = "a" * 4000 + "!"
    assert found(text, tokens=["(?:a+)+b", "(?:a|aa)+c", "(?:.*)*d"], nonword="true") == []


def test_the_rules_are_compiled_once_for_a_proposal() -> None:
    ctx = propose({"profile ben": {"node": "ben", "name": "Ben"}}, actor="ben").ctx
    assert phrases_of(ctx) is phrases_of(ctx)
    assert phrases_of(ctx).approved == ("p-warranty-2y",)


# --- how a text reads ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("risk‑free — really", "risk-free - really"),
        ("ｇｕａｒａｎｔｅｅ", "guarantee"),
        ("𝐠𝐮𝐚𝐫𝐚𝐧𝐭𝐞𝐞", "guarantee"),
        ("guar\u00adan\u200dtee", "guarantee"),
        ("no\n\t  risk\u00a0at all", "no risk at all"),
        ("\ufb01ne ﹣ ⁻", "fine - -"),
        ("株式会社 🎉", "株式会社 🎉"),
        ("plain", "plain"),
    ],
)
def test_tricks_of_spelling_read_as_what_they_look_like(text: str, reads: str) -> None:
    assert plain_words(text) == reads


@given(st.text(max_size=60), st.sampled_from(["guarantee", "risk-free"]), st.text(max_size=60))
def test_whatever_stands_around_it_a_banned_phrase_is_found(before: str, phrase: str, after: str) -> None:
    text = f"{before} {phrase} {after}"
    assert found(text, tokens=["guarantee", "risk[- ]free"]) != []
