"""What travels together, what apart, and what is left when a part of it is taken out?"""

from pathlib import Path

import pytest

from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.flows.sending.parcels import Parcel
from salesrepo.flows.sending.streams import divided, documents, is_stream
from salesrepo.flows.sending.submissions import arrived, submission_of

STREAM = b'# head\n---\nid: A\nnote: one\n---\nid: B\nnote: "---\\nno"\n---\nid: C\nnote: three\n'
LOG = "nodes/24/d/ana/log/2026/03/02-01kjq6psg07jvvav6ssy7pzjsq.yml"


def finding(*route: str | int, line: int = 0) -> Finding:
    return Finding("SR101", Severity.ERROR, "Bad.", Location(LOG, route, line, 1 if line else 0))


def test_a_parcel_is_called_what_is_left_in_it() -> None:
    units = {"a": ("a.yml", "a.lock"), "b": ("b.yml",)}
    files: dict[str, bytes | None] = dict.fromkeys(("a.yml", "a.lock", "b.yml"), b"x")
    whole = Parcel("routine", "Deal a and 1 more", files, units, titles={"a": "Deal a", "b": "Deal b"})
    left = whole.without({"a"})
    assert (left.title, set(left.files), left.units) == ("Deal b", {"b.yml"}, {"b": ("b.yml",)})
    assert whole.only({"a", "b"}).title == "Deal a and 1 more"
    assert whole.without({"a", "b"}).files == {}


def test_a_stream_is_taken_apart_at_its_documents_only() -> None:
    head, parts = documents(STREAM)
    assert (head, len(parts)) == (b"# head\n", 3)
    assert head + b"".join(parts) == STREAM
    assert documents(b"# head\n") == (b"# head\n", ())


@pytest.mark.parametrize("told", [finding(1, "note"), finding(line=7), finding(line=5)])
def test_the_document_that_is_meant_goes_and_the_others_stay(told: Finding) -> None:
    parts = divided(STREAM, [told])
    assert parts is not None
    assert parts[0].count(b"---\n") == 2 and b"id: B" not in parts[0]
    assert parts[1].startswith(b"# head\n---\nid: B")


@pytest.mark.parametrize(
    "told", [[finding()], [finding(0), finding(1), finding(2)], [finding(1), finding()], [finding(9)]]
)
def test_what_leaves_nothing_or_is_about_the_whole_file_is_not_taken_apart(told: list[Finding]) -> None:
    assert divided(STREAM, told) is None


def test_only_activities_are_streams() -> None:
    assert is_stream(LOG)
    assert not is_stream("products/pro.yml") and not is_stream("anything")


def test_what_was_being_sent_is_sent_as_the_same_again(tmp_path: Path) -> None:
    first = submission_of(tmp_path, ["a", "b"])
    assert submission_of(tmp_path, ["b", "c"]) == first  # it grew meanwhile
    assert submission_of(tmp_path, ["a"], anew=True) != first
    arrived(tmp_path, ["b", "c"])
    assert submission_of(tmp_path, ["b"]) != first
    (tmp_path / "sending.json").write_text("{")
    assert submission_of(tmp_path, ["b"])
