"""Is a path of the layout the one that its ids give, and is no other text a path of it?"""

import re
from typing import Any, get_args

from hypothesis import given
from hypothesis import strategies as st

from salesrepo.domain.kinds.registry import KINDS, LEDGER_KINDS
from salesrepo.domain.paths import MAX_PATH, place_of
from salesrepo.domain.record import Kind, is_device_name
from tests.fuzz.budget import timed
from tests.fuzz.material import DIGITS, LETTERS, RECORDS, out_of, texts

SEGMENT = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}", re.ASCII)
IDS = out_of(LETTERS + DIGITS + "._-", 0, 20).map(lambda text: f"a{text}1") | st.sampled_from(
    ["con", "nul.x", "aux", "d-acme.com", "a" * 100, "com1", "a.b", "a..b", "1"]
)


@st.composite
def filled(draw: st.DrawFn) -> tuple[Kind[Any], dict[str, str], str]:
    kind = draw(st.sampled_from(KINDS))
    ids = {slot: draw(IDS) for slot in kind.path.slots}
    return kind, ids, kind.path.fill(**ids)


@timed
@given(filled())
def test_ids_give_a_path_that_gives_the_ids(told: tuple[Kind[Any], dict[str, str], str]) -> None:
    kind, ids, path = told
    place = place_of(path)
    if place is None:
        assert len(path) > MAX_PATH or any(is_device_name(part) for part in path.split("/"))
        return
    assert place.kind.path.fill(**place.ids) == path
    if place.kind is kind and "".join(ids.values()).isalnum():  # signs part the ids of some kinds
        assert place.ids == ids


@timed
@given(
    texts
    | st.tuples(st.sampled_from([path for path, _ in RECORDS]), st.integers(0, 60), texts).map(
        lambda t: t[0][: t[1]] + t[2] + t[0][t[1] :]
    )
)
def test_any_text_is_exactly_one_path_of_the_layout_or_none(path: str) -> None:
    place = place_of(path)
    if place is None:
        return
    assert place.path == path == place.kind.path.fill(**place.ids)
    assert path.isascii() and path == path.lower() and len(path) <= MAX_PATH
    assert all(SEGMENT.fullmatch(part) and not is_device_name(part) and part[-1] != "." for part in path.split("/"))
    assert get_args(place.kind.value) == ()


@timed
@given(texts)
def test_the_ledger_takes_no_other_path_either(path: str) -> None:
    for kind in LEDGER_KINDS:
        ids = kind.path.match(path)
        assert ids is None or kind.path.fill(**ids) == path
