"""Is a value that was read once ever handed out for another file?"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from salesrepo.domain.change import Blob
from salesrepo.domain.kinds.playbook import PLAYBOOK
from salesrepo.domain.kinds.user import USER, User
from salesrepo.errors import RecordError
from salesrepo.store.records import file_of
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.store.trees import CommitTree, OverlayTree
from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.objects import Objects
from salesrepo.vcs.transfer import init_bare

PATH, DATA = file_of(USER, User(forge_id="7", node="ana"))
WORDS = b"# Discovery\n\nAsk first.\n"
BOOKS = [PLAYBOOK.path.fill(folder=name) for name in ("first", "second")]


@pytest.fixture(scope="module")
def tip(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RecordSnapshot]:
    repo: Path = tmp_path_factory.mktemp("snapshot") / "repo.git"
    init_bare(repo)
    files = {PATH: ("100644", DATA), **{path: ("100644", WORDS) for path in BOOKS}}
    (commit,) = write_commits(repo, [Draft(files, "files\n", 1_760_000_000)], parent=None)
    with Objects(repo) as objects:
        yield RecordSnapshot(CommitTree(objects, commit), commit)


def over(tip: RecordSnapshot, path: str, blob: Blob | None) -> RecordSnapshot:
    return tip.over(OverlayTree(tip.tree, {path: blob}, tip.tree.read))


def test_two_texts_with_the_same_words_keep_their_own_names(tip: RecordSnapshot) -> None:
    names = [found.folder for path in BOOKS if (found := tip.read(PLAYBOOK, path))]
    assert names == ["first", "second"]


def test_what_one_snapshot_read_the_one_over_it_has_already(tip: RecordSnapshot) -> None:
    other = over(tip, BOOKS[0], None)
    assert other.read(USER, PATH) is tip.read(USER, PATH)
    assert other.read(PLAYBOOK, BOOKS[0]) is None


@pytest.mark.parametrize("mode", ["100755", "120000", "160000"])
def test_known_bytes_under_another_mode_are_still_refused(tip: RecordSnapshot, mode: str) -> None:
    known = tip.blob(PATH)
    assert known is not None
    assert tip.read(USER, PATH) is not None
    with pytest.raises(RecordError, match="not a plain file"):
        over(tip, PATH, Blob(mode, known.oid)).read(USER, PATH)


def test_what_lies_below_a_replaced_folder_is_listed_and_nothing_beside_it(tip: RecordSnapshot) -> None:
    blob = tip.blob(PATH)
    paths = ("a-b/c", "a/b", "a/b-c", "a/b/c", "a0", "ab")
    tree = OverlayTree(tip.tree, dict.fromkeys(paths, blob), tip.tree.read)
    assert [path for path, _ in tree.list("a")] == ["a/b", "a/b-c", "a/b/c"]
    assert {path for path, _ in tree.list("")} == {PATH, *BOOKS, *paths}
    found = tree.at("a-b")
    assert found is not None and found.mode == "040000"
    assert tree.at("a-") is None
