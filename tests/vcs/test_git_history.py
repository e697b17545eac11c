"""Do merge bases, changed paths and the line of first parents say what happened, and nothing else?"""

from collections.abc import Callable
from pathlib import Path

import pytest

from salesrepo.domain.change import Blob, PathChange
from salesrepo.errors import RecordError, RefusedError, UnavailableError
from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.history import builds_on, changed_paths, commit, first_parents, merge_bases, touching
from salesrepo.vcs.objects import Objects
from salesrepo.vcs.refs import resolve

Write = Callable[..., str]
Call = Callable[..., bytes]


def test_changes_are_additions_edits_and_removals_and_never_renames(repo: Path, write: Write) -> None:
    one = write({"same": "s", "edit": "1", "moved": "long enough to be seen as a rename\n" * 5})
    two = write({"edit": "2", "moved": None, "to": "long enough to be seen as a rename\n" * 5}, one)
    changes = {change.path: change for change in changed_paths(repo, one, two)}
    assert list(changes) == ["edit", "moved", "to"]
    assert changes["moved"].after is None and changes["to"].before is None
    assert changes["moved"].before == changes["to"].after
    assert changed_paths(repo, two, two) == ()


def test_what_a_commit_builds_on_is_all_that_it_holds(repo: Path, write: Write) -> None:
    root = write({"a": "0"})
    side = write({"b": "1"}, root)
    line = write_commits(repo, [Draft({"a": ("100644", b"%d" % at)}, "m\n", at) for at in range(1, 40)], parent=root)
    draft = Draft({"b": ("100644", b"1")}, "m\n", 50, also_parents=(side,))
    (merged,) = write_commits(repo, [draft], parent=line[-1])
    with Objects(repo) as objects:
        assert all(builds_on(objects, old, merged) for old in (merged, line[-1], line[5], root, side))
        assert not builds_on(objects, merged, line[-1]) and not builds_on(objects, line[5], line[2])
        assert not builds_on(objects, side, line[-1])
        assert not builds_on(objects, write({"a": "another history"}), merged)


def test_changes_from_nothing_are_all_files(repo: Path, write: Write) -> None:
    one = write({"a/b": "", "c\nd": ""})
    empty = Blob("100644", "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")
    assert changed_paths(repo, None, one) == (PathChange("a/b", None, empty), PathChange("c\nd", None, empty))


def test_a_file_that_becomes_a_folder_or_a_link_is_seen(repo: Path, write: Write, by_hand: Call) -> None:
    one = write({"a": "x", "l": "target"})
    two = write({"a": None, "a/b": "x"}, one)
    assert [(c.path, c.before is None, c.after is None) for c in changed_paths(repo, one, two)] == [
        ("a", False, True),
        ("a/b", True, False),
    ]
    blob = by_hand(repo, "rev-parse", f"{one}:l").decode().strip()
    tree = by_hand(repo, "mktree", input=f"120000 blob {blob}\tl\n".encode()).decode().strip()
    link = by_hand(repo, "commit-tree", tree, "-m", "link").decode().strip()
    assert PathChange("l", Blob("100644", blob), Blob("120000", blob)) in changed_paths(repo, one, link)


def test_a_submodule_cannot_hide_from_the_changes(repo: Path, write: Write, by_hand: Call) -> None:
    one = write({".gitmodules": '[submodule "m"]\n\tpath = m\n\turl = x\n\tignore = all\n'})
    modules = by_hand(repo, "rev-parse", f"{one}:.gitmodules").decode().strip()
    lines = f"100644 blob {modules}\t.gitmodules\n160000 commit {one}\tm\n"
    tree = by_hand(repo, "mktree", "--missing", input=lines.encode()).decode().strip()
    two = by_hand(repo, "commit-tree", tree, "-m", "link").decode().strip()
    by_hand(repo, "config", "diff.ignoreSubmodules", "all")
    by_hand(repo, "config", "submodule.m.ignore", "all")
    assert changed_paths(repo, one, two) == (PathChange("m", None, Blob("160000", one)),)


def test_merge_bases_are_none_one_or_several(repo: Path, write: Write, by_hand: Call) -> None:
    root, stranger = write({"a": "1"}), write({"z": "1"})
    left, right = write({"b": "1"}, root), write({"c": "1"}, root)
    assert merge_bases(repo, left, right) == (root,)
    assert merge_bases(repo, left, stranger) == ()
    tree = by_hand(repo, "rev-parse", f"{left}^{{tree}}").decode().strip()
    crossed = [
        by_hand(repo, "commit-tree", tree, "-p", one, "-p", two, "-m", "x").decode().strip()
        for one, two in ((left, right), (right, left))
    ]
    assert merge_bases(repo, *crossed) == tuple(sorted((left, right)))


def test_first_parents_go_from_old_to_new_past_the_heads(repo: Path, write: Write, by_hand: Call) -> None:
    root = write({"a": "1"}, when=100)
    side = write({"b": "1"}, root, when=150)
    tree = by_hand(repo, "rev-parse", f"{side}^{{tree}}").decode().strip()
    merged = by_hand(repo, "commit-tree", tree, "-p", root, "-p", side, "-m", "merge\n\nProposal: 1").decode().strip()
    last = write({"c": "1"}, merged, when=300)
    line = list(first_parents(repo, last))
    assert [c.oid for c in line] == [root, merged, last]
    assert line[1].parents == (root, side) and line[1].message == "merge\n\nProposal: 1\n"
    assert (line[0].committed, line[2].committed) == (100, 300)
    assert [c.oid for c in first_parents(repo, last, root)] == [merged, last]
    assert list(first_parents(repo, last, last)) == []


def test_what_touched_a_path_is_found_on_the_line_of_first_parents_alone(
    repo: Path, write: Write, by_hand: Call
) -> None:
    root = write({"a": "1", "b": "1"}, when=100)
    side = write({"a": "2"}, root, when=150)
    tree = by_hand(repo, "rev-parse", f"{side}^{{tree}}").decode().strip()
    merged = by_hand(repo, "commit-tree", tree, "-p", root, "-p", side, "-m", "merge").decode().strip()
    other = write({"b": "2"}, merged, when=2_000_000_000)
    last = write({"a": None}, other, when=2_000_000_100)
    assert [c.oid for c in touching(repo, last, "a", since=0)] == [root, merged, last]
    assert [c.oid for c in touching(repo, last, "a", since=2_000_000_000)] == [last]
    assert [c.oid for c in touching(repo, last, "a", since=0, most=2)] == [merged, last]
    assert touching(repo, last, "*", since=0) == () and touching(repo, last, "A", since=0) == ()


def test_a_line_that_was_rewritten_or_cut_is_refused(repo: Path, write: Write) -> None:
    root = write({"a": "1"})
    old, new = write({"a": "2"}, root), write({"a": "3"}, root)
    for until, since in ((new, old), (root, new)):
        with pytest.raises(RefusedError, match="rewritten"):
            list(first_parents(repo, until, since))
    (repo / "shallow").write_text(f"{new}\n")
    with pytest.raises(UnavailableError, match="not here"):
        list(first_parents(repo, new))


def test_a_commit_with_a_broken_date_is_refused(repo: Path, write: Write, by_hand: Call) -> None:
    tree = by_hand(repo, "rev-parse", f"{write({'a': ''})}^{{tree}}").decode().strip()
    for when in (b"99999999999999999999", b"-1", b"soon"):
        raw = b"tree %b\nauthor a <a> 1 +0000\ncommitter a <a> %b +0000\n\nx\n" % (tree.encode(), when)
        oid = by_hand(repo, "hash-object", "-t", "commit", "-w", "--literally", "--stdin", input=raw).decode().strip()
        with pytest.raises(RecordError, match="damaged"):
            commit(repo, oid)


@pytest.mark.parametrize("rev", ["-x", "--help", "nope", "", "main:a", "HEAD@{1}", "a\nb", ":/change"])
def test_a_name_that_is_no_commit_resolves_to_nothing(repo: Path, rev: str) -> None:
    assert resolve(repo, rev) is None


def test_names_resolve_to_commits(repo: Path, write: Write, by_hand: Call) -> None:
    one = write({"a": "1"})
    by_hand(repo, "update-ref", "refs/heads/main", one)
    by_hand(repo, "tag", "-m", "t", "v1", one)
    assert {resolve(repo, rev) for rev in ("main", "HEAD", "v1", one, "refs/heads/main~0")} == {one}


@pytest.mark.parametrize("bad", ["main", "--output=x", "", "abc"])
def test_history_takes_whole_ids_only(repo: Path, write: Write, bad: str) -> None:
    one = write({"a": "1"})
    for ask in (
        lambda: changed_paths(repo, bad or "x", one),
        lambda: changed_paths(repo, one, bad),
        lambda: merge_bases(repo, bad, one),
        lambda: list(first_parents(repo, bad)),
    ):
        with pytest.raises(RefusedError):
            ask()
