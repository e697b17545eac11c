"""Does every tool read back the text that was written, and is the YAML what a person would write?"""

from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from salesrepo.domain.record import TABLE_CAP
from salesrepo.store.characters import flaw_in
from salesrepo.store.emit import emit, emit_document, scalar
from salesrepo.store.gate import read_documents
from tests.helpers.texts import ANY

RECORD = {
    "deal": "d-acme.com-2",
    "note": "Second meeting: wants it\ncheaper",
    "price": "1054.00",
    "close": "2026-12-15",
    "owner": None,
    "who": "株式会社 👩‍💻 Müller & Söhne",
    "lines": [{"sku": "pro", "tags": ["a", "no"], "extra": {"x": "z"}}, {"sku": "12:30"}],
    "grid": [["a", ["b"]], []],
    "none": [],
    "empty": {},
    "NO": {"on": "off"},
}
TEXT = """\
# yaml-language-server: $schema=../schemas/deal.json
deal: d-acme.com-2
note: "Second meeting: wants it\\ncheaper"
price: "1054.00"
close: "2026-12-15"
who: 株式会社 👩‍💻 Müller & Söhne
lines:
  - sku: pro
    tags:
      - a
      - "no"
    extra:
      x: z
  - sku: "12:30"
grid:
  - - a
    - - b
  - []
none: []
empty: {}
"NO":
  "on": "off"
"""


def test_writes_what_a_person_would() -> None:
    assert emit(RECORD, schema="../schemas/deal.json").decode() == TEXT


def test_documents_of_a_stream_follow_each_other() -> None:
    stream = b"# head\n" + emit_document({"a": "b"}) + emit_document({"a": "1"})
    assert stream == b'# head\n---\na: b\n---\na: "1"\n'
    assert read_documents(stream, path="", cap=TABLE_CAP, stream=True) == [{"a": "b"}, {"a": "1"}]


@pytest.mark.parametrize(
    "text",
    [
        "acme",
        "Acme Ltd",
        "d-acme.com-2",
        "http://a.b/c?d=e#f",
        "a:b",
        "it's",
        'the "best"',
        "a, b [c] {d}",
        "ana-lima",
        "x",
        "Nobody",
        "/usr",
        "_a",
        "Ünï",
        "山田　太郎",
        "👩‍💻 hi",
        "€ 5",
        "ok!",
        "a-b - c",
        "a\\b",
        "none",
    ],
)
def test_ordinary_words_stay_bare(text: str) -> None:
    assert scalar(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "a ",
        " a",
        "\ta",
        "a\nb",
        "a\tb",
        "a: b",
        "a:",
        "a #b",
        "- a",
        "-",
        "? a",
        ": a",
        "#a",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "%a",
        "@a",
        "`a",
        "'a",
        '"a',
        "[a",
        "{a",
        "]",
        "}",
        ",a",
        "~",
        "=",
        "<<",
        "---",
        "...",
        "null",
        "Null",
        "no",
        "NO",
        "on",
        "Off",
        "y",
        "N",
        "True",
        "false",
        "yes",
        ".inf",
        "-.INF",
        ".NaN",
        "nan",
        "Infinity",
        "0",
        "010",
        "0o7",
        "0x1F",
        "1e3",
        "1_000",
        "+5",
        "-5",
        ".5",
        "5.",
        "12:30",
        "190:20:30",
        "1054.00",
        "12.5%",
        "2026-11-21",
        "2026-11-21T10:05:00Z",
        "01hzx3",
        "3M",
        "1️⃣",
        "a\u2028b",
        "a\x85",
        "\ufeffa",
        "a\ud800",
        "a\u00a0",
    ],
)
def test_what_could_be_something_else_is_quoted(text: str) -> None:
    written = scalar(text)
    assert written.startswith('"')
    written.encode()  # nothing that UTF-8 cannot hold is left bare
    assert yaml.safe_load(written.replace("\\ud800", "")) == text.replace("\ud800", "")


@pytest.mark.parametrize("value", [5, True, date(2026, 1, 1), 1.5, b"x"])
def test_only_text_can_be_written(value: object) -> None:
    with pytest.raises(TypeError, match=type(value).__name__):
        emit({"a": value})


def test_a_list_cannot_hold_nothing() -> None:
    with pytest.raises(TypeError):
        emit({"a": [None]})


PIECES = st.sampled_from(
    "a b A no on null ~ - ? : # & * ! | > ' \" % @ ` { } [ ] , . = < \\ 0 1 9 e + _ 株 é 👩‍💻 می‌خ".split()
)
ALLOWED = st.one_of(
    st.text(ANY, max_size=12).filter(lambda text: flaw_in(text) is None),
    st.lists(PIECES | st.sampled_from(" \n\t"), max_size=8).map("".join).filter(lambda text: flaw_in(text) is None),
    st.from_regex(r"\A[-+.0-9xeEoT_:]{1,12}\Z", alphabet=ANY),
)
KEYS = ALLOWED.filter(lambda text: text not in ("", "<<"))
NODES: st.SearchStrategy[Any] = st.recursive(
    ALLOWED,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=6,
)


@settings(max_examples=40)
@given(plain=st.dictionaries(KEYS, NODES, max_size=5))
def test_the_gate_and_every_loader_read_the_same_text(plain: dict[str, Any]) -> None:
    data = emit(plain)
    assert read_documents(data, path="", cap=TABLE_CAP) == [plain]
    assert yaml.safe_load(data) == plain
    assert yaml.load(data, Loader=yaml.CSafeLoader) == plain
    assert YAML(typ="safe", pure=True).load(data) == plain
    assert emit_document(plain) == b"---\n" + data


@given(plain=st.dictionaries(st.text(ANY, max_size=5), st.text(ANY, max_size=10), max_size=4))
def test_any_text_at_all_becomes_utf8(plain: dict[str, str]) -> None:
    assert emit(plain).decode().endswith("\n")
