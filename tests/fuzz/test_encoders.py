"""Does text stay text in every sink, as those who read the sink (parsers, runners, terminals) see it?"""

import csv
import html
import io
import json
import re
import unicodedata
from datetime import date
from typing import Any
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from salesrepo.cli.console import term
from salesrepo.domain.finding import CheckReport, Finding, Location, Severity, Skipped, Waived
from salesrepo.encode import annotation, csv_, html_, json_, markdown, step_output, xml_
from salesrepo.encode.hidden import shown
from salesrepo.report.registry import FORMATS, render
from tests.fuzz.budget import timed
from tests.fuzz.material import out_of, texts

BREAKS = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
FORMULA = "=+-@|%＝＋－＠｜％\t\r\n"
MOVES = {"Cc", "Cs", "Zl", "Zp"}
TURNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@timed
@given(texts, st.booleans())
def test_nothing_moves_a_terminal(text: str, lines: bool) -> None:
    safe = term(text, lines=lines)
    moving = {char for char in safe if unicodedata.category(char) in MOVES or char in TURNS}
    assert moving <= ({"\n"} if lines else set())
    assert term(safe, lines=lines) == safe


def commands(log: str) -> list[str]:
    """The lines that a runner of workflows takes for commands."""
    lines = (line.lstrip().lstrip("\ufeff\u200b \x00").lstrip() for line in BREAKS.split(log))
    return [line for line in lines if line.startswith("::") or "##[" in line]


@timed
@given(texts, texts)
def test_an_annotation_is_one_command_and_a_tame_text_none(text: str, name: str) -> None:
    told = annotation.annotation("error", text, {"file": name, "line": 3, "title": text})
    assert len(BREAKS.split(told)) == 2 and told.endswith("\n")
    assert len(commands(told)) == 1 and "##[" not in told
    properties = told.removeprefix("::error ").partition("::")[0]
    assert {part.partition("=")[0] for part in properties.split(",")} <= {"file", "line", "title"}
    assert commands(annotation.tame(text)) == []


@timed
@given(st.lists(st.tuples(texts, st.integers(-(10**12), 10**12)), max_size=5))
def test_a_table_is_one_line_a_row_and_no_text_is_a_formula(rows: list[tuple[str, int]]) -> None:
    data = csv_.encoded(("name", "amount"), rows).decode()
    assert data.count("\n") == len(rows) + 1
    read = list(csv.reader(io.StringIO(data, newline=""), strict=True))[1:]
    assert [cells[1] for cells in read] == [str(amount) for _, amount in rows]
    for cell, _ in read:
        bare = cell.lstrip("\ufffd\u200c\u200d" + "".join(map(chr, range(33))) + "\u00a0\u3000")
        assert not bare.startswith(tuple(FORMULA)) or cell.startswith("'"), cell


@timed
@given(texts)
def test_text_in_html_and_xml_is_no_markup(text: str) -> None:
    written = html_.words(text)
    assert not set("<>\"'`") & set(written)
    assert html.unescape(written) == shown(text)
    root = ElementTree.fromstring(f'<a b="{xml_.words(text)}">{xml_.words(text)}</a>')
    assert root.attrib["b"] == root.text or not text
    assert len(root) == 0
    address = html.unescape(html_.link(text))
    assert address == "" or re.match(r"https://[^\s\"'<>@\\]+", address)


@timed
@given(st.dictionaries(texts, texts | st.lists(texts, max_size=3) | st.integers(), max_size=4))
def test_a_document_reads_back_in_plain_ascii(value: dict[str, Any]) -> None:
    written = json_.document(value)
    assert written.isascii() and "\x7f" not in written and "##[" not in written
    assert json.loads(written) == value
    assert commands(written) == []


READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def marks(written: str) -> set[str]:
    """The elements that a reader of Markdown makes of a text."""
    return set(re.findall(r"<(/?[a-z0-9]+)", READER.render(written)))


@timed
@given(texts)
def test_text_in_markdown_is_words_code_or_a_block_and_nothing_else(text: str) -> None:
    assert marks(f"- {markdown.words(text)} -\n") <= {"ul", "/ul", "li", "/li"}
    assert marks(f"{markdown.words(text)}\n") <= {"p", "/p"}
    assert marks(f"a {markdown.code(text)} b\n") == {"p", "/p", "code", "/code"}
    assert marks(f"{markdown.block(text)}") == {"pre", "/pre", "code", "/code"}
    bare = re.sub(r"\\([^\w\s])", r"\1", markdown.words(text), flags=re.ASCII)
    assert not re.search(r"(?:^|\W)[@#]\w|\bGH-\d|://", bare, re.ASCII | re.IGNORECASE)


@timed
@given(st.dictionaries(out_of("abz", 1, 9), texts.filter(lambda t: "\r" not in t), max_size=4))
def test_a_runner_reads_the_values_that_were_meant(values: dict[str, str]) -> None:
    assert read_output(step_output.step_output(values)) == values


def read_output(text: str) -> dict[str, str]:
    """As a runner reads the file behind GITHUB_OUTPUT."""
    found, lines = {}, text.split("\n")
    while lines and (line := lines.pop(0)):
        name, sign, rest = line.partition("=") if "=" in line.partition("<<")[0] else line.partition("<<")
        if sign == "=":
            found[name] = rest
            continue
        end = lines.index(rest)
        found[name] = "\n".join(lines[:end])
        lines = lines[end + 1 :]
    return found


SHORT = texts.map(lambda text: text[:60])
PLACES = st.builds(
    Location, SHORT, st.lists(SHORT | st.integers(0, 9), max_size=3).map(tuple), st.integers(0, 9), st.integers(0, 9)
)
FINDINGS = st.builds(
    Finding,
    st.sampled_from(["SR101", "SR999"]),
    st.sampled_from(Severity),
    SHORT,
    PLACES,
    SHORT,
    st.lists(SHORT, max_size=2).map(tuple),
)
REPORTS = st.builds(
    CheckReport,
    st.lists(FINDINGS, max_size=4).map(tuple),
    st.lists(st.builds(Skipped, st.just("SR102"), SHORT), max_size=2).map(tuple),
    st.integers(0, 9),
    waived=st.lists(st.builds(Waived, FINDINGS, SHORT, st.just(date(2027, 1, 1)), PLACES), max_size=2).map(tuple),
)


@timed
@given(REPORTS, st.booleans())
def test_every_format_holds_any_report(report: CheckReport, plain: bool) -> None:
    written = {name: render(name, report, plain=plain) for name in FORMATS}
    for name in ("json", "sarif"):
        json.loads(written[name])
        assert commands(written[name]) == []
    ElementTree.fromstring(written["junit"])
    told = commands(written["github"])
    assert all(re.match(r"::(?:error|warning|notice)(?: |::)", line) and "##[" not in line for line in told)
    assert len(told) == len(report.findings) + len(report.waived) + len(report.skipped)
    assert not {tag for tag in marks(written["markdown"]) if tag.strip("/") in ("a", "img", "script", "h1", "table")}
    assert term(written["text"], lines=True) == written["text"] or not plain
