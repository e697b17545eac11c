"""Which phrases are found, which are covered, and can a brand rule of somebody's making do harm?"""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesrepo.checks.brand.book import Book, Phrase, book_of
from salesrepo.checks.brand.expressions import Screen
from salesrepo.checks.brand.points import MOST_HITS, point_of
from salesrepo.checks.brand.promised import Said
from salesrepo.checks.rule import CannotJudge
from salesrepo.checks.words import plain_words, read_words
from salesrepo.domain.kinds.brand_style import BRAND_STYLE, BrandStyle
from salesrepo.domain.kinds.brand_text import Audience
from salesrepo.errors import RecordError
from salesrepo.store.emit import emit
from salesrepo.store.model import validate
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.store.trees import overlay_bytes
from tests.checks.build import Nothing, propose
from tests.helpers.texts import ANY

TODAY = date(2026, 11, 20)


def style(**fields: Any) -> BrandStyle:
    plain = {"extends": "existence", "message": "'%s' is not ours.", **fields}
    return validate(BRAND_STYLE, plain, path="brand/styles/brand/x.yml")


def book(
    *styles: dict[str, Any],
    allowed: dict[str, list[str]] | None = None,
    never: list[dict[str, str]] | None = None,
    **entry: Any,
) -> Book:
    """A company's brand: rules brand.x0, brand.x1, ..., each kept as `entry` says, and promises."""
    given = [{"extends": "existence", "message": "'%s' is not ours.", **one} for one in styles]
    kept = {"duty": "compliance", **entry}
    promises = {name: {"say": "So it is.", "allow": allow} for name, allow in (allowed or {}).items()}
    files = {f"brand/styles/brand/x{index}.yml": emit(one) for index, one in enumerate(given)}
    files["brand/index.yml"] = emit({"rules": {f"brand.x{index}": kept for index, _ in enumerate(given)}})
    files["brand/promises.yml"] = emit({"promises": promises, "never": never or []})
    return Book(RecordSnapshot(overlay_bytes(Nothing(), files), "0" * 40), TODAY)


def said(text: str, *, markdown: bool = False, cited: tuple[str, ...] = (), audience: Audience = "deal") -> Said:
    return Said(text=text, audience=audience, day=TODAY, markdown=markdown, cited=cited)


def found(
    text: str,
    *,
    cited: tuple[str, ...] = (),
    allowed: dict[str, list[str]] | None = None,
    markdown: bool = False,
    **fields: Any,
) -> list[str]:
    return [p.message for p in book(fields, allowed=allowed).found_in(said(text, cited=cited, markdown=markdown))]


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


def test_a_word_may_begin_and_end_in_letters_of_any_script() -> None:
    assert found("prix réduit à vie à Paris", tokens=["réduit à", "à vie", "скидка"]) == [
        "'réduit à' is not ours.",
    ]
    assert found("большая скидка сегодня", tokens=["скидка"]) == ["'скидка' is not ours."]


def test_parts_of_one_expression_stand_before_the_tokens_or_after() -> None:
    fields = {"raw": [r"\b(?:very|so)", r"\s"], "tokens": ["cheap", "easy"]}
    assert found("so cheap and easy", **fields) == ["'so cheap' is not ours."]
    assert found("so cheap", raw=[r"\scheap\b"], tokens=["so"], append="true") == ["'so cheap' is not ours."]
    assert found("so cheap", raw=["so", r"\s", "cheap"]) == ["'so cheap' is not ours."]


def test_an_alternative_in_a_token_stays_inside_its_token() -> None:
    assert found("none of it", tokens=["on|off", "never"]) == []


def test_a_message_without_a_place_for_the_word_is_left_alone() -> None:
    assert found("guarantee", tokens=["guarantee"], message="Not our word.") == ["Not our word."]


def test_what_was_found_is_never_read_as_a_place_itself() -> None:
    assert found("100%s off", tokens=["100%s"], nonword="true", message="%s or %s?") == ["100%s or %s?"]
    swap = {"cheap%s": "fair %s"}
    message = "Say '%s', not '%s'."
    assert found("cheap%s", extends="substitution", swap=swap, nonword="true", message=message) == [
        "Say 'fair %s', not 'cheap%s'."
    ]


def test_a_substitution_says_what_to_write() -> None:
    fields = {"extends": "substitution", "message": "Say '%s', not '%s'.", "swap": {"cheap(?:er)?": "fair"}}
    (phrase,) = book(fields).found_in(said("a cheaper way"))
    assert phrase == Phrase("brand.x0", "cheaper", "Say 'fair', not 'cheaper'.", "Write 'fair'.", refuses=True, start=2)


def test_a_substitution_leaves_what_is_right_already_and_offers_alternatives() -> None:
    fields = {"extends": "substitution", "message": "%s, not %s.", "ignorecase": "true", "swap": {"apac ai": "APAC AI"}}
    assert found("APAC AI", **fields) == []
    assert found("Apac ai", **fields) == ["APAC AI, not Apac ai."]
    assert found("utilise", extends="substitution", message="%s, not %s.", swap={"utilise": "use|apply"}) == [
        "Use or apply, not utilise."
    ]


@pytest.mark.parametrize(
    ("fields", "text", "says"),
    [
        ({"token": "!", "max": "2"}, "A! B! C!", ["'!' is not ours."]),
        ({"token": "!", "max": "2"}, "A! B!", []),
        ({"token": r"\bplease\b", "min": "1"}, "Send it.", ["'Send it.' is not ours."]),
        ({"token": r"\bplease\b", "min": "1"}, "Send it, please.", []),
        ({"token": "!", "max": "1", "scope": "sentence"}, "A! B! Now", []),
        ({"token": ",", "max": "1", "scope": "sentence"}, "A, b. C, d, e.", ["',' is not ours."]),
        ({"token": ",", "max": "1", "scope": "paragraph"}, "A, b.\n\nC, d.", []),
    ],
)
def test_how_often_something_stands_there(fields: dict[str, Any], text: str, says: list[str]) -> None:
    assert found(text, extends="occurrence", **fields) == says


@pytest.mark.parametrize(
    ("first", "second", "text", "says"),
    [
        (r"\$\d+", "plus tax", "It is $12, plus tax.", []),
        (r"\$\d+", "plus tax", "It is $12.", ["'$12' is not ours."]),
        (r"\$\d+", "plus tax", "It is dear.", []),
        (r"\b([A-Z]{3,5})\b", r"\(([A-Z]{3,5})\)", "Service levels (SLA). The SLA holds.", []),
        (r"\b([A-Z]{3,5})\b", r"\(([A-Z]{3,5})\)", "Levels (SLA). The MSA holds.", ["'MSA' is not ours."]),
    ],
)
def test_what_calls_for_something_else_in_the_same_text(first: str, second: str, text: str, says: list[str]) -> None:
    assert found(text, extends="conditional", first=first, second=second) == says


@pytest.mark.parametrize(
    ("fields", "text", "says"),
    [
        ({}, "the the buyer", ["'the the' is not ours."]),
        ({}, "The the buyer", []),
        ({"ignorecase": "true"}, "The the buyer", ["'The the' is not ours."]),
        ({"max": "1"}, "no no way", []),
        ({"max": "1"}, "no no no way", ["'no no no' is not ours."]),
        ({"alpha": "true"}, "12 12 - -", []),
        ({"exceptions": ["had had"]}, "they had had enough", []),
    ],
)
def test_what_stands_there_twice(fields: dict[str, Any], text: str, says: list[str]) -> None:
    assert found(text, extends="repetition", tokens=[r"[^\s]+"], **fields) == says


@pytest.mark.parametrize(
    ("match", "heading", "fits"),
    [
        ("$title", "How to Open a Call", True),
        ("$title", "How to open a Call", False),
        ("$sentence", "How to open a call", True),
        ("$sentence", "How to Open a call", False),
        ("$sentence", "How the CRM asks", True),
        ("$lower", "all small", True),
        ("$lower", "Not small", False),
        ("$upper", "LOUD", True),
        ("$upper", "Loud", False),
        (r"Step \d+: .*", "Step 1: ask", True),
        (r"Step \d+: .*", "Ask", False),
    ],
)
def test_how_headings_are_written(match: str, heading: str, *, fits: bool) -> None:
    text = f"some text\n\n## {heading} ##\n\nMore Text of Any Kind\n"
    told = found(text, extends="capitalization", match=match, scope="heading", markdown=True)
    assert (told == []) is fits


def test_names_are_excepted_from_capitalization_and_underlined_headings_count() -> None:
    fields = {"extends": "capitalization", "match": "$sentence", "scope": "heading", "exceptions": ["Acme Cloud"]}
    assert found("# How Acme Cloud works\n", markdown=True, **fields) == []
    assert found("How We Work\n===========\n", markdown=True, **fields) == ["'How We Work' is not ours."]


@pytest.mark.parametrize(
    ("point", "fields"),
    [
        ("existence", {}),
        ("substitution", {"tokens": ["x"]}),
        ("occurrence", {"token": "x"}),
        ("occurrence", {"max": "1"}),
        ("conditional", {"first": "x"}),
        ("repetition", {}),
        ("capitalization", {}),
        ("readability", {"metrics": ["x"]}),
        ("script", {}),
        ("existence", {"tokens": ["x"], "vocab": "false"}),
        ("existence", {"tokens": ["x"], "scope": "table.cell"}),
    ],
)
def test_what_is_not_run_here_is_refused_where_it_is_written(point: str, fields: dict[str, Any]) -> None:
    with pytest.raises(RecordError):
        style(extends=point, **fields)


def test_the_rest_of_the_header_that_vale_knows_is_taken() -> None:
    header = {"level": "error", "scope": "raw", "link": "brand/guide.md", "name": "No risk", "description": "Why."}
    made = style(tokens=["x"], limit="3", action={"name": "replace", "params": ["y"]}, **header)
    assert (made.limit, made.scope, made.action.params if made.action else ()) == (3, "raw", ("y",))


def test_a_rule_tells_no_more_than_its_limit() -> None:
    assert len(found("a1 a2 a3 a4", tokens=[r"a\d"], limit="2")) == 2


def test_a_phrase_is_covered_only_by_what_holds_the_whole_of_it() -> None:
    allowed = {"p": ["one year guarantee"], "q": ["guar"]}
    tokens = ["guarantee"]
    assert found("one year guarantee", tokens=tokens, allowed=allowed, cited=("p",)) == []
    assert found("One Year Guarantee", tokens=["Guarantee"], allowed=allowed, cited=("p",)) == []
    assert found("one year guarantee", tokens=tokens, allowed=allowed) != []
    assert found("one year guarantee", tokens=tokens, allowed=allowed, cited=("q",)) != []
    assert found("one year guarantee", tokens=tokens, allowed=allowed, cited=("unknown",)) != []
    assert found("one year guarantee, and a guarantee", tokens=tokens, allowed=allowed, cited=("p",)) != []
    assert found("one year guarantee [p]", tokens=tokens, allowed=allowed) == []


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


# --- expressions of somebody's making --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "token",
    [
        *("(a", "a)", "(?=b)", r"(a)\1", "(?P<n", "[z-a]", "a{1001}", "(?:(?:a{1,100}){1,100}){1,100}", "*"),
        *("x*", ".*", "(?s).+", r"[\s\S]+", "|", "x|", "é" * 600),
        "a)|(?:b",
    ],
)
def test_what_the_linear_engine_does_not_take_is_said_and_not_run(token: str) -> None:
    for fields in ({"tokens": [token]}, {"tokens": ["x"], "exceptions": [token]}):
        with pytest.raises(CannotJudge):
            _ = point_of("brand.x", style(**fields)).except_


def test_an_expression_that_would_take_other_engines_for_ever_is_linear() -> None:
    text = "a" * 4000 + "!"
    assert found(text, tokens=["(?:a+)+b", "(?:a|aa)+c", "(?:.*)*d"], nonword="true") == []


def test_a_flood_of_places_is_told_and_never_hides_what_comes_after() -> None:
    text = "no guarantee, " * (MOST_HITS + 5) + "a guarantee"
    (told,) = found(text, tokens=["guarantee"], exceptions=["no guarantee"])
    assert told == f"More than {MOST_HITS:,} places of this text are for the brand to look at."


def test_waived_places_do_not_use_up_what_is_told() -> None:
    files = {
        "brand/styles/brand/x.yml": emit({"extends": "existence", "message": "No %s.", "tokens": [r"bad\d*"]}),
        "brand/index.yml": emit(
            {
                "rules": {"brand.x": {"duty": "compliance"}},
                "waivers": [
                    {
                        "rule": "brand.x",
                        "file": "stories/a.md",
                        "match": "bad",
                        "reason": "Quoted.",
                        "by": "dana",
                        "until": "2027-01-01",
                    }
                ],
            }
        ),
    }
    one = Book(RecordSnapshot(overlay_bytes(Nothing(), files), "0" * 40), TODAY)
    text = Said(text="bad " * 80 + "bad7", audience="stories", path="stories/a.md", markdown=True, day=TODAY)
    phrases = list(one.found_in(text))
    assert [p.said for p in phrases if not p.waived] == ["bad7"]
    assert len(phrases) == 51


def test_a_text_that_other_engines_choke_on_is_read_with_every_rule() -> None:
    hostile = [{"tokens": [rf"(?:[a-q][^u-z]{{{12 + n % 4}}}){{1,3}}x{n}"]} for n in range(20)]
    text = "abcdefghijklmnopq " * 5000
    assert list(book(*hostile).found_in(said(text))) == []


def test_the_screen_finds_what_each_of_its_expressions_finds() -> None:
    screen = Screen([("abc", False), ("ABC", True), (r"\bx\b", False), ("é", False)])
    assert screen.found("an abc, x, é") == {0, 1, 2, 3}
    assert screen.found("aBc xx") == {1}
    assert screen.found("") == frozenset()


def test_a_screen_that_is_too_large_is_said() -> None:
    with pytest.raises(CannotJudge, match="too many and too large"):
        Screen([(rf"[a-z]{{1,90}}{n}", False) for n in range(90)], memory=1 << 20)


def test_the_rules_are_read_once_for_a_proposal() -> None:
    ctx = propose({"profile ben": {"node": "ben", "name": "Ben"}}, actor="ben").ctx
    assert book_of(ctx) is book_of(ctx)
    assert book_of(ctx).approved == ("p-warranty-2y",)


def test_a_file_of_words_is_read_only_where_its_rule_applies() -> None:
    one = book({"tokens": ["x"]}, {"extends": "existence", "tokens": ["(a"]}, applies_to=["site"])
    assert list(one.found_in(said("x"))) == []
    with pytest.raises(CannotJudge):
        list(one.found_in(said("x", audience="site")))


def test_words_that_are_never_promised_are_found_in_any_case_and_dress() -> None:
    one = book(never=[{"id": "n-roi", "match": r"promise\w* .{0,20}\bROI\b", "why": "Nobody knows it."}])
    (refusal,) = one.never_in(said("We **promised**\nthem an roi.", markdown=True))
    assert (refusal.said, refusal.start) == ("promised them an roi", 5)
    assert list(one.never_in(said("We asked for the ROI."))) == []


# --- how a text reads ------------------------------------------------------------------------------------------------

READS = [
    ("risk‑free — really", "risk-free - really"),
    ("ｇｕａｒａｎｔｅｅ", "guarantee"),
    ("𝐠𝐮𝐚𝐫𝐚𝐧𝐭𝐞𝐞", "guarantee"),
    ("guar\u00adan\u200dtee", "guarantee"),
    ("gu\u034far\u0336antee\ufe0f", "guarantee"),
    ("gu\u0430r\u0430nt\u0435\u0435 n\u03bf r\u0131sk", "guarantee no risk"),
    ("гарантия ο ρόλος Ελλάδα", "гарантия ο ρόλος Ελλάδα"),
    ("no\n\t  risk\u00a0at all", "no risk at all"),
    ("\ufb01ne ﹣ ⁻", "fine - -"),
    ("株式会社 🎉", "株式会社 🎉"),
    ("plain", "plain"),
    ("gսаrаntееԁ", "guaranteed"),
    ("ցսаrаntее ѕаӏе now", "guarantee sale now"),
    ("🅖🅤🅰rantee", "GUArantee"),
    ("gua\u0331r\u00e1\u0331ntee", "guar\u00e1ntee"),
    ("Մենք երաշխավորում ենք", "Մենք երաշխավորում ենք"),
    ("оса и хор, said Ana", "оса и хор, said Ana"),
    ("garantía", "garantía"),
    ("e\u0301te\u0301 cafe\u200d\u0301", "été café"),
]


@pytest.mark.parametrize(("text", "reads"), READS)
def test_tricks_of_spelling_read_as_what_they_look_like(text: str, reads: str) -> None:
    assert plain_words(text) == reads
    assert read_words(text).text == reads


NO_RISK = ["guarantee(?:d|s)?", "risk[- ]free", "no[- ]risk", "best"]


@pytest.mark.parametrize(
    ("text", "says", "at"),
    [
        ("Es ist guaránteed.", "guaránteed", 7),
        ("Só, nó rísk!", "nó rísk", 4),
        ("It is ɢᴜᴀʀᴀɴᴛᴇᴇᴅ.", "ɢᴜᴀʀᴀɴᴛᴇᴇᴅ", 6),
        ("It is \u200bg\u200bսaranteed.", "guaranteed", 7),
        ("It is ｇｕａ\u0301ｒａｎｔｅｅｄ.", "guáranteed", 6),
    ],
)
def test_accents_and_other_alphabets_hide_nothing_and_its_place_is_told(text: str, says: str, at: int) -> None:
    one = book({"tokens": NO_RISK}, never=[{"id": "n-all", "match": "|".join(NO_RISK), "why": "Nobody knows it."}])
    assert [(p.said, p.start) for p in one.found_in(said(text))] == [(says, at)]
    assert [(r.said, r.start) for r in one.never_in(said(text))] == [(says, at)]


@pytest.mark.parametrize(
    "text",
    [
        "Ofrecemos una garantía de dos años; el más fácil de usar.",
        "Garantie à vie, sans risque, où que vous soyez.",
        "Մենք երաշխավորում ենք ձեր եկամուտը։",
        "Мы гарантируем: без риска, лучшая цена.",
        "Εγγυόμαστε την καλύτερη τιμή χωρίς ρίσκο.",
        "Chúng tôi bảo đảm không rủi ro.",
    ],
)
def test_other_languages_say_nothing_that_english_rules_forbid(text: str) -> None:
    assert found(text, tokens=NO_RISK, ignorecase="true") == []


def test_an_accent_counts_where_a_rule_has_one_or_is_about_how_a_word_is_written() -> None:
    assert found("sans risque à vie", tokens=["a vie"]) == ["'à vie' is not ours."]
    assert found("sans risque a vie", tokens=["à vie"]) == []
    assert found("le café", extends="substitution", message="%s, not %s.", swap={"cafe": "café"}) == []


@settings(max_examples=40)
@given(st.text(ANY, max_size=60))
def test_a_text_reads_the_same_with_and_without_the_way_back(text: str) -> None:
    reading = read_words(text)
    assert reading.text == plain_words(text)
    places = [reading.source(at) for at in range(len(reading.text) + 1)]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)


@settings(max_examples=40)
@given(st.text(ANY, max_size=60), st.sampled_from(["guarantee", "risk-free"]), st.text(ANY, max_size=60))
def test_whatever_stands_around_it_a_banned_phrase_is_found(before: str, phrase: str, after: str) -> None:
    text = f"{before} {phrase} {after}"
    assert found(text, tokens=["guarantee", "risk[- ]free"]) != []


@settings(max_examples=40)
@given(st.text("ab \n*_`[]()<>!#&;-é", max_size=40), st.text("ab \n*_`[]()<>!#&;-é", max_size=40))
def test_in_markdown_each_place_is_told_where_it_stands(before: str, after: str) -> None:
    text = f"{before}\n\nzq guarantee qz\n\n{after}"
    (rule,) = book({"tokens": ["zq guarantee qz"]}).rules()
    told = [p.start for p in book({"tokens": ["zq guarantee qz"]}).found_in(said(text, markdown=True))]
    assert rule.name == "brand.x0"
    assert told == [text.index("zq guarantee")] or "<" in before
