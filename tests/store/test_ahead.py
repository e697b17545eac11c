"""Does reading ahead bring the same bytes, and the same refusals, as reading one by one?"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from salesrepo.domain.record import RECORD_CAP
from salesrepo.errors import RecordError, UnavailableError
from salesrepo.store.ahead import Ahead
from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.objects import Objects
from salesrepo.vcs.transfer import init_bare

ABSENT = "ab" * 20
FILES = {f"f{n:03}": b"%d" % n * (n % 7 + 1) for n in range(450)} | {"large": b"x" * (RECORD_CAP + 1)}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Objects, dict[str, str]]]:
    repo: Path = tmp_path_factory.mktemp("ahead") / "repo.git"
    init_bare(repo)
    changes = {path: ("100644", data) for path, data in FILES.items()}
    (commit,) = write_commits(repo, [Draft(changes, "files\n", 1_760_000_000)], parent=None)
    with Objects(repo) as objects:
        yield objects, {path: blob.oid for path, blob in objects.files(commit)}


def test_in_order_backwards_and_unforetold_the_bytes_are_the_same(opened: tuple[Objects, dict[str, str]]) -> None:
    objects, oids = opened
    ahead = Ahead(objects, [oids[path] for path in sorted(oids) if path != "f007"])
    small = [path for path in sorted(FILES) if path != "large"]
    for order in (small, small[::-1], small[::61]):
        assert [ahead(oids[path], RECORD_CAP) for path in order] == [FILES[path] for path in order]


def test_a_cap_holds_whoever_read_it_first(opened: tuple[Objects, dict[str, str]]) -> None:
    objects, oids = opened
    ahead = Ahead(objects, oids.values())
    assert ahead(oids["f100"], 100) == FILES["f100"]
    with pytest.raises(RecordError, match="at most 2"):
        ahead(oids["f100"], 2)
    with pytest.raises(RecordError, match="65,537 bytes"):
        ahead(oids["large"], RECORD_CAP)
    assert ahead(oids["large"], RECORD_CAP + 1) == FILES["large"]


def test_one_that_is_absent_spoils_no_other(opened: tuple[Objects, dict[str, str]]) -> None:
    objects, oids = opened
    ahead = Ahead(objects, [oids["f001"], ABSENT, oids["f002"]])
    assert ahead(oids["f001"], 100) == FILES["f001"]
    assert ahead(oids["f002"], 100) == FILES["f002"]
    with pytest.raises(UnavailableError, match=ABSENT):
        ahead(ABSENT, 100)
