"""Does a stranger's text stay text in every language that it enters?"""

import csv
import io
import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from salesrepo.encode import annotation, csv_, html_, json_, markdown, step_output, xml_
from salesrepo.encode.hidden import shown
from tests.helpers.texts import ANY

# Every character, and often those that mean something somewhere.
texts = st.text(st.one_of(st.sampled_from("`*_[]()<>!@#|&\\:/\"'=+-.\n\r\t\0 \x1b\u2028\ufeffaG1%"), ANY))
few = settings(max_examples=60, deadline=None)


# --- Markdown ---------------------------------------------------------------------------------------------------------


def parts(text: str) -> list[str]:
    """The kinds of tokens that a renderer makes of a line."""
    inline = [token for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)]
    return [child.type for token in inline for child in (token.children or [token])]


@few
@given(texts)
@example("1. one")
@example("- x")
@example("***")
@example("a](https://a.example) ![b](c)")
@example("<img src=x onerror=y>")
@example("&lt;&#64;")
@example("# head")
@example("===")
def test_words_stay_words_in_markdown(text: str) -> None:
    plain = markdown.words(text)
    assert "\n" not in plain
    assert set(parts(plain)) <= {"paragraph_open", "paragraph_close", "text", "text_special"}
    said = "".join(child.content for token in MarkdownIt("commonmark").parse(plain) for child in token.children or ())
    assert said.replace("\u2060", "").strip() == re.sub("\u2060", "", shown(text)).strip()


@pytest.mark.parametrize(
    "text",
    ["@ana", "mail ana@acme.com", "Fixes #12", "acme/sales#7", "GH-12", "see https://a.example", "www.a.example"],
)
def test_what_a_forge_makes_links_of_is_broken(text: str) -> None:
    plain = MarkdownIt("commonmark").render(markdown.words(text))
    assert not re.search(r"@\w|#\d|GH-\d|://|www\.", plain)


@few
@given(texts)
@example("`")
@example("``` a ``")
@example(" ")
@example("")
def test_a_code_span_holds_all_of_its_text(text: str) -> None:
    plain = f"a {markdown.code(text)} b"
    (code,) = [t for token in MarkdownIt("commonmark").parse(plain) for t in token.children or () if t.type != "text"]
    assert (code.type, code.content.strip(" ")) == ("code_inline", shown(text).strip(" "))


@few
@given(texts)
def test_a_fenced_block_ends_where_it_is_meant_to(text: str) -> None:
    tokens = MarkdownIt("commonmark").parse(markdown.block(text) + "after\n")
    assert [token.type for token in tokens] == ["fence", "paragraph_open", "inline", "paragraph_close"]


def test_a_long_comment_is_cut_between_blocks_and_says_so() -> None:
    whole = [f"- {'ä' * 500} {n}\n" for n in range(100)]
    said = markdown.cut(whole, lambda left: f"{left} more\n")
    assert len(said.encode()) <= markdown.MOST
    kept = said.count("\n") - 1
    assert said == "".join(whole[:kept]) + f"{100 - kept} more\n"
    assert markdown.cut(whole[:10], str) == "".join(whole[:10])


# --- HTML and XML -----------------------------------------------------------------------------------------------------


class Seen(HTMLParser):
    """The tags and words that a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.words += data


@few
@given(texts)
@example('"><script>alert(1)</script>')
@example("' onload='x")
def test_words_stay_words_in_html(text: str) -> None:
    seen = Seen()
    seen.feed(f'<p title="{html_.words(text)}">{html_.words(text)}</p>')
    seen.close()
    assert seen.tags == [("p", [("title", shown(text))])]
    assert seen.words == shown(text)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "http://a.example",
        "//a.example",
        "https:///a",
        "https://ana@a.example",
        "data:x",
        "https://[",
        "https://a.example\\@b",
        " https://a.example",
        "https://a\n.example",
    ],
)
def test_only_an_https_address_becomes_a_link(address: str) -> None:
    assert html_.link(address) == ""
    assert html_.link("https://a.example/b?c=1&d='") == "https://a.example/b?c=1&amp;d=&#x27;"


@few
@given(texts)
def test_words_stay_words_in_xml(text: str) -> None:
    tree = ElementTree.fromstring(f'<a b="{xml_.words(text)}">{xml_.words(text)}</a>')
    assert (tree.get("b"), tree.text or "", len(tree)) == (shown(text), shown(text), 0)


# --- CSV --------------------------------------------------------------------------------------------------------------


@few
@given(st.lists(texts, min_size=1, max_size=3))
def test_each_row_is_one_line_and_no_text_a_formula(row: list[str]) -> None:
    told = csv_.encoded(["a"], [row]).decode()
    assert told.count("\n") == 2
    assert told.endswith("\n")
    (_, cells) = csv.reader(io.StringIO(told, newline=""), strict=True)
    for cell in cells:
        assert not cell.lstrip("\ufffd \u00a0\t").startswith(tuple("=+-@|%＝＋－＠"))
        assert not set(cell) & set("\0\r\n\t")


@pytest.mark.parametrize("blank", ["", " ", "\u00a0", "\u200b", "\ufeff", " \u200b\ufeff", "\u3000"])
@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "|cmd", "＝1", "－1", "＠x", "\t=1", "\rx", "\nx"])
def test_a_formula_is_quoted_behind_whatever_hides_it(blank: str, start: str) -> None:
    assert csv_.encoded(["a"], [[blank + start]]).decode().splitlines()[1].startswith("\"'")


@pytest.mark.parametrize("hidden", ["\ud800", "\ufffd", "\ue000", "\u202e"])
def test_a_formula_is_quoted_behind_what_is_replaced(hidden: str) -> None:
    assert csv_.encoded(["a"], [[f"{hidden}%0A"]]).decode().splitlines()[1].startswith("\"'")


def test_a_number_stays_a_number_and_a_text_a_text() -> None:
    assert csv_.encoded(["amount", "note"], [[-5, "-5"]]) == b'"amount","note"\n"-5","\'-5"\n'


# --- a workflow -------------------------------------------------------------------------------------------------------


def commands(text: str) -> list[str]:
    """The lines that a runner takes for commands."""
    lines = re.split("[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]", text)
    return [line for line in lines if line.strip().strip("\ufeff\u200b \t").startswith("::") or "##[" in line]


@few
@given(texts, texts)
@example("::error::x", "x")
@example("a\n::set-env name=X::y", ",line=1::")
@example("##[error]", "%0A")
def test_an_annotation_is_one_command_whatever_it_holds(message: str, path: str) -> None:
    told = annotation.annotation("error", message, {"file": path, "line": 3, "col": 0})
    assert commands(told) == [told.removesuffix("\n")]
    assert "##[" not in told
    head, _, said = told.removeprefix("::error ").partition("::")
    names = [pair.partition("=")[0] for pair in head.split(",")]
    assert names == (["file", "line"] if path else ["line"])
    decoded = said.removesuffix("\n").replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
    assert decoded.replace("\\", "") == "".join(c if c in "\r\n" else shown(c) for c in message).replace("\\", "")


@few
@given(texts)
@example("\u3000::error::x")
@example("\ufeff ::stop-commands::x")
@example("a\r::error::x")
@example("text ##[group]x")
def test_other_output_is_never_a_command(text: str) -> None:
    assert commands(annotation.tame(text)) == []
    if not commands(text):
        assert annotation.tame(text) == text


@pytest.mark.parametrize("value", ["auto", "refused", "true", "-12", "a" * 40, "0" * 64])
def test_verdicts_numbers_and_ids_stand_plain(value: str) -> None:
    assert step_output.step_output({"verdict": value}) == f"verdict={value}\n"


@few
@given(texts)
@example("x\nverdict=auto")
@example("auto\n")
def test_every_other_output_stands_between_delimiters_that_it_does_not_hold(text: str) -> None:
    told = step_output.step_output({"reason": f"x{text}"})
    head, _, rest = told.partition("\n")
    delimiter = head.removeprefix("reason<<")
    assert re.fullmatch(r"end-[0-9a-f]{32}", delimiter)
    assert rest == f"x{text}\n{delimiter}\n"


def test_an_output_s_name_is_ours() -> None:
    with pytest.raises(ValueError, match="no name of an output"):
        step_output.step_output({"a\nb": "auto"})


@few
@given(texts)
def test_json_reads_back_and_holds_no_command(text: str) -> None:
    told = json_.document({"a": f"##[{text}"})
    assert told.isascii() and commands(told) == []
    assert json.loads(told) == {"a": f"##[{text}"}
