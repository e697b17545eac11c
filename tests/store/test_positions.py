"""Does it cost one look at a file to say where its findings stand, however many there are?"""

from collections.abc import Iterator

import pytest

from salesrepo.domain.finding import Location
from salesrepo.domain.kinds.activity import ACTIVITY
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.store import gate
from salesrepo.store.changes import problems_of
from salesrepo.store.gate import Positions
from salesrepo.store.model import MOST_PROBLEMS
from salesrepo.store.positions import places_in
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.store.trees import overlay_bytes
from tests.checks.build import Nothing

PATHS = [DEAL.path.fill(account="d-acme.com", deal=f"d-acme.com-{number}") for number in (1, 2)]
MANY = 400


@pytest.fixture
def parses(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How many bytes were parsed each time that a parser was made."""
    seen: list[int] = []
    real = gate.CParser

    def counted(data: bytes) -> object:
        seen.append(len(data))
        return real(data)

    monkeypatch.setattr(gate, "CParser", counted)
    yield seen


def test_a_file_is_parsed_once_however_many_findings_it_has_and_in_whatever_order(parses: list[int]) -> None:
    data = b"also_for:\n" + b"".join(b"  - x%d\n" % number for number in range(MANY))
    after = RecordSnapshot(overlay_bytes(Nothing(), dict.fromkeys(PATHS, data)), "0" * 40)
    locate = places_in(after)
    for number in range(MANY):
        for path in PATHS:
            at = locate(Location(path, ("also_for", number)))
            assert (at.line, at.column) == (number + 2, 5)
    assert parses == [len(data)] * 2


def test_what_is_wrong_with_a_long_stream_costs_no_more_than_one_record_may(parses: list[int]) -> None:
    data = b"---\n".join([b"id: no\n"] * MANY)
    found = problems_of(ACTIVITY, data, path="a.yml")
    assert 0 < len(found) < 2 * MOST_PROBLEMS and len(parses) <= 2
    assert {(problem.line, problem.column) for problem in found if problem.route[0] == 1} == {(3, 1)}


ROUTES = ((), ("a",), ("a", "b"), ("a", 1, "b"), ("a", 2, 0), ("last",), (1, "d", 0), (2, "a"), ("zz",))
TOP, NOWHERE = (1, 1), (0, 0)
ONLY_ITS_TOP = (*[TOP] * 6, NOWHERE, NOWHERE, TOP)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            b"a: [1, {b: c}, [d]]\n? [complex, key]\n: {v: w}\nlast: x\n",
            (TOP, TOP, TOP, (1, 9), (1, 17), (4, 1), NOWHERE, NOWHERE, TOP),
        ),
        (b"---\na: b\n---\na: c\nd:\n  - e\n", (*[(2, 1)] * 6, (6, 5), NOWHERE, (2, 1))),
        (b"a: {b: [", (TOP, TOP, (1, 5), *[TOP] * 3, NOWHERE, NOWHERE, TOP)),
        (b"", (NOWHERE,) * 9),
        (b"[" * 5_000, ONLY_ITS_TOP),
        (b"? " * 3_000, ONLY_ITS_TOP),
    ],
)
def test_bytes_that_are_odd_broken_or_hostile_have_their_places(
    data: bytes, expected: tuple[tuple[int, int], ...]
) -> None:
    places = Positions(data)
    assert tuple(map(places.at, ROUTES)) == expected
