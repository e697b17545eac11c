"""Are plain records, which are read line by line, read as libyaml reads them?"""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesrepo.domain.record import RECORD_CAP
from salesrepo.errors import RecordError
from salesrepo.store.emit import emit, emit_document
from salesrepo.store.gate import DEPTH, read_documents
from salesrepo.store.ordinary import ordinary_documents

_TO_EVENTS = b"\n# \\\n"  # with a backslash in it, no file is read line by line

RECORD = b"""\
# yaml-language-server: $schema=../schemas/deal.schema.json
deal: d-acme.com-1
opened: "2026-01-05"
lines:
  - product: pro
    quantity: "3"
    terms:
      net: "30"
  - product: basic

tags: [a, b.c, null]
empty: {}
nothing:
names:
  - Ana
  - "yes"
note: They want: it (100%), at 10:30 - see https://acme.com
last: null
"""

TEXTS = st.text(alphabet=st.sampled_from("aZ09 :#-_./\"'[]{},&*!|>%@`~?(=ä"), max_size=6)
PLAIN = st.recursive(
    TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3), max_leaves=8
)
LINES = st.builds(
    lambda depth, mark, name, value: "  " * (depth // 2) + " " * (depth % 7 == 6) + mark + name + value,
    st.integers(0, 6),
    st.sampled_from(["", "", "", "- ", "- - ", "-", "# ", "---", "? "]),
    st.sampled_from(["a: ", "b: ", "c:", "d:", "", "a b: ", '"a": ', "a :", "<<: ", "1: "]),
    TEXTS | st.sampled_from(["", "null", "~", "[]", "{}", "[a, b]", "[a: b]", '""', '"a" b', "x #y", "x # y", "a: b"]),
)


def outcome(data: bytes, *, stream: bool) -> Any:
    try:
        return read_documents(data, path="a.yml", cap=RECORD_CAP, stream=stream)
    except RecordError:
        return None


def test_a_record_as_salesrepo_writes_it_needs_no_events() -> None:
    assert ordinary_documents(RECORD, several=False, deepest=DEPTH) == outcome(RECORD + _TO_EVENTS, stream=False)


def test_so_does_a_stream() -> None:
    data = emit_document({"id": "1", "note": "One"}) + emit_document({"id": "2", "note": "Two"})
    assert ordinary_documents(data, several=True, deepest=DEPTH) == outcome(data + _TO_EVENTS, stream=True)


@pytest.mark.parametrize("levels", range(DEPTH - 2, DEPTH + 2))
def test_nesting_has_the_same_end(levels: int) -> None:
    plain: dict[str, Any] = {"a": "b"}
    for _ in range(levels):
        plain = {"a": plain}
    assert outcome(emit(plain), stream=False) == outcome(emit(plain) + _TO_EVENTS, stream=False)


@settings(max_examples=150)
@given(plain=st.dictionaries(TEXTS, PLAIN, max_size=4))
def test_what_salesrepo_writes_is_read_alike(plain: dict[str, Any]) -> None:
    data = emit(plain)
    assert outcome(data, stream=False) == outcome(data + _TO_EVENTS, stream=False)


@settings(max_examples=300)
@given(lines=st.lists(LINES, max_size=8), stream=st.booleans())
def test_lines_in_any_order_are_read_alike(lines: list[str], stream: bool) -> None:
    data = "\n".join(lines).encode()
    assert outcome(data, stream=stream) == outcome(data + _TO_EVENTS, stream=stream)


@settings(max_examples=300)
@given(data=st.data())
def test_a_record_with_a_few_bytes_changed_is_read_alike(data: st.DataObject) -> None:
    changed = bytearray(RECORD)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(changed) - 1))
        changed[at : at + data.draw(st.integers(0, 3))] = data.draw(
            st.sampled_from([b" ", b"\n", b":", b"- ", b'"', b"#", b"  ", b"x", b""])
        )
    now = bytes(changed)
    assert outcome(now, stream=False) == outcome(now + _TO_EVENTS, stream=False)
