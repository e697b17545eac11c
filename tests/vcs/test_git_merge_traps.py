"""What would Git's own merge do wrong, and what may an old or a strange history smuggle in?"""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from salesrepo.domain.change import digest_of
from salesrepo.errors import RefusedError
from salesrepo.vcs.history import changed_paths
from salesrepo.vcs.merge import plan_merge, write_merge
from salesrepo.vcs.objects import Objects

Write = Callable[..., str]
Call = Callable[..., bytes]
Files = Mapping[str, str | None]
NOW = 1_760_000_000
TEXT = "a text long enough for git to see a rename in it\n" * 8


def merged(repo: Path, main: str, head: str) -> str:
    with Objects(repo) as objects:
        plan = plan_merge(objects, main, head)
    assert plan.conflicts == ()
    return write_merge(repo, plan.changes, main=main, head=head, message="m\n", when=NOW)


def entries(repo: Path, commit: str) -> dict[str, str]:
    """Mode of every file."""
    with Objects(repo) as objects:
        return {path: blob.mode for path, blob in objects.files(commit)}


def tree_of(call: Call, repo: Path, *lines: str) -> str:
    return call(repo, "mktree", "--missing", input="".join(f"{line}\n" for line in lines).encode()).decode().strip()


def commit_of(call: Call, repo: Path, tree: str, *parents: str) -> str:
    above = [word for parent in parents for word in ("-p", parent)]
    return call(repo, "commit-tree", tree, *above, "-m", "x").decode().strip()


def blob_at(call: Call, repo: Path, commit: str, path: str) -> str:
    return call(repo, "rev-parse", f"{commit}:{path}").decode().strip()


def test_a_rename_is_a_removal_and_an_addition_and_git_follows_none(repo: Path, write: Write) -> None:
    base = write({"deals/ana.yml": TEXT})
    head = write({"deals/ana.yml": None, "deals/ben.yml": TEXT}, base)  # the same bytes elsewhere
    with Objects(repo) as objects:
        plan = plan_merge(objects, base, head)
    assert [(c.path, c.before is None, c.after is None) for c in plan.changes] == [
        ("deals/ana.yml", False, True),
        ("deals/ben.yml", True, False),
    ]
    main = write({"deals/ana.yml": TEXT + "won\n"}, base)  # Git would carry this line into ben's file
    with Objects(repo) as objects:
        assert plan_merge(objects, main, head).conflicts == ("deals/ana.yml",)


def test_a_folder_that_main_renamed_draws_no_new_file_after_it(repo: Path, write: Write) -> None:
    base = write({"old/a.yml": TEXT, "old/b.yml": TEXT + "b"})
    main = write({"old/a.yml": None, "old/b.yml": None, "new/a.yml": TEXT, "new/b.yml": TEXT + "b"}, base)
    head = write({"old/c.yml": "mine"}, base)
    assert set(entries(repo, merged(repo, main, head))) == {"new/a.yml", "new/b.yml", "old/c.yml"}


@pytest.mark.parametrize("mode", ["100755", "120000", "160000"])
def test_a_mode_alone_is_a_change_that_the_judge_gets_to_see(
    repo: Path, write: Write, by_hand: Call, mode: str
) -> None:
    base = write({"a": "1", "b": "2"})
    blobs = {name: blob_at(by_hand, repo, base, name) for name in "ab"}
    kind = "commit" if mode == "160000" else "blob"
    target = base if mode == "160000" else blobs["a"]
    head = commit_of(
        by_hand, repo, tree_of(by_hand, repo, f"{mode} {kind} {target}\ta", f"100644 blob {blobs['b']}\tb"), base
    )
    with Objects(repo) as objects:
        (change,) = plan_merge(objects, base, head).changes
    assert change.path == "a" and change.after is not None and change.after.mode == mode
    assert digest_of((change,)) != digest_of(())


def test_a_mode_that_main_changed_is_in_the_way(repo: Path, write: Write, by_hand: Call) -> None:
    base = write({"a": "1"})
    main = commit_of(by_hand, repo, tree_of(by_hand, repo, f"100755 blob {blob_at(by_hand, repo, base, 'a')}\ta"), base)
    for mine in ({"a": "2"}, {"a": None}):
        with Objects(repo) as objects:
            assert plan_merge(objects, main, write(mine, base)).conflicts == ("a",)


def test_a_link_that_main_put_in_place_of_a_folder_is_never_written_through(
    repo: Path, write: Write, by_hand: Call
) -> None:
    base = write({"d/one": "1", "x": "elsewhere"})
    link = by_hand(repo, "hash-object", "-w", "--stdin", input=b"../outside").decode().strip()
    main = commit_of(
        by_hand,
        repo,
        tree_of(by_hand, repo, f"120000 blob {link}\td", f"100644 blob {blob_at(by_hand, repo, base, 'x')}\tx"),
        base,
    )
    with Objects(repo) as objects:
        assert plan_merge(objects, main, write({"d/two": "2"}, base)).conflicts == ("d/two",)


def test_criss_cross_histories_have_no_single_ground_to_judge_from(repo: Path, write: Write, by_hand: Call) -> None:
    root = write({"a": "1"})
    left, right = write({"b": "1"}, root), write({"c": "1"}, root)
    both = by_hand(repo, "rev-parse", f"{write({'c': '1'}, left)}^{{tree}}").decode().strip()
    main, other = commit_of(by_hand, repo, both, left, right), commit_of(by_hand, repo, both, right, left)
    head = write({"d": "mine"}, other)
    with Objects(repo) as objects, pytest.raises(RefusedError, match="2 common ancestors") as caught:
        plan_merge(objects, main, head)
    assert "fresh copy" in caught.value.hint


def test_a_history_of_its_own_changes_nothing_here(repo: Path, write: Write) -> None:
    main, stranger = write({"a": "1"}), write({"a": "1"}, when=NOW + 1)
    with Objects(repo) as objects, pytest.raises(RefusedError, match="no common ancestors"):
        plan_merge(objects, main, write({"b": "2"}, stranger))


def test_an_old_branch_brings_only_its_own_paths(repo: Path, write: Write) -> None:
    """Roles that main changed since the branch left are main's own: nothing of the old tree comes along."""
    base = write({"nodes/mia": "manager", "policy": "old", "deal": "open"})
    head = write({"deal": "won"}, base)
    main = write({"nodes/mia": "seller", "policy": "new"}, base)
    result = merged(repo, main, head)
    with Objects(repo) as objects:
        assert [c.path for c in plan_merge(objects, main, head).changes] == ["deal"]
    assert [change.path for change in changed_paths(repo, main, result)] == ["deal"]


def test_sent_again_over_a_newer_main_it_is_the_same_change(repo: Path, write: Write) -> None:
    base = write({"deal": "open", "x": "1"})
    main = write({"x": "2"}, base)
    moved = write({"deal": "lost"}, base)

    def digest(tip: str, head: str) -> str:
        with Objects(repo) as objects:
            return digest_of(plan_merge(objects, tip, head).changes)

    first = digest(base, write({"deal": "won"}, base))
    assert digest(main, write({"deal": "won"}, main, when=NOW + 5)) == first
    assert digest(base, write({"deal": "won", "y": "1"}, base)) != first
    assert digest(moved, write({"deal": "won"}, moved)) != first  # main held something else by then
