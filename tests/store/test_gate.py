"""Does the gate let through what people write, and nothing else, whatever the bytes are?"""

import subprocess
import sys
import textwrap
import unicodedata
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yaml import CSafeLoader, load

from salesrepo.domain.record import RECORD_CAP, TABLE_CAP
from salesrepo.errors import RecordError
from salesrepo.store.characters import flaw_in, shown
from salesrepo.store.gate import Positions, read_documents


def read(data: bytes, *, cap: int = RECORD_CAP, stream: bool = False) -> list[dict[str, Any]]:
    return read_documents(data, path="a.yml", cap=cap, stream=stream)


class Bad(NamedTuple):
    data: bytes
    place: tuple[int, int]
    word: str


HOSTILE = {
    "too large": Bad(b"a: b\n" * 14_000, (0, 0), "at most 65,536"),
    "byte order mark": Bad(b"\xef\xbb\xbfa: b", (1, 1), "byte order mark"),
    "utf-16": Bad("a: b".encode("utf-16"), (1, 1), "not UTF-8"),
    "utf-16 without mark": Bad("a: b".encode("utf-16-le"), (1, 2), "U+0000"),
    "latin-1": Bad(b"a: b\nc: d\xe9", (2, 5), "not UTF-8"),
    "overlong": Bad(b"a: \xc0\xaf", (1, 4), "not UTF-8"),
    "surrogate bytes": Bad(b"a: \xed\xa0\x80", (1, 4), "not UTF-8"),
    "cut in a character": Bad("a: ä\nö".encode()[:-1], (2, 1), "not UTF-8"),
    "bare carriage return": Bad(b"a: b\r\nc: d\re: f\r\n", (2, 5), "carriage return"),
    "nul": Bad(b"a: b\0c", (1, 5), "U+0000"),
    "escape": Bad(b"a: \x1b[31m", (1, 4), "U+001B"),
    "delete": Bad(b"a: \x7f", (1, 4), "U+007F"),
    "next line": Bad("a: b\x85c: d".encode(), (1, 5), "U+0085"),
    "line separator": Bad("a: b\u2028c: d".encode(), (1, 5), "U+2028"),
    "right-to-left override": Bad("a: b\nc: x\u202eabc".encode(), (2, 5), "U+202E"),
    "isolate": Bad("a: x\u2066".encode(), (1, 5), "U+2066"),
    "right-to-left mark": Bad("a: x\u200f".encode(), (1, 5), "U+200F"),
    "zero-width space": Bad("a: ac\u200bme".encode(), (1, 6), "U+200B"),
    "zero-width no-break space": Bad("a: ac\ufeffme".encode(), (1, 6), "U+FEFF"),
    "soft hyphen": Bad("a: ac\xadme".encode(), (1, 6), "U+00AD"),
    "tag letter": Bad("a: x\U000e0041".encode(), (1, 5), "U+E0041"),
    "tag letter after a flag": Bad("a: \U0001f3f4\U000e0041".encode(), (1, 5), "U+E0041"),
    "private use": Bad("a: \ue000".encode(), (1, 4), "U+E000"),
    "private use, far": Bad("a: \U000f1234".encode(), (1, 4), "U+F1234"),
    "noncharacter": Bad("a: \ufdd0".encode(), (1, 4), "U+FDD0"),
    "noncharacter, far": Bad("a: \U0003ffff".encode(), (1, 4), "U+3FFFF"),
    "hangul filler": Bad("a: x\u3164".encode(), (1, 5), "U+3164"),
    "blank braille": Bad("a: x\u2800".encode(), (1, 5), "U+2800"),
    "grapheme joiner": Bad("a: x\u034fy".encode(), (1, 5), "U+034F"),
    "joiner between latin letters": Bad("a: ac\u200dme".encode(), (1, 6), "U+200D"),
    "non-joiner at an arabic word's end": Bad("a: می\u200c رود".encode(), (1, 6), "U+200C"),
    "emoji joined to a letter": Bad("a: 👩\u200dx".encode(), (1, 5), "U+200D"),
    "two joiners": Bad("a: 👩\u200d\u200d💻".encode(), (1, 5), "U+200D"),
    "variation selector after a letter": Bad("a: ac\ufe0fme".encode(), (1, 6), "U+FE0F"),
    "variation selector as data": Bad("a: 😀\U000e0150".encode(), (1, 5), "U+E0150"),
    "two variation selectors": Bad("a: ❤\ufe0f\ufe0f".encode(), (1, 6), "U+FE0F"),
    "not nfc": Bad("a: Cafe\u0301".encode(), (1, 7), "NFC"),
    "hangul in parts": Bad("a: \u1112\u1161\u11ab".encode(), (1, 4), "NFC"),
    "piled marks": Bad(("a: Z" + "\u0335" * 9).encode(), (1, 13), "combining"),
    "marks that sort slowly": Bad(("a: " + "\u0316\u0301" * 15_000).encode(), (1, 12), "combining"),
    "in a comment": Bad("a: b # \u202e".encode(), (1, 8), "U+202E"),
    "escaped escape": Bad(b'a: b\nc: "\\e[31m"', (2, 4), "U+001B"),
    "escaped line end": Bad(b'a: "b\\r\\n"', (1, 4), "U+000D"),
    "escaped next line": Bad(b'a: "\\N"', (1, 4), "U+0085"),
    "escaped override": Bad(b'a: "\\u202e"', (1, 4), "U+202E"),
    "escaped surrogate": Bad(b'a: "\\ud800"', (1, 7), "no character"),
    "escaped surrogate pair": Bad(b'a: "\\ud83d\\ude00"', (1, 7), "no character"),
    "escaped private use": Bad(b'a: "\\U000f1234"', (1, 4), "U+F1234"),
    "escaped accent": Bad(b'a: "e\\u0301"', (1, 4), "NFC"),
    "accent joined by a line escape": Bad('a: "e\\\n  \u0301"'.encode(), (1, 4), "NFC"),
    "escape in a key": Bad(b'"\\e": b', (1, 1), "U+001B"),
    "unknown escape": Bad(b'a: "\\q"', (1, 5), "escape"),
    "anchor": Bad(b"a: &x b", (1, 4), "Anchors"),
    "anchor on a list": Bad(b"a: &x [*x]", (1, 4), "Anchors"),
    "anchor on the record": Bad(b"&x\na: b", (1, 1), "Anchors"),
    "anchor on a key": Bad(b"&x a: b", (1, 1), "Anchors"),
    "alias": Bad(b"a: *x", (1, 4), "Aliases"),
    "alias as a key": Bad(b"*x : b", (1, 1), "Aliases"),
    "alias in a list": Bad(b"a:\n  - *x", (2, 5), "Aliases"),
    "python tag": Bad(b'a: !!python/object/apply:os.system ["true"]', (1, 4), "Tags"),
    "string tag": Bad(b"a: !!str b", (1, 4), "Tags"),
    "bare tag": Bad(b"a: ! b", (1, 4), "Tags"),
    "include": Bad(b"a: !include x", (1, 4), "Tags"),
    "tag on a list": Bad(b"a: !!set {b}", (1, 4), "Tags"),
    "tag on a key": Bad(b"!!str a: b", (1, 1), "Tags"),
    "tag of an unknown handle": Bad(b"a: !e!b c", (1, 4), "Tags"),
    "version directive": Bad(b"%YAML 1.1\n---\na: b", (1, 1), "Directives"),
    "wrong version directive": Bad(b"%YAML 3.0\n---\na: b", (1, 1), "Directives"),
    "tag directive": Bad(b"%TAG ! !x\n---\na: b", (1, 1), "Directives"),
    "unknown directive": Bad(b"%FOO bar\n---\na: b", (1, 5), "Directives"),
    "merge key": Bad(b"a: b\n<<: {c: d}", (2, 1), "Merge"),
    "complex key": Bad(b"? [a]\n: b", (1, 3), "plain text"),
    "list as a key": Bad(b"[a]: b", (1, 1), "plain text"),
    "empty key": Bad(b'"": b', (1, 1), "no name"),
    "no key": Bad(b": b", (1, 1), "name was expected"),
    "duplicate key": Bad(b"a: b\nc:\n  d: e\n  d: f", (4, 3), '"d" stands here twice'),
    "duplicate key in disguise": Bad(b'a: b\n"\\x61": c', (2, 1), "twice"),
    "duplicate key in braces": Bad(b"a: {b: c, b: d}", (1, 11), "twice"),
    "hostile duplicate key": Bad(("k" * 100 + ": b\n").encode() * 2, (2, 1), "k…"),
    "long key": Bad(b"? " + b"k" * 129 + b"\n: b", (1, 3), "128"),
    "long text": Bad(b"a: b\nc: " + b"x" * 16_385, (2, 4), "16,384"),
    "second document": Bad(b"a: b\n---\nc: d", (2, 1), "second document"),
    "second document after an end": Bad(b"a: b\n...\n---\nc: d", (3, 1), "second document"),
    "text after the record": Bad(b"{a: b}\nc: d", (2, 1), "goes on"),
    "empty": Bad(b"", (1, 1), "no record"),
    "only a comment": Bad(b"# nothing\n", (2, 1), "no record"),
    "empty document": Bad(b"---\n", (2, 1), "group of fields"),
    "text": Bad(b"hello", (1, 1), "group of fields"),
    "list": Bad(b"- a: b", (1, 1), "group of fields"),
    "deep lists": Bad(b"a: " + b"[" * 60_000, (1, 15), "nested"),
    "deep dashes": Bad(b"a:\n" + b"- " * 30_000, (2, 23), "nested"),
    "deep braces": Bad(b"{a: " * 16_000, (1, 49), "nested"),
    "deep questions": Bad(b"? " * 30_000, (1, 3), "plain text"),
    "many values": Bad(b"a: [" + b"b," * 6_000 + b"]", (1, 9_999), "5,000"),
    "many keys": Bad(b"a: {" + b"".join(b"%x," % n for n in range(4_000)) + b"}", (1, 9_728), "5,000"),
    "tab indent": Bad(b"a:\n\tb: c", (2, 1), "tabs"),
    "at sign": Bad(b"a: @b", (1, 4), "begin with this"),
    "colon in text": Bad(b"a: b: c", (1, 5), "colon"),
    "missing colon": Bad(b"a: b\nc\n", (3, 1), "colon is missing"),
    "wrong indent": Bad(b"a: b\n  c: d", (2, 4), "colon"),
    "outdent": Bad(b"a:\n    b: c\n  d: e\n", (3, 3), "name was expected"),
    "open quote": Bad(b'a: "b\nc: d\n', (3, 1), "never closed"),
    "open bracket": Bad(b"a: [b, c\nd: e", (2, 2), "not closed"),
    "open brace": Bad(b"a: {b: c\n", (2, 1), "not closed"),
}


@pytest.mark.parametrize("bad", HOSTILE.values(), ids=HOSTILE)
def test_refuses_with_place_and_reason(bad: Bad) -> None:
    with pytest.raises(RecordError) as caught:
        read(bad.data)
    error = caught.value
    assert (error.line, error.column) == bad.place, error.message
    assert bad.word in error.reason
    assert error.reason.endswith((".", '"'))
    assert error.path == "a.yml"
    assert error.hint
    assert len(error.message) < 200


FRIENDLY = {
    "words that YAML takes for something else": (
        b"no: NO\non: off\nt: 12:30\nz: 010\ne: 1e3\nm: 10.10\nd: 2026-11-21\nx: 0x1F\nb: yes",
        {"no": "NO", "on": "off", "t": "12:30", "z": "010", "e": "1e3", "m": "10.10"}
        | {"d": "2026-11-21", "x": "0x1F", "b": "yes"},
    ),
    "nothing": (b"a:\nb: ~\nc: null\nd: NULL\ne: [null, '']", dict.fromkeys("abcd") | {"e": [None, ""]}),
    "quoted nothing": (b"a: ''\nb: \"~\"\nc: 'null'\nd: nULL", {"a": "", "b": "~", "c": "null", "d": "nULL"}),
    "crlf": (b"a: b\r\nc: |\r\n  d\r\n  e\r\n", {"a": "b", "c": "d\ne\n"}),
    "one document with its marks": (b"# x\n---\na: b\n...\n# y\n", {"a": "b"}),
    "braces and lists": (b"a: {b: [c, {d: e}]}\nf: []\ng: {}", {"a": {"b": ["c", {"d": "e"}]}, "f": [], "g": {}}),
    "signs inside text": (b"a: b&c *d !e <<f %g", {"a": "b&c *d !e <<f %g"}),
    "tab before a comment": (b"a: b\t# c", {"a": "b"}),
    "twelve deep": (b"a: " + b"[" * 11 + b"]" * 11, {"a": [[[[[[[[[[[]]]]]]]]]]]}),
    "eight marks": (("a: Z" + "\u0335" * 8).encode(), {"a": "Z" + "\u0335" * 8}),
    "longest key and text": (b"? " + b"k" * 128 + b"\n: " + b"x" * 16_384, {"k" * 128: "x" * 16_384}),
}


@pytest.mark.parametrize(("data", "plain"), FRIENDLY.values(), ids=FRIENDLY)
def test_reads_what_was_written(data: bytes, plain: dict[str, Any]) -> None:
    assert read(data) == [plain]


TEXTS = (
    "株式会社 山田　太郎", "葛\U000e0100城市", "주식회사 한국", "می‌خواهم", "کتاب‌ها", "शक्‍ति", "र‍्य", "শ্রী র‍্যাব", "ശ്രീ ന്‍",
    "ශ්‍රී ලංකා", "👩‍💻", "👨‍👩‍👧‍👦", "👩🏽‍🚀", "❤️‍🔥", "🏳️‍🌈", "🏴‍☠️", "🇩🇪", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "1️⃣#️⃣", "™️ ©", "☎︎", "Müller & Söhne GmbH",
    "Ünïcödé Ångström", "1 000 €", "прайс-лист", "Đặng Thị", "ภาษาไทย ก็ได้", "עברית", "ἀρχή", "a\u00a0b\u202fc",
    "ᠮᠣᠩᠭᠣᠯ",
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_every_script_survives_bare_quoted_and_as_a_key(text: str) -> None:
    assert read(f'a: {text}\n"{text}": "{text}\\t"'.encode()) == [{"a": text, text: text + "\t"}]


def test_no_control_private_or_unpaired_character_passes_alone_or_among_letters() -> None:
    passed = [
        code
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in {"Cc", "Co", "Cs", "Zl", "Zp"}
        and (flaw_in(chr(code)) is None or flaw_in(f"ä{chr(code)}b") is None)
    ]
    assert passed == [9, 10]


@pytest.mark.parametrize("char", ["\u0378", "\u0558", "\U00010d40", "\U0001e5ff", "\U00040000", "\U000e0fff"])
def test_what_is_no_character_yet_is_refused_by_every_python(char: str) -> None:
    """Among them letters that Unicode took in after 14, which a younger Python knows and 3.11 does not."""
    with pytest.raises(RecordError, match=f"U\\+{ord(char):04X}"):
        read(f'a: "b{char}"'.encode())


def test_room_kept_for_emoji_and_ideographs_is_free() -> None:
    assert read("a: 🩷 \U0001fadf \U000323b0".encode()) == [{"a": "🩷 \U0001fadf \U000323b0"}]


def test_a_personal_value_is_named_and_not_repeated() -> None:
    for name, what in (("jo.doe@acme.com", "an e-mail address"), ("+49 89 123456", "a phone number")):
        with pytest.raises(RecordError) as caught:
            read(f'"{name}": a\n"{name}": b'.encode())
        assert what in caught.value.message and name not in caught.value.message


def test_a_stream_is_a_list_of_records_each_with_its_own_budget() -> None:
    many = b"---\na: [" + b"b," * 4_000 + b"]\n"
    assert [len(document["a"]) for document in read(many * 3, stream=True)] == [4_000] * 3
    assert read(b"a: b\n--- # next\na: c\n", stream=True) == [{"a": "b"}, {"a": "c"}]


@pytest.mark.parametrize(
    ("data", "place"), [(b"---\na: b\n---\n- c\n", (4, 1)), (b"---\na: b\n---\na: &x c\n", (4, 4)), (b"", (1, 1))]
)
def test_every_document_of_a_stream_is_judged(data: bytes, place: tuple[int, int]) -> None:
    with pytest.raises(RecordError) as caught:
        read(data, stream=True)
    assert (caught.value.line, caught.value.column) == place


def test_tables_may_hold_ten_times_as_many_values() -> None:
    rows = b"a:\n" + b"- b\n" * 49_000
    assert len(read(rows, cap=TABLE_CAP)[0]["a"]) == 49_000
    with pytest.raises(RecordError, match="50,000"):
        read(rows + b"- b\n" * 1_001, cap=TABLE_CAP)


DEEP = {
    "lists": b"a: " + b"[" * 100_000,
    "closed lists": b"a: " + b"[" * 100_000 + b"]" * 100_000,
    "dashes": b"a:\n" + b"- " * 100_000,
    "braces": b"{a: " * 100_000,
    "questions": b"a:\n" + b"? " * 100_000,
    "tower": b"\n".join(b" " * n + b"a:" for n in range(1_300)),
}


def test_a_hundred_thousand_levels_end_soon_and_in_a_refusal() -> None:
    program = """
        import sys
        from salesrepo.errors import RecordError
        from salesrepo.store.gate import read_documents
        for data in map(bytes.fromhex, sys.stdin.read().split()):
            try:
                read_documents(data, path="a.yml", cap=1 << 20)
            except RecordError as error:
                print(error.line, error.column)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        input=" ".join(data.hex() for data in DEEP.values()),
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert done.stdout.splitlines() == ["1 15", "1 15", "2 23", "1 49", "2 3", "13 13"]


FRAGMENTS = st.sampled_from(
    [
        text.encode()
        for text in ("a", "b: ", "- ", "\n", "  ", ": ", "? ", "[", "]", "{", "}", ", ", '"', "'", "\\", "\\u")
    ]
    + [text.encode() for text in ("&x ", "*x", "!!str ", "! ", "<<: ", "---\n", "...\n", "%YAML 1.1\n", "# ", "|\n")]
    + [
        text.encode()
        for text in (">-\n", "~", "\t", "\r\n", "\r", "é", "\u200d", "\U0001f3f4", "\0", "@", "`", "12:30")
    ]
    + [b"\\ud800", b"\xff"],
)


@settings(max_examples=400)
@given(data=st.binary(max_size=80) | st.lists(FRAGMENTS, max_size=25).map(b"".join), stream=st.booleans())
def test_garbage_is_refused_or_read_like_any_yaml(data: bytes, stream: bool) -> None:
    try:
        found = read(data, stream=stream)
    except RecordError as error:
        assert error.line >= 1
        assert error.column >= 1
        return
    if not stream:
        whole = load(data, Loader=CSafeLoader)
        assert _shape(found[0]) == _shape(whole)


def _shape(node: Any) -> Any:
    """Structure without the text, which loaders of YAML 1.1 turn into other things."""
    if isinstance(node, dict):
        return [_shape(value) for value in node.values()]
    return [_shape(item) for item in node] if isinstance(node, list) else None


RECORD = b"""\
# a comment
name: Acme
lines:
  - sku: pro
    price: "1"
  - {sku: x, price: "2"}
nested: {deep: [a, [b, c]]}
"""


@pytest.mark.parametrize(
    ("route", "place"),
    [
        ((), (2, 1)),
        (("name",), (2, 1)),
        (("lines",), (3, 1)),
        (("lines", 0), (4, 5)),
        (("lines", 0, "price"), (5, 5)),
        (("lines", 1, "price"), (6, 14)),
        (("lines", 1, "quantity"), (6, 5)),
        (("lines", 7, "price"), (3, 1)),
        (("nested", "deep", 1, 1), (7, 24)),
        (("name", "inner"), (2, 1)),
        (("missing",), (2, 1)),
    ],
)
def test_position_is_the_field_or_the_nearest_that_exists(route: tuple[str | int, ...], place: tuple[int, int]) -> None:
    assert Positions(RECORD).at(route) == place


def test_position_in_a_stream_begins_with_the_document() -> None:
    places = Positions(b"---\na: b\n---\na: c\nd:\n  - e\n")
    assert [places.at((0, "a")), places.at((1, "d", 0)), places.at((2, "a"))] == [(2, 1), (6, 5), (0, 0)]


def test_messages_show_nothing_invisible_and_little() -> None:
    assert shown("a\x1b[31m\u202eb") == '"a\ufffd[31m\ufffdb"'
    assert shown("株" * 100) == '"' + "株" * 59 + '…"'
    assert [shown([]), shown({}), shown(None)] == ["a list", "a group of fields", "empty"]
