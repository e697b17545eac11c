"""Is what is written exactly what was asked, under any name, on one ref that nobody else moved?"""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesrepo.errors import ConflictError, RefusedError
from salesrepo.vcs.commit import Draft, Entry, quote_path, write_commit, write_commits
from salesrepo.vcs.history import changed_paths, commit
from salesrepo.vcs.objects import Objects
from salesrepo.vcs.refs import check_ref, move_ref, move_refs, resolve
from tests.helpers.refs import refs

Write = Callable[..., str]
Call = Callable[..., bytes]
MAIN = "refs/heads/main"
NOW = 1_760_000_000

segment = (
    st.binary(min_size=1, max_size=12)
    .filter(lambda raw: b"/" not in raw and b"\0" not in raw and raw.lower() not in (b".", b"..", b".git"))
    .map(lambda raw: raw.decode("utf-8", "surrogateescape"))
)


@settings(max_examples=25, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(segment, min_size=1, max_size=4, unique=True), st.binary(max_size=40))
def test_any_bytes_come_back_under_any_name(repo: Path, names: list[str], content: bytes) -> None:
    files = {f"x/{name}/leaf {name}": ("100644", content) for name in names}
    (oid,) = write_commits(repo, [Draft(files, "odd\n", NOW)], parent=None)
    with Objects(repo) as objects:
        listed = objects.files(oid)
        assert {path for path, _ in listed} == set(files)
        assert {objects.read(blob.oid, 100) for _, blob in listed} == {content}


@pytest.mark.parametrize(
    "path", ["", "/a", "a/", "a//b", ".", "..", "a/../b", "a/./b", ".git/config", "x/.GIT/hooks/y", "a\0b", "\ud800"]
)
def test_a_path_that_no_tree_may_hold_is_refused(repo: Path, path: str) -> None:
    with pytest.raises(RefusedError, match="not a path"):
        write_commits(repo, [Draft({path: ("100644", b"x")}, "bad\n", NOW)], parent=None)
    with pytest.raises(RefusedError, match="not a path"):
        quote_path(path)


def test_a_path_cannot_smuggle_a_command_into_the_stream(repo: Path, write: Write) -> None:
    root = write({"keep": "1"})
    evil = 'a"\nD keep\nM 100644 inline "b'
    (oid,) = write_commits(repo, [Draft({evil: ("100644", b"x\nD keep\n")}, "m\nD keep\n", NOW)], parent=root)
    assert [change.path for change in changed_paths(repo, root, oid)] == [evil]


def test_a_folder_gives_way_to_a_file_and_back(repo: Path, write: Write) -> None:
    one = write({"a/b": "1", "a/c": "1"})
    two = write({"a/b": None, "a/c": None, "a": "file"}, one)
    three = write({"a": None, "a/b": "1"}, two)
    with Objects(repo) as objects:
        assert [[path for path, _ in objects.files(c)] for c in (one, two, three)] == [["a/b", "a/c"], ["a"], ["a/b"]]


def test_objects_can_be_given_by_id_and_modes_are_kept(repo: Path, write: Write) -> None:
    one = write({"a": "text"})
    with Objects(repo) as objects:
        blob = objects.at(one, "a")
        assert blob is not None
        changes: dict[str, Entry | None] = {
            "b": ("100644", blob.oid),
            "run": ("100755", b"#!"),
            "link": ("120000", b"a"),
        }
        (two,) = write_commits(repo, [Draft(changes, "m\n", NOW)], parent=one)
        modes = {path: entry.mode for path, entry in objects.files(two)}
    assert modes == {"a": "100644", "b": "100644", "run": "100755", "link": "120000"}


@pytest.mark.parametrize(
    "entry", [("040000", "ab" * 20), ("100644", "main"), ("1 inline x\n", b""), ("100644", "ab" * 20)]
)
def test_a_wrong_mode_or_an_absent_object_is_refused_and_leaves_no_trace(
    repo: Path, entry: tuple[str, str | bytes]
) -> None:
    with pytest.raises(RefusedError):
        write_commits(repo, [Draft({"a": entry}, "m\n", NOW)], parent=None)
    assert refs(repo, "refs/") == {}
    assert list(repo.glob("fast_import_crash_*")) == []


def test_the_committer_is_never_the_authors_choice(repo: Path, by_hand: Call) -> None:
    author = ("Ana <x>\ncommitter Eve", "ana@example.com> 1 +0000\n")
    draft = Draft({"a": ("100644", b"")}, "m\n", NOW, author=author)
    (oid,) = write_commits(repo, [draft], parent=None)
    shown = by_hand(repo, "log", "-1", "--format=%an|%ae|%cn|%ce|%ct", oid).decode().strip()
    assert shown == f"Ana xcommitter Eve|ana@example.com 1 +0000|salesrepo|salesrepo@localhost|{NOW}".replace(
        "xcommitter", "x committer"
    )
    by_hand(repo, "fsck", "--strict")


def test_the_same_input_gives_the_same_commit(repo: Path, tmp_path: Path) -> None:
    drafts = [Draft({f"f{n}": ("100644", b"%d" % n)}, f"line {n}\n", NOW + n) for n in range(3)]
    first = write_commits(repo, drafts, parent=None)
    assert first == write_commits(repo, drafts, parent=None)
    assert [commit(repo, oid).parents for oid in first] == [(), first[:1], first[1:2]]
    assert write_commits(repo, [], parent=None) == ()


def test_only_the_ref_is_moved_and_only_from_where_it_stood(repo: Path) -> None:
    def change(parent: str | None, text: bytes) -> str:
        return write_commit(repo, ref=MAIN, parent=parent, changes={"a": ("100644", text)}, message="m\n", when=NOW)

    one = change(None, b"1")
    two = change(one, b"2")
    for parent in (None, one):
        with pytest.raises(ConflictError, match="moved by someone else"):
            change(parent, b"late")
    assert refs(repo, "refs/") == {MAIN: two}


def test_refs_move_together_or_not_at_all(repo: Path, write: Write) -> None:
    one, two = write({"a": "1"}), write({"a": "2"})
    move_ref(repo, MAIN, one, None)
    with pytest.raises(ConflictError):
        move_refs(repo, {"refs/heads/x": (two, None), MAIN: (two, two)})
    assert refs(repo, "refs/") == {MAIN: one}
    with pytest.raises(ConflictError):
        move_refs(repo, {MAIN: (None, two)})
    move_refs(repo, {MAIN: (None, one)})
    assert resolve(repo, MAIN) is None


def test_a_ref_that_cannot_move_for_another_reason_is_no_conflict(repo: Path, write: Write) -> None:
    one = write({"a": "1"})
    with pytest.raises(RefusedError, match="could not finish"):
        move_ref(repo, MAIN, "ab" * 20, None)  # no such object: nobody moved anything
    move_ref(repo, MAIN, one, None)


@pytest.mark.parametrize(
    "name",
    ["main", "HEAD", "refs", "refs/", "refs//a", "refs/.a", "refs/a..b", "refs/a.lock", "refs/a b", "-d", "refs/a\n"],
)
def test_only_plain_ref_names_are_written(name: str) -> None:
    with pytest.raises(RefusedError):
        check_ref(name)


def test_more_parents_are_recorded_in_order(repo: Path, write: Write) -> None:
    one, head = write({"a": "1"}), write({"b": "1"})
    (oid,) = write_commits(repo, [Draft({}, "m\n", NOW, also_parents=(head,))], parent=one)
    assert commit(repo, oid).parents == (one, head)
    assert changed_paths(repo, one, oid) == ()


def test_a_message_with_a_nul_is_refused(repo: Path) -> None:
    with pytest.raises(RefusedError, match="NUL"):
        write_commits(repo, [Draft({}, "a\0b", NOW)], parent=None)
