"""Is what a person wrote still there, to the byte, after a command changed one value?"""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesrepo.errors import RecordError
from salesrepo.store.edit import Change, edit
from salesrepo.store.gate import Route, read_documents

KEPT = """\
# The layers that we sell in. Ask Ana before you change this.

name:   "Acme"      # as registered
country: DE
#  - old: gone
amount: 12345678901234567890.10   # never a float
ratio: 010.1000
day: 2026-01-02
nothing:
tilde: ~
quoted: 'it''s'
folded: >-
  two lines
  that fold
block: |
  # no comment
   keeps its indent

wrapped: a text that
  goes on here
list:
  # the first
  - a   # one
  - 'b'

  # the third
  - c
inline: {x: 1,y: [1,2]}
people:
  - node: ana-lima   # lead
    until: 2026-06-30
  - node: bo
    tags: [x, y]

# about the last part
deep:
    four:
        eight: yes
last: z
# the end
"""


def change(text: str, changes: dict[Route, Change]) -> str:
    return edit(text.encode(), changes, path="a.yml").decode()


def lines_changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """Lines that went and lines that came; the lines that stay keep their order, so that comparing sets suffices."""
    old, new = before.split("\n"), after.split("\n")
    return [line for line in old if line not in new], [line for line in new if line not in old]


@pytest.mark.parametrize("changes", [{}, {("name",): "Acme"}, {("list", 1): "b"}, {("inline", "y"): ["1", "2"]}])
def test_no_change_is_the_same_bytes(changes: dict[Route, Change]) -> None:
    assert change(KEPT, changes) == KEPT
    assert change(KEPT, {**changes, ("deep", "never"): None, ("nothing",): None, ("people", 2): None}) in (
        KEPT,
        KEPT.replace("nothing:\n", ""),
    )


TEXT_CHANGES: list[tuple[Route, str, str, str]] = [
    (("name",), "Beta", 'name:   "Acme"      # as', 'name:   "Beta"      # as'),
    (("country",), "NO", "country: DE", 'country: "NO"'),
    (("amount",), "2.50", "12345678901234567890.10 ", '"2.50" '),
    (("nothing",), "new", "nothing:\n", "nothing: new\n"),
    (("tilde",), "new", "tilde: ~", "tilde: new"),
    (("quoted",), "isn't", "'it''s'", "'isn''t'"),
    (("quoted",), "a\nb", "'it''s'", '"a\\nb"'),
    (("wrapped",), "short", "a text that\n  goes on here", "short"),
    (("list", 0), "it: is", "- a   # one", '- "it: is"   # one'),
    (("inline", "y", 1), "a, b", "[1,2]", '[1,"a, b"]'),
    (("people", 0, "until"), "2027-01-31", "until: 2026-06-30", 'until: "2027-01-31"'),
    (("deep", "four", "eight"), "👩‍💻", "eight: yes", "eight: 👩‍💻"),
]


@pytest.mark.parametrize(("route", "value", "old", "new"), TEXT_CHANGES)
def test_a_text_changes_where_it_stands_and_nothing_else_moves(route: Route, value: str, old: str, new: str) -> None:
    assert change(KEPT, {route: value}) == KEPT.replace(old, new)


LINE_CHANGES: list[tuple[Route, Change, list[str], list[str]]] = [
    (("block",), "other\n  text\n", ["  # no comment", "   keeps its indent"], ["  other", "    text"]),
    (("country",), None, ["country: DE"], []),
    (("list", 0), None, ["  - a   # one"], []),
    (("list", 2), None, ["  - c"], []),
    (("list", 3), "d", [], ["  - d"]),
    (("list", 3), {"k": "no", "l": ["1"]}, [], ["  - k: \"no\"", "    l:", "      - \"1\""]),
    (("people", 0), None, ["  - node: ana-lima   # lead", "    until: 2026-06-30"], []),
    (("people", 0, "role"), "owner", [], ["    role: owner"]),
    (("people", 1, "role"), "owner", [], ["    role: owner"]),
    (("people", 2), {"node": "cy"}, [], ["  - node: cy"]),
    (("people", 1, "tags"), ["z"], ["    tags: [x, y]"], ["    tags:", "      - z"]),
    (("new",), "10", [], ['new: "10"']),
    (("folded",), None, ["folded: >-", "  two lines", "  that fold"], []),
    (("list",), None, ["list:", "  # the first", "  # the third", "  - a   # one", "  - 'b'", "  - c"], []),
    (("inline",), None, ["inline: {x: 1,y: [1,2]}"], []),
    (("wrapped",), None, ["wrapped: a text that", "  goes on here"], []),
]  # fmt: skip


@pytest.mark.parametrize(("route", "value", "gone", "come"), LINE_CHANGES)
def test_lines_come_and_go_and_comments_stay(route: Route, value: Change, gone: list[str], come: list[str]) -> None:
    after = change(KEPT, {route: value})
    lost, found = lines_changed(KEPT, after)
    assert [line for line in lost if line not in gone] == []
    assert found == come
    assert [line for line in gone if line not in lost] == []


def test_what_is_new_stands_above_the_comment_on_what_follows() -> None:
    assert "    tags: [x, y]\n    role: owner\n\n# about the last part\ndeep:" in change(
        KEPT, {("people", 1, "role"): "owner"}
    )
    assert change("a:\n- b\n# on c\nc: d\n", {("a", 1): "e"}) == "a:\n- b\n- e\n# on c\nc: d\n"


@pytest.mark.parametrize(
    ("before", "changes", "after"),
    [
        ("a: b\r\nc:\r\n  - d\r\n", {("a",): "x", ("c", 1): "e"}, "a: x\r\nc:\r\n  - d\r\n  - e\r\n"),
        ("a: b", {("a",): "x"}, "a: x"),
        ("a: b", {("c",): "x"}, "a: b\nc: x"),
        ("a: b\nc: d", {("c",): None}, "a: b"),
        ("---\na: b\n...\n", {("c",): "x"}, "---\na: b\nc: x\n...\n"),
        ("a:\n- b\n- c:   d\n  e: f\n", {("a", 2): "x"}, "a:\n- b\n- c:   d\n  e: f\n- x\n"),
        ("a:\n    - b\n    - c\n", {("a", 2): "x"}, "a:\n    - b\n    - c\n    - x\n"),
        ("a: {}\n", {("a", "b"): "c"}, "a:\n  b: c\n"),
        ("a: []\n", {("a", 0): "c, d"}, 'a:\n  - "c, d"\n'),
        ("a:\n  b: c\n", {("a", "b"): None}, "a: {}\n"),
        ("a: b\n", {("a",): None, ("NO",): "1"}, '"NO": "1"\n'),
        ("a: b # why\n", {("a",): ["c"]}, "a:   # why\n  - c\n"),
        ("a:\n  b: 1\n", {("a", "c"): "2", ("a", "b"): None, ("a", "d"): "3"}, 'a:\n  c: "2"\n  d: "3"\n'),
    ],
)  # fmt: skip
def test_layouts(before: str, changes: dict[Route, Change], after: str) -> None:
    assert change(before, changes) == after


@pytest.mark.parametrize(
    ("data", "changes", "word"),
    [
        (b"a: &x b\n", {("a",): "c"}, "Anchors"),
        (b"a: b\n---\nc: d\n", {("a",): "c"}, "second document"),
        (b"a: b\n", {("a",): "\x1b"}, "U+001B"),
        (b"a: b\n", {("b", "c"): "d"}, "nothing at b.c"),
        (b"a: [b]\n", {("a", 3): "d"}, "nothing at a.3"),
        (b"a: [b]\n", {("a", -1): "d"}, "nothing at a.-1"),
        (b"a: [b]\n", {("a", "b"): "d"}, "nothing at a.b"),
        (b"a: b\n", {(): "d"}, "nothing at"),
        (b"a: [b,c]\n", {("a", 2): "d"}, "layout"),
    ],
)
def test_refuses(data: bytes, changes: dict[Route, Change], word: str) -> None:
    with pytest.raises(RecordError, match=re.escape(word)):
        edit(data, changes, path="a.yml")


SCALARS = st.sampled_from(
    ["x", '"x"', "'x'", "12", "", "~", "{p: q}", "[r,s]", "[]", "x   # why", "|\n      x\n      # y"]
)
ITEMS = st.lists(SCALARS.filter(lambda text: "|" not in text), min_size=1, max_size=3)
GAPS = st.sampled_from(["", "", "", "\n", "# note\n", "\n  # inner\n", "    # deep\n\n"])


@st.composite
def files(draw: st.DrawFn) -> str:
    """A file in the hand of someone who indents and spaces as they like."""
    text = draw(GAPS)
    for key in draw(st.lists(st.sampled_from("abcd"), min_size=1, max_size=4, unique=True)):
        indent = draw(st.sampled_from(["", "  ", "    "]))
        body = draw(SCALARS | ITEMS)
        if isinstance(body, str):
            text += f"{key}:{' ' * draw(st.integers(1, 3))}{body}\n"
        elif draw(st.booleans()):
            text += f"{key}:\n" + "".join(f"{indent}- {item}\n" + draw(GAPS) for item in body)
        else:
            text += f"{key}:\n" + "".join(f"  {indent}k{n}: {item}\n" + draw(GAPS) for n, item in enumerate(body))
        text += draw(GAPS)
    return text


ROUTES = st.tuples(st.sampled_from("abce")) | st.tuples(
    st.sampled_from("abcd"), st.sampled_from([0, 1, "k0", "k1", "n"])
)
VALUES = st.sampled_from(["new", "no", "a: b", "two\nlines\n", None, ["p", "q"], {"p": "1", "q": ["r"]}, []])


@settings(max_examples=150)
@given(text=files(), route=ROUTES, value=VALUES, crlf=st.booleans())
def test_any_edit_does_what_it_says_or_refuses_and_touches_nothing_else(
    text: str, route: Route, value: Change, crlf: bool
) -> None:
    text = text.replace("\n", "\r\n") if crlf else text
    before = read_documents(text.encode(), path="", cap=1 << 16)[0]
    assert change(text, {}) == text
    try:
        after = change(text, {route: value})
    except RecordError:
        return
    node = read_documents(after.encode(), path="", cap=1 << 16)[0]
    if node == before:
        assert after == text
    for step in route:
        node = node[step] if value is not None else None  # type: ignore[index]
    assert node == value
    around, rest = neighbours(text, route)
    assert after.startswith(around)
    assert after.endswith(rest)
    assert (after.count("\r\n") == after.count("\n")) == (crlf or "\n" not in text)


def neighbours(text: str, route: Route) -> tuple[str, str]:
    """What stands above the first field of `route` and below it, comments on what follows it included."""
    lines = text.splitlines(keepends=True)
    fields = [number for number, line in enumerate(lines) if line[0] in "abcd"] + [len(lines)]
    start = next((number for number in fields[:-1] if lines[number][0] == route[0]), None)
    if start is None:
        return text.rstrip(), ""
    end = fields[fields.index(start) + 1]
    if len(route) == 1:
        while lines[end - 1].strip()[:1] in ("", "#") and lines[end - 1].strip() != "# y":
            end -= 1
    return "".join(lines[:start]), "".join(lines[end:])
