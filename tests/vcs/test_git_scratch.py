"""Does a repository of a moment read what another holds, and leave nothing there?"""

from pathlib import Path

from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.history import changed_paths
from salesrepo.vcs.objects import Objects
from salesrepo.vcs.scratch import scratch
from salesrepo.vcs.transfer import init_bare


def draft(**files: str) -> Draft:
    return Draft({name: ("100644", text.encode()) for name, text in files.items()}, "Try", 1_500_000_000)


def test_a_commit_is_tried_on_another_s_history_and_gone_afterwards(tmp_path: Path) -> None:
    init_bare(tmp_path / "master.git")
    init_bare(tmp_path / "forks" / "ana.git", borrow=tmp_path / "master.git")
    (root,) = write_commits(tmp_path / "master.git", [draft(a="1", b="2")], parent=None)
    fork = tmp_path / "forks" / "ana.git"
    before = sorted(tmp_path.rglob("*"))
    with scratch(fork) as place, Objects(place) as objects:
        (tried,) = write_commits(place, [draft(a="3")], parent=root)
        assert [change.path for change in changed_paths(place, root, tried)] == ["a"]
        blob = objects.at(tried, "b")
        assert blob is not None and objects.read(blob.oid, 10) == b"2"
    assert not place.exists() and sorted(tmp_path.rglob("*")) == before
    with Objects(fork) as objects:
        assert objects.info_many([tried]) == {tried: None}
