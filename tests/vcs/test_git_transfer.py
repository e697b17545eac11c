"""Do objects travel whole, checked and without refs, and does a push say what became of it?"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from salesrepo.errors import RefusedError, UnavailableError
from salesrepo.vcs.history import first_parents
from salesrepo.vcs.objects import Objects
from salesrepo.vcs.refs import move_ref, resolve
from salesrepo.vcs.transfer import PushOutcome, fetch_objects, init_bare, push, show_place
from tests.helpers.refs import refs

Write = Callable[..., str]
Call = Callable[..., bytes]
MAIN = "refs/heads/main"


@pytest.fixture
def other(tmp_path: Path) -> Path:
    made = tmp_path / "with blank" / "other.git"
    init_bare(made)
    return made


def test_objects_come_whole_and_no_ref_is_written(repo: Path, other: Path, write: Write) -> None:
    two = write({"b": "2"}, write({"a": "1"}))
    move_ref(repo, MAIN, two, None)
    fetch_objects(other, repo, two)
    fetch_objects(other, repo, two)
    assert len(list(first_parents(other, two))) == 2
    assert refs(other, "refs/") == {} and not (other / "FETCH_HEAD").exists()


@pytest.mark.parametrize("raw", [b"100644 .git\0", b"100644 ..\0", b"100644 a/b\0", b"100644 b\0%b100644 a\0"])
def test_a_tree_that_git_finds_malformed_is_not_let_in(repo: Path, other: Path, by_hand: Call, raw: bytes) -> None:
    blob = by_hand(repo, "hash-object", "-w", "--stdin", input=b"x").decode().strip()
    entry = bytes.fromhex(blob)
    content = raw.replace(b"%b", entry) + entry
    tree = by_hand(repo, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", input=content).decode().strip()
    head = by_hand(repo, "commit-tree", tree, "-m", "evil").decode().strip()
    by_hand(repo, "update-ref", MAIN, head)
    with pytest.raises(UnavailableError):
        fetch_objects(other, repo, head)
    with Objects(other) as objects:
        assert objects.info_many([head]) == {head: None}


def test_a_fork_borrows_objects_and_is_found_when_the_folder_moves(repo: Path, write: Write, tmp_path: Path) -> None:
    one = write({"a": "1"})
    move_ref(repo, MAIN, one, None)
    place = tmp_path / "forge"
    place.mkdir()
    master, fork = repo.rename(place / "master.git"), place / "forks" / "ana.git"
    init_bare(fork, borrow=master)
    init_bare(fork, borrow=master)
    moved = place.rename(tmp_path / "moved")
    assert resolve(moved / "forks" / "ana.git", one) == one


def test_a_push_tells_what_became_of_it(repo: Path, other: Path, write: Write) -> None:
    one = write({"a": "1"})
    two, rival = write({"a": "2"}, one), write({"a": "3"}, one)
    assert push(repo, other, f"{two}:refs/heads/p/1") is PushOutcome.DONE
    assert push(repo, other, f"{two}:refs/heads/p/1") is PushOutcome.UNCHANGED
    assert push(repo, other, f"{rival}:refs/heads/p/1") is PushOutcome.REJECTED
    assert push(repo, other, f"+{rival}:refs/heads/p/1") is PushOutcome.DONE
    assert refs(other, "refs/") == {"refs/heads/p/1": rival}
    assert push(repo, other, ":refs/heads/p/1") is PushOutcome.DONE
    assert refs(other, "refs/") == {}


@pytest.mark.parametrize(
    "spec", ["main", "--receive-pack=x:refs/heads/a", "a:b", "HEAD", "x:refs/heads/a b", "refs/heads/a"]
)
def test_only_plain_refspecs_are_pushed(repo: Path, other: Path, spec: str) -> None:
    with pytest.raises(RefusedError):
        push(repo, other, spec)


@pytest.mark.parametrize(
    "place",
    ["ext::sh -c touch%20x", "-u x", "--upload-pack=x", "http://plain.example/x", "-oProxyCommand=x@h:y", "file:x", ""],
)
def test_only_plain_addresses_are_fetched_from(repo: Path, place: str) -> None:
    with pytest.raises(RefusedError, match="not an address"):
        fetch_objects(repo, place, "ab" * 20)


def test_what_cannot_be_reached_is_named_without_its_password(repo: Path, tmp_path: Path, write: Write) -> None:
    with pytest.raises(UnavailableError, match="absent"):
        fetch_objects(repo, tmp_path / "absent.git", "ab" * 20)
    with pytest.raises(UnavailableError, match="absent"):
        push(repo, tmp_path / "absent.git", f"{write({'a': ''})}:refs/heads/x")
    with pytest.raises(UnavailableError) as caught:
        fetch_objects(repo, "https://user:secret@localhost:1/x", "ab" * 20)
    assert "secret" not in str(caught.value) + caught.value.hint
    assert show_place("https://u:p@host/x") == "https://host/x"


def test_an_id_is_fetched_never_a_name(repo: Path, other: Path) -> None:
    with pytest.raises(RefusedError):
        fetch_objects(repo, other, "main")


def test_a_commit_that_the_source_lacks_is_a_sentence(repo: Path, other: Path) -> None:
    with pytest.raises(UnavailableError, match="could be fetched"):
        fetch_objects(repo, other, "ab" * 20)


def test_a_partial_clone_says_what_it_lacks_and_fetches_nothing(
    repo: Path, write: Write, by_hand: Call, tmp_path: Path
) -> None:
    one = write({"a": "1", "b": "2", "c": "3"})
    move_ref(repo, MAIN, one, None)
    by_hand(repo, "config", "uploadpack.allowFilter", "true")
    part = tmp_path / "part.git"
    by_hand(repo, "clone", "-q", "--bare", "--filter=blob:none", repo.as_uri(), str(part))
    with Objects(part) as objects:
        wanted = [blob.oid for _, blob in objects.files(one)]
        for ask in (lambda: objects.read_many(wanted, 10), lambda: objects.info_many(wanted)):
            with pytest.raises(UnavailableError, match="lacks") as caught:
                ask()
            assert "new copy" in caught.value.hint


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script is the hook")
def test_a_fork_that_belongs_to_another_user_is_read_but_its_hooks_do_not_run(
    repo: Path, other: Path, write: Write, tmp_path: Path
) -> None:
    one = write({"a": "1"})
    hook = other / "hooks" / "update"
    hook.parent.mkdir()
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path / 'ran'}\nexit 1\n")
    hook.chmod(0o755)
    if os.geteuid() == 0:  # only root can give files away; without it, the hook is what this shows
        for path in (other, *other.rglob("*")):
            os.chown(path, 4321, 4321)
    assert push(repo, other, f"{one}:{MAIN}") is PushOutcome.DONE
    two = write({"b": "1"}, one)
    push(repo, other, f"{two}:{MAIN}")
    empty = tmp_path / "empty.git"
    init_bare(empty)
    fetch_objects(empty, other, two)
    assert len(list(first_parents(empty, two))) == 2
    assert not (tmp_path / "ran").exists()
