"""Does a person's clone come whole, move forward without losing an edit, and say what is wrong with it?"""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from salesrepo.errors import ConflictError, RecordError, RefusedError, UnavailableError
from salesrepo.vcs import worktree as worktree_module
from salesrepo.vcs.clone import clone, fetch
from salesrepo.vcs.refs import move_ref, move_refs, resolve
from salesrepo.vcs.worktree import UPSTREAM, fast_forward, git_dir, move_forward, worktree_changes
from tests.helpers.refs import refs

Write = Callable[..., str]
Call = Callable[..., bytes]
MAIN = "refs/heads/main"
FILES = {"a.yml": "1\n", "b/c.yml": "2\n", "d.yml": "3\n", "crlf.yml": "x\r\ny\n"}


@pytest.fixture
def work(repo: Path, write: Write, tmp_path: Path) -> Path:
    move_ref(repo, MAIN, write(FILES), None)
    folder = tmp_path / "my work"
    clone(repo, folder)
    return folder


def advance(repo: Path, write: Write, files: dict[str, str | None]) -> str:
    tip = resolve(repo, MAIN)
    new = write(files, tip)
    move_ref(repo, MAIN, new, tip)
    return new


def update(work: Path) -> None:
    fetch(work)
    fast_forward(work)


def test_a_clone_holds_the_bytes_of_main(work: Path, sealed_home: Path) -> None:
    assert {path: (work / path).read_bytes().decode() for path in FILES} == FILES
    assert worktree_changes(work) == {}
    assert refs(work / ".git", "refs/heads/") == {MAIN: resolve(work / ".git", "HEAD")}
    assert [path.name for path in work.parent.iterdir() if ".part" in path.name] == []


def test_by_address_too(repo: Path, work: Path, tmp_path: Path) -> None:
    clone(repo.as_uri(), tmp_path / "second")
    assert (tmp_path / "second" / "b" / "c.yml").read_bytes() == b"2\n"


def test_a_clone_that_fails_leaves_nothing(repo: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("x")
    with pytest.raises(RefusedError, match="not empty"):
        clone(repo, tmp_path / "full")
    with pytest.raises(RefusedError, match="holds no sales repository"):
        clone(repo, tmp_path / "fresh")
    with pytest.raises(UnavailableError, match="cannot be reached"):
        clone(tmp_path / "absent.git", tmp_path / "fresh")
    with pytest.raises(RefusedError, match="not an address"):
        clone("ext::sh -c true", tmp_path / "fresh")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["full", "repo.git"]


def test_edits_additions_and_removals_are_seen(work: Path) -> None:
    (work / "a.yml").write_bytes(b"edited\r\n")
    (work / "b" / "c.yml").unlink()
    (work / "new folder").mkdir()
    (work / "new folder" / "ü.yml").write_bytes(b"new")
    (work / ".gitignore").write_text("*.tmp\n")
    (work / "x.tmp").write_text("ignored")
    expected = {"a.yml": b"edited\r\n", "b/c.yml": None, "new folder/ü.yml": b"new", ".gitignore": b"*.tmp\n"}
    assert worktree_changes(work) == expected
    assert worktree_changes(work, wanted=lambda path: path.startswith("b/")) == {"b/c.yml": None}


def test_a_file_too_large_or_a_link_is_named_unless_it_is_not_wanted(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worktree_module, "_CAP", 100)
    (work / "video.mp4").write_bytes(b"x" * 101)
    with pytest.raises(RecordError, match=r"video\.mp4"):
        worktree_changes(work)
    assert worktree_changes(work, wanted=lambda path: path.endswith(".yml")) == {}
    if sys.platform != "win32":
        (work / "link.yml").symlink_to("a.yml")
        with pytest.raises(RefusedError, match=r"link\.yml is a link"):
            worktree_changes(work, wanted=lambda path: path.endswith(".yml"))


def test_main_comes_in_and_other_edits_stay(repo: Path, write: Write, work: Path) -> None:
    new = advance(repo, write, {"a.yml": "theirs\n", "e/new.yml": "n\n", "d.yml": None})
    (work / "b" / "c.yml").write_bytes(b"mine")
    (work / "mine.yml").write_bytes(b"mine")
    update(work)
    assert resolve(work / ".git", "HEAD") == new
    assert (work / "a.yml").read_bytes() == b"theirs\n" and not (work / "d.yml").exists()
    assert worktree_changes(work) == {"b/c.yml": b"mine", "mine.yml": b"mine"}
    update(work)
    assert resolve(work / ".git", "HEAD") == new


@pytest.mark.parametrize(
    ("theirs", "edit"),
    [
        ({"a.yml": "theirs"}, ("a.yml", b"mine")),
        ({"a.yml": "theirs"}, ("a.yml", None)),
        ({"a.yml": None}, ("a.yml", b"mine")),
        ({"new.yml": "theirs"}, ("new.yml", b"mine")),
        ({"new/x.yml": "theirs"}, ("new", b"mine")),
        ({"new": "theirs"}, ("new/x.yml", b"mine")),
    ],
)
def test_an_edit_in_the_way_is_named_and_nothing_changes(
    repo: Path, write: Write, work: Path, theirs: dict[str, str | None], edit: tuple[str, bytes | None]
) -> None:
    before = resolve(work / ".git", "HEAD")
    advance(repo, write, {**theirs, "other.yml": "x"})
    path, text = edit
    (work / path).parent.mkdir(exist_ok=True)
    (work / path).unlink() if text is None else (work / path).write_bytes(text)
    with pytest.raises(ConflictError, match=path):
        update(work)
    assert resolve(work / ".git", "HEAD") == before
    assert not (work / "other.yml").exists()
    assert worktree_changes(work)[path] == text


def test_an_edit_that_main_now_holds_is_done(repo: Path, write: Write, work: Path) -> None:
    (work / "a.yml").write_bytes(b"agreed\n")
    (work / "new.yml").write_bytes(b"new\n")
    (work / "d.yml").unlink()
    advance(repo, write, {"a.yml": "agreed\n", "new.yml": "new\n", "d.yml": None})
    fetch(work)
    assert worktree_changes(work) == {}  # though HEAD has not moved
    fast_forward(work)
    assert worktree_changes(work) == {}


def test_commits_of_ones_own_are_not_lost(repo: Path, write: Write, work: Path) -> None:
    head = resolve(work / ".git", "HEAD")
    advance(repo, write, {"a.yml": "2"})
    fetch(work)
    upstream = resolve(work / ".git", UPSTREAM)
    assert head and upstream
    move_forward(work, upstream)
    with pytest.raises(ConflictError, match="commits that main does not"):
        move_forward(work, head)


def test_other_branches_are_fetched_by_name(repo: Path, write: Write, work: Path) -> None:
    with pytest.raises(UnavailableError):
        fetch(work, branches=["ledger"])
    ledger = write({"l": "1"})
    move_ref(repo, "refs/heads/ledger", ledger, None)
    fetch(work, branches=["main", "ledger"])
    assert resolve(work / ".git", "refs/remotes/origin/ledger") == ledger
    with pytest.raises(RefusedError):
        fetch(work, branches=["main:refs/heads/main"])


def test_what_is_no_clone_is_told_apart(repo: Path, work: Path, tmp_path: Path) -> None:
    assert git_dir(work) == work / ".git"
    half = tmp_path / "half"
    (half / ".git" / "objects").mkdir(parents=True)
    for folder, words in ((tmp_path, "not a sales repository"), (repo, "bare"), (half, "not whole")):
        with pytest.raises(RefusedError, match=words):
            git_dir(folder)
    move_refs(work / ".git", {MAIN: (None, resolve(work / ".git", "HEAD") or "")})
    with pytest.raises(RefusedError, match="no commit yet"):
        worktree_changes(work)


def test_a_git_file_that_points_elsewhere_is_followed(work: Path, tmp_path: Path) -> None:
    (work / ".git").rename(tmp_path / "elsewhere")
    (work / ".git").write_text(f"gitdir: {tmp_path / 'elsewhere'}\n")
    assert git_dir(work) == (tmp_path / "elsewhere").resolve()
    assert worktree_changes(work) == {}
