"""Are the traps seen in which a brand rule never finds what it is for, and are texts cut where a reader would?"""

import re
from typing import Any

import pytest

from salesrepo.checks.brand.points import point_of
from salesrepo.checks.brand.proof import finds
from salesrepo.checks.brand.scopes import units
from salesrepo.checks.brand.traps import split, traps, unsupported
from salesrepo.domain.finding import Severity, Verdict
from salesrepo.domain.jurisdiction import holds_in
from salesrepo.domain.kinds.brand_style import BRAND_STYLE, BrandStyle, Scope
from salesrepo.domain.paths import place_of
from salesrepo.errors import RecordError
from salesrepo.store.model import validate
from salesrepo.store.snapshot import parse
from tests.checks.build import propose, show


def style(**fields: Any) -> BrandStyle:
    return validate(BRAND_STYLE, {"extends": "existence", "message": "No %s.", **fields}, path="brand/styles/b/x.yml")


def told(**fields: Any) -> list[str]:
    one = style(**fields)
    return [trap.message for trap in traps(one, point_of("b.x", one))]


@pytest.mark.parametrize(
    ("token", "trapped"),
    [
        *(
            ("100 ?%", True),
            ("100 ?%?", False),
            ("C\\+\\+", True),
            ("!+", True),
            ("(?:a|b!)", False),
            ("(?:a!|b!)", True),
        ),
        *(("#1", True), ("#?1", False), ("[#№]1", True), ("[a#]1", False), ("no\\.", True), ("no\\.\\d", False)),
        *((r"x\s", True), (r"x\s*", False), (r"x\w", False), (r"\d{2}", False), ("a{2}", False), ("!{2}", True)),
        *(("à vie", False), ("vie à", False), ("[^a]b", False), ("a.", False), ("a_", False), ("(?:%)+", True)),
        *(("a|b%", False), ("a%|b%", True), (r"\(a\)", True), ("(?:a(?:b|!)?)", False), ("[]a]", False), ("x$", False)),
    ],
)
def test_a_token_whose_edge_is_never_beside_a_blank(token: str, *, trapped: bool) -> None:
    assert any("never found" in message for message in told(tokens=[token])) is trapped
    assert not any("never found" in message for message in told(tokens=[token], nonword="true"))


@pytest.mark.parametrize(
    ("token", "text"), [("100 ?%", "at 100 % of it"), ("#1", "we are #1 here"), ("!{2}", "well !! done")]
)
def test_what_is_called_a_trap_is_one(token: str, text: str) -> None:
    assert not finds(point_of("b.x", style(tokens=[token])), text)
    assert finds(point_of("b.x", style(tokens=[token], nonword="true")), text)


def test_alternatives_are_split_at_the_top_only() -> None:
    assert split(r"a|(?:b|c)|[|]|\|d") == ["a", "(?:b|c)", "[|]", r"\|d"]
    assert split("") == [""]
    assert split("(a") == ["(a"]
    assert split("[a") == ["[a"]
    assert split("a\\") == ["a\\"]


def test_a_swap_that_captures_or_offers_what_it_replaces() -> None:
    swap = {"cheap(er)?": "fair", "big": "big|large", "(?:x)y": "z"}
    messages = told(extends="substitution", swap=swap)
    assert [message.split("'")[1] for message in messages] == ["cheap(er)?", "big|large"]
    assert told(extends="substitution", swap={"apac ai": "APAC AI"}, ignorecase="true") == []


def test_one_dead_word_is_advice_and_nothing_but_dead_words_is_an_error() -> None:
    for tokens, severity in ((["risk", "doom"], Severity.WARNING), (["risk"], Severity.ERROR)):
        one = style(tokens=tokens, exceptions=["risk"])
        (trap,) = traps(one, point_of("b.x", one))
        assert trap.severity is severity


def test_look_around_is_seen_everywhere_and_only_where_it_is() -> None:
    seen = [
        trap.route for trap in unsupported(style(tokens=["a(?!b)", r"\(?=x"], raw=["(?<=a)b"], exceptions=["(?<!a)b"]))
    ]
    assert seen == [("tokens", 0), ("raw", 0), ("exceptions", 0)]
    assert [t.route for t in unsupported(style(extends="conditional", first="(?=a)", second="b"))] == [("first",)]


# --- texts -----------------------------------------------------------------------------------------------------------

TEXT = "# One **two** #\n\nThree. Four `five`!\nSix <!-- no\nno --> seven\n\nEight\n=====\n\n> nine\n> ten\n"


@pytest.mark.parametrize(
    ("scope", "parts"),
    [
        ("heading", ["One two", "Eight"]),
        ("sentence", ["One two #", "Three. ", "Four five! ", "Six seven ", "Eight ===== ", "nine ten "]),
        ("paragraph", ["One two #", "Three. Four five! Six seven ", "Eight ===== ", "nine ten "]),
    ],
)
def test_a_text_is_cut_where_a_reader_would(scope: Scope, parts: list[str]) -> None:
    assert [unit.text for unit in units(TEXT, scope, markdown=True)] == parts


def test_the_whole_is_one_part_and_raw_keeps_its_marks() -> None:
    (whole,) = units(TEXT, "text", markdown=True)
    assert "Three. Four five! Six seven" in whole.text
    (raw,) = units(TEXT, "raw", markdown=True)
    assert "**two**" in raw.text
    (plain,) = units("2 * 3 * 4", "text", markdown=False)
    assert plain.text == "2 * 3 * 4"


@pytest.mark.parametrize(
    "piece", ["<!--", "[", "](", "<a", "*", "&#", "\\", "_a", "#", "> ", '](a "', "&a", "<!-- -->", "][", "](a(", "</a"]
)
def test_no_flood_of_marks_takes_long(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    for scope in ("text", "heading", "sentence"):
        assert sum(len(unit.text) for unit in units(text, scope, markdown=True)) <= len(text)


# --- what may stand in a text's file ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xff", "not UTF-8"),
        (b"\xef\xbb\xbfa", "byte order mark"),
        ("a\u200bb".encode(), "U+200B"),
        ("a\u202eb".encode(), "U+202E"),
        (b"a\x1bb", "not allowed"),
        (b"a\rb", "carriage return"),
        (b"a" * (256 * 1024 + 1), "at most 262,144"),
        (b"", "not blank"),
    ],
)
@pytest.mark.parametrize("path", ["playbooks/a.md", "stories/a/b.md", "outbound/ana/a.md"])
def test_a_text_is_plain_text(path: str, data: bytes, says: str) -> None:
    place = place_of(path)
    assert place is not None
    with pytest.raises(RecordError, match=re.escape(says)):
        parse(place.kind, data, path=path)


def test_a_text_is_kept_as_it_is_written() -> None:
    place = place_of("outbound/ana/letters/a.md")
    assert place is not None
    (value,) = parse(place.kind, "Grüße,\r\n# [x]: &y\n".encode(), path=place.path)
    assert (value.node, value.folder, value.text) == ("ana", "letters/a", "Grüße,\r\n# [x]: &y")


@pytest.mark.parametrize(
    "path", ["playbooks/.md", "playbooks/A.md", "playbooks/../a.md", "outbound/a.md", "stories/con.md"]
)
def test_no_text_stands_anywhere_else(path: str) -> None:
    assert place_of(path) is None


def test_a_broken_text_is_a_problem_with_its_line() -> None:
    (change,) = propose({"stories/a.md": "Fine.\n\nNot\u200b fine.\n"}, actor="ana").ctx.change.changes
    (problem,) = change.problems
    assert (problem.line, problem.column) == (3, 4)


@pytest.mark.parametrize(
    ("actor", "path", "verdict"),
    [
        ("ana", "playbooks/a.md", Verdict.REVIEW),
        ("ana", "stories/a.md", Verdict.REVIEW),
        ("ana", "outbound/ana/a.md", Verdict.AUTO),
        ("ana", "outbound/ben/a.md", Verdict.REFUSED),
        ("dana", "playbooks/a.md", Verdict.AUTO),
        ("pia", "playbooks/a.md", Verdict.AUTO),
        ("pia", "stories/a.md", Verdict.AUTO),
        ("fin", "playbooks/a.md", Verdict.REFUSED),
        ("fin", "outbound/fin/a.md", Verdict.AUTO),
        ("zoe", "outbound/zoe/a.md", Verdict.REFUSED),
        ("cleo", "playbooks/a.md", Verdict.REFUSED),
    ],
)
def test_who_may_write_a_text(actor: str, path: str, verdict: Verdict) -> None:
    pia: dict[str, Any] = {
        "node pia": {
            "node": "pia",
            "name": "Pia",
            "forge_id": "21",
            "roles": [{"role": "brand", "starts": "2020-01-01"}],
        },
        "user 21": {"forge_id": "21", "node": "pia"},
    }
    proposal = propose({path: "We ask, then we listen.\n"}, actor="21" if actor == "pia" else actor, given=pia)
    report = proposal.judged_by()
    assert report.verdict is verdict, show(report)


# --- places ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("country", "places", "holds"),
    [
        ("DE", (), True),
        ("", (), True),
        ("DE", ("DE",), True),
        ("DE", ("EU",), True),
        ("GB", ("EU",), False),
        ("GR", ("EU", "US"), True),
        ("US", ("EU", "US"), True),
        ("", ("EU",), False),
    ],
)
def test_a_union_stands_for_its_members(country: str, places: tuple[str, ...], *, holds: bool) -> None:
    assert holds_in(country, places) is holds
