"""Does a merge take exactly the proposal's paths, or nothing?"""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from salesrepo.errors import ConflictError, RefusedError
from salesrepo.vcs.history import changed_paths, commit
from salesrepo.vcs.merge import merge_changes, plan_merge, write_merge
from salesrepo.vcs.objects import Objects
from tests.helpers.refs import refs

Write = Callable[..., str]
Call = Callable[..., bytes]
Files = Mapping[str, str | None]
NOW = 1_760_000_000
LONG = "a text long enough for git to see a rename in it\n" * 8


def merged(repo: Path, main: str, head: str, *, when: int = NOW) -> str:
    with Objects(repo) as objects:
        changes = merge_changes(objects, main, head)
    return write_merge(repo, changes, main=main, head=head, message="m\n", when=when)


def texts(repo: Path, oid: str) -> dict[str, str]:
    with Objects(repo) as objects:
        return {path: objects.read(blob.oid, 10_000).decode() for path, blob in objects.files(oid)}


CLEAN: list[tuple[str, Files, Files]] = [
    ("an addition", {"x": "theirs"}, {"new/file": "mine"}),
    ("an edit", {"x": "theirs"}, {"a": "mine"}),
    ("a removal", {"x": "theirs"}, {"a": None}),
    ("in one folder", {"d/other": "theirs"}, {"d/one": "mine"}),
    ("a file for a folder's last file elsewhere", {"x": "1"}, {"d/one": None}),
]
CLASHES: list[tuple[str, Files, Files, list[str]]] = [
    ("both add", {"new": "theirs"}, {"new": "mine"}, ["new"]),
    ("both add the same bytes", {"new": "same"}, {"new": "same"}, ["new"]),
    ("both edit", {"a": "theirs"}, {"a": "mine"}, ["a"]),
    ("edited and removed", {"a": "theirs"}, {"a": None}, ["a"]),
    ("removed and edited", {"a": None}, {"a": "mine"}, ["a"]),
    ("both remove", {"a": None}, {"a": None}, ["a"]),
    ("a file where a folder is needed", {"f": "theirs"}, {"f/below": "mine"}, ["f/below"]),
    ("a file far above", {"f": "theirs"}, {"f/g/h/below": "mine"}, ["f/g/h/below"]),
    ("a folder where a file is wanted", {"f/below": "theirs"}, {"f": "mine"}, ["f"]),
    ("a file that becomes a folder", {"x": "theirs"}, {"a": None, "a/b": "mine"}, ["a/b"]),
    ("a folder that becomes a file", {"d/two": "theirs"}, {"d/one": None, "d": "mine"}, ["d"]),
    ("one of several", {"a": "theirs"}, {"a": "mine", "fine": "mine"}, ["a"]),
]
BASE = {"a": "1", "d/one": "1"}


@pytest.mark.parametrize(("name", "theirs", "mine"), CLEAN, ids=[case[0] for case in CLEAN])
def test_paths_that_main_left_alone_are_taken(repo: Path, write: Write, name: str, theirs: Files, mine: Files) -> None:
    base = write(BASE)
    main, head = write(theirs, base), write(mine, base, when=NOW + 1)
    oid = merged(repo, main, head)
    expected = {path: text for path, text in ({**BASE, **theirs, **mine}).items() if text is not None}
    assert texts(repo, oid) == expected
    assert commit(repo, oid).parents == (main, head)
    assert changed_paths(repo, main, oid) == changed_paths(repo, base, head)
    assert refs(repo, "refs/") == {}


@pytest.mark.parametrize(("name", "theirs", "mine", "paths"), CLASHES, ids=[case[0] for case in CLASHES])
def test_paths_that_main_changed_are_conflicts(
    repo: Path, write: Write, name: str, theirs: Files, mine: Files, paths: list[str]
) -> None:
    base = write(BASE)
    main, head = write(theirs, base), write(mine, base, when=NOW + 1)
    with Objects(repo) as objects:
        assert list(plan_merge(objects, main, head).conflicts) == paths
        with pytest.raises(ConflictError, match=paths[0]):
            merge_changes(objects, main, head)


def test_a_rename_elsewhere_carries_no_edit_into_it(repo: Path, write: Write, by_hand: Call) -> None:
    base = write({"ana.yml": LONG})
    main = write({"ana.yml": None, "bob.yml": LONG + "bob's\n"}, base)  # to Git: ana.yml renamed to bob.yml
    head = write({"ana.yml": LONG.replace("text", "raid")}, base)
    with Objects(repo) as objects:
        assert plan_merge(objects, main, head).conflicts == ("ana.yml",)
    harmless = write({"new.yml": LONG}, base)
    assert texts(repo, merged(repo, main, harmless)) == {"bob.yml": LONG + "bob's\n", "new.yml": LONG}


def test_a_change_of_mode_alone_is_a_change(repo: Path, write: Write, by_hand: Call) -> None:
    base = write({"a": "1"})
    blob = by_hand(repo, "rev-parse", f"{base}:a").decode().strip()
    tree = by_hand(repo, "mktree", input=f"100755 blob {blob}\ta\n".encode()).decode().strip()
    main = by_hand(repo, "commit-tree", tree, "-p", base, "-m", "x").decode().strip()
    with Objects(repo) as objects:
        assert plan_merge(objects, main, write({"a": "2"}, base)).conflicts == ("a",)


def test_no_or_several_ancestors_are_refused(repo: Path, write: Write, by_hand: Call) -> None:
    root = write({"a": "1"})
    left, right = write({"b": "1"}, root), write({"c": "1"}, root)
    tree = by_hand(repo, "rev-parse", f"{left}^{{tree}}").decode().strip()
    one, two = (
        by_hand(repo, "commit-tree", tree, "-p", a, "-p", b, "-m", "x").decode().strip()
        for a, b in ((left, right), (right, left))
    )
    with Objects(repo) as objects:
        for main, head, count in ((root, write({"z": "1"}), "no"), (one, two, "2")):
            with pytest.raises(RefusedError, match=f"has {count} common"):
                plan_merge(objects, main, head)


def test_an_old_head_cannot_bring_back_what_main_has_moved_past(repo: Path, write: Write) -> None:
    root = write({"a": "1", "b": "1"})
    head = write({"b": "2"}, root)
    main = write({"a": "2"}, root)
    assert texts(repo, merged(repo, main, head)) == {"a": "2", "b": "2"}


def test_a_merge_is_never_dated_before_mains(repo: Path, write: Write) -> None:
    root = write({"a": "1"}, when=NOW)
    head = write({"b": "1"}, root, when=NOW + 9_999)
    assert commit(repo, merged(repo, root, head, when=NOW - 299)).committed == NOW
    assert commit(repo, merged(repo, root, head, when=NOW + 50)).committed == NOW + 50
    with pytest.raises(RefusedError, match="clock is 301 seconds behind") as caught:
        merged(repo, root, head, when=NOW - 301)
    assert "Set the clock" in caught.value.hint


def test_nothing_is_no_merge(repo: Path, write: Write) -> None:
    root = write({"a": "1"})
    with pytest.raises(RefusedError, match="changes nothing"):
        merged(repo, root, write({}, root))


def test_a_result_that_differs_from_the_changes_is_not_kept(repo: Path, write: Write) -> None:
    root = write({"a": "1", "f/x": "1"})
    head = write({"b": "1"}, root)
    with Objects(repo) as objects:
        changes = merge_changes(objects, root, head)
    elsewhere = write({"b": "0"}, root)  # main moved: the same changes would hide what it holds now
    with pytest.raises(RefusedError, match="nothing was merged"):
        write_merge(repo, changes, main=elsewhere, head=head, message="m\n", when=NOW)
