"""Does the reader let in nothing but records, whatever the bytes, and say where and why it does not?"""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from salesrepo.domain.paths import place_of
from salesrepo.domain.record import RECORD_CAP
from salesrepo.errors import RecordError
from salesrepo.store.characters import flaw_in
from salesrepo.store.comments import first_comment
from salesrepo.store.emit import emit, emit_document
from salesrepo.store.gate import Positions, continued_lines, read_documents, text_spans
from salesrepo.store.plain import to_plain
from salesrepo.store.snapshot import parse
from tests.fuzz.budget import timed
from tests.fuzz.material import RECORDS, SIGNS, mutated

RAW = st.binary(max_size=300) | st.lists(
    st.sampled_from([sign.encode("utf-8", "surrogatepass") for sign in SIGNS] + [b"a", b"b: ", b"  ", b"\n"]),
    max_size=40,
).map(b"".join)


@timed
@given(data=RAW, stream=st.booleans())
def test_any_bytes_are_a_record_or_a_refusal_with_its_place(data: bytes, stream: bool) -> None:
    try:
        found = read_documents(data, path="a.yml", cap=RECORD_CAP, stream=stream)
    except RecordError as refused:
        assert refused.reason and refused.hint and refused.path == "a.yml"
        assert refused.line >= 1 and refused.column >= 1
        assert flaw_in(refused.message.replace("\ufffd", "")) is None, refused.message
        return
    meant = [_said(record) for record in found]  # a field that says nothing is not written
    written = b"".join(map(emit_document, meant)) if stream else emit(meant[0])
    assert read_documents(written, path="a.yml", cap=8 * RECORD_CAP, stream=stream) == meant
    assert all(line < data.count(b"\n") + 2 for line in continued_lines(data))
    assert all(0 <= start <= end <= len(data) for start, end, _ in text_spans(data))
    first_comment(data)


def _said(node: Any) -> Any:
    if isinstance(node, dict):
        return {name: _said(inner) for name, inner in node.items()}
    return [_said(item) for item in node] if isinstance(node, list) else node or ""


@timed
@given(mutated())
def test_a_changed_record_is_a_value_or_a_refusal(changed: tuple[str, bytes]) -> None:
    path, data = changed
    place = place_of(path)
    assert place is not None
    kind = place.kind
    try:
        values = parse(kind, data, path=path)
    except RecordError as refused:
        assert refused.reason
        return
    if kind.pointer or kind.words:
        return
    plain = [to_plain(value) for value in values]
    written = b"".join(map(emit_document, plain)) if kind.stream else emit(plain[0])
    assert parse(kind, written, path=path) == values


@timed
@given(mutated(), st.lists(st.integers(0, 5) | st.sampled_from(["name", "lines", "price", "x"]), max_size=5))
def test_any_route_has_a_place_in_any_bytes(changed: tuple[str, bytes], route: list[str | int]) -> None:
    _, data = changed
    line, column = Positions(data).at(tuple(route))
    assert (line, column) == (0, 0) or (line >= 1 and column >= 1)


def test_there_is_something_to_change() -> None:
    assert len(RECORDS) > 40
