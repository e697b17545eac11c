"""Are objects read by id alone, within their cap, whatever names and trees a proposal brings?"""

import hashlib
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from salesrepo.domain.change import Blob, blob_id
from salesrepo.errors import RecordError, RefusedError, UnavailableError
from salesrepo.vcs.objects import Objects, parents
from salesrepo.vcs.trees import blob_of, parse_tree

Write = Callable[..., str]
Call = Callable[..., bytes]

ABSENT = "ab" * 20
ODD = {
    "plain.yml": "1",
    "with blank /and 'quotes\".yml": "2",
    "line\nbreak/\nHEAD.yml": "3",
    "contents HEAD": "4",
    "-x/--output=y": "5",
    "back\\slash\ttab": "6",
    "ü/ñ/日本.yml": "7",
    "not-utf8-\udcff\udc80.yml": "8",
    "a:b^{tree}": "9",
    "deep/er/and/deep/er/still.yml": "10",
}


def test_every_odd_name_is_found_by_its_path_and_only_by_it(repo: Path, write: Write) -> None:
    commit = write(ODD)
    with Objects(repo) as objects:
        found = objects.at_many(commit, [*ODD, "plain", "plain.yml/below", "deep/er", "", "deep//er", "deep/er/"])
        contents = {path: objects.read(blob.oid, 10) for path in ODD if (blob := found[path]) is not None}
        listed = dict(objects.files(commit))
    assert contents == {path: text.encode() for path, text in ODD.items()}
    assert {path: blob for path, blob in found.items() if path in ODD} == listed
    assert [found[path] for path in ("plain", "plain.yml/below", "", "deep//er", "deep/er/")] == [None] * 5
    assert (folder := found["deep/er"]) is not None and folder.mode == "040000"


def test_files_come_in_git_order_and_below_one_folder_only(repo: Path, write: Write, by_hand: Call) -> None:
    commit = write({"a.yml": "", "a/b": "", "a-b/c": "", "a0": "", "z/y/x": "", "z/y.yml": ""})
    in_git = [line.split(b"\t")[1].decode() for line in by_hand(repo, "ls-tree", "-rz", commit).split(b"\0")[:-1]]
    with Objects(repo) as objects:
        assert sorted(in_git) == [path for path, _ in objects.files(commit)]
        assert [path for path, _ in objects.files(commit, "z")] == ["z/y.yml", "z/y/x"]
        assert objects.files(commit, "a.yml") == () == objects.files(commit, "none")
        assert set(objects.children(commit, "")) == {"a.yml", "a", "a-b", "a0", "z"}
        assert objects.children(commit, "none") == {}


def test_size_is_judged_before_content(repo: Path, write: Write) -> None:
    commit = write({"big": "x" * 100_000, "small": "ok"})
    with Objects(repo) as objects:
        big, small = (blob.oid for blob in objects.at_many(commit, ["big", "small"]).values() if blob)
        with pytest.raises(RecordError, match="100,000 bytes; at most 65,536"):
            objects.read(big, 65_536)
        with pytest.raises(RecordError):
            objects.read_many([small, big], 65_536)
        assert objects.read(small, 2) == b"ok"
        assert objects.info_many([big, small, ABSENT]) == {big: ("blob", 100_000), small: ("blob", 2), ABSENT: None}


def test_a_bomb_that_unpacks_to_much_is_refused_without_being_unpacked(repo: Path, by_hand: Call) -> None:
    size = 30_000_000
    with (repo / "bomb").open("wb") as file:
        file.truncate(size)
    oid = by_hand(repo, "hash-object", "-w", str(repo / "bomb")).decode().strip()
    with Objects(repo) as objects, pytest.raises(RecordError, match="30,000,000"):
        objects.read(oid, 65_536)


def test_what_is_absent_or_of_another_kind_is_named(repo: Path, write: Write) -> None:
    commit = write({"a/b": "x"})
    with Objects(repo) as objects:
        assert objects.info_many([ABSENT]) == {ABSENT: None}
        with pytest.raises(UnavailableError, match=ABSENT):
            objects.read(ABSENT, 10)
        with pytest.raises(RecordError, match="is a commit, not a blob"):
            objects.read(commit, 10_000)
        folder = objects.at(commit, "a")
        assert folder is not None
        with pytest.raises(RecordError, match="is a tree, not a commit"):
            objects.at(folder.oid, "b")


@pytest.mark.parametrize(
    "name", ["HEAD", "main", "abc", "", ABSENT + "\ncontents HEAD", ABSENT.upper(), "--batch", "é" * 40]
)
def test_nothing_but_a_whole_id_is_ever_asked(repo: Path, write: Write, name: str) -> None:
    write({"a": "x"})
    with Objects(repo) as objects:
        for ask in (lambda: objects.info_many([name]), lambda: objects.read(name, 9), lambda: objects.at(name, "a")):
            with pytest.raises(RefusedError):
                ask()


@pytest.mark.parametrize("name", ["main", "refs/heads/x y", "refs/heads/a\nb", "refs/../x", "HEAD^", "refs/heads/"])
def test_a_tip_is_asked_by_a_plain_ref_name_only(repo: Path, name: str) -> None:
    with Objects(repo) as objects, pytest.raises(RefusedError):
        objects.tip(name)


def test_a_tip_is_read_anew_each_time(repo: Path, write: Write, by_hand: Call) -> None:
    first = write({"a": "1"})
    with Objects(repo) as objects:
        assert objects.tip("refs/heads/main") is None
        by_hand(repo, "update-ref", "refs/heads/main", first)
        assert objects.tip("refs/heads/main") == first
        second = write({"a": "2"}, first)
        by_hand(repo, "update-ref", "refs/heads/main", second)
        assert objects.tip("refs/heads/main") == second == objects.tip("HEAD")
        assert objects.at(second, "a") != objects.at(first, "a")


def test_more_objects_than_a_pipe_holds_are_read_in_one_go(repo: Path, write: Write) -> None:
    files = {f"d{n % 7}/{n}.yml": f"{n}-" + "x" * 2000 for n in range(600)}
    commit = write(files)
    with Objects(repo) as objects:
        blobs = {path: blob.oid for path, blob in objects.files(commit)}
        contents = objects.read_many(blobs.values(), 4000)
    assert {path: contents[oid].decode() for path, oid in blobs.items()} == files


def test_a_tree_that_names_more_files_than_allowed_is_refused(repo: Path, by_hand: Call) -> None:
    tree = by_hand(repo, "mktree", input=b"").decode().strip()
    blob = by_hand(repo, "hash-object", "-w", "--stdin", input=b"x").decode().strip()
    tree = (
        by_hand(repo, "mktree", input="".join(f"100644 blob {blob}\t{n}\n" for n in range(10)).encode())
        .decode()
        .strip()
    )
    for _ in range(10):  # 10^11 paths in eleven objects
        lines = "".join(f"040000 tree {tree}\t{n}\n" for n in range(10))
        tree = by_hand(repo, "mktree", input=lines.encode()).decode().strip()
    commit = by_hand(repo, "commit-tree", tree, "-m", "bomb").decode().strip()
    with Objects(repo) as objects, pytest.raises(RecordError, match="too many files"):
        objects.files(commit, most=10_000)


def test_a_tree_that_lists_a_name_twice_is_refused() -> None:
    entry = b"100644 a\0" + b"\1" * 20
    assert blob_of(parse_tree(entry, oid_bytes=20)[b"a"]) == Blob("100644", "01" * 20)
    for bad in (
        entry + b"100644 a\0" + b"\2" * 20,
        entry[:-1],
        b"100644",
        b"zz a\0" + b"\1" * 20,
        b"999 a\0" + b"\1" * 20,
    ):
        with pytest.raises(RecordError, match="damaged"):
            parse_tree(bad, oid_bytes=20)


def test_modes_are_shown_as_git_shows_them() -> None:
    stored = {
        b"040000": "040000",
        b"100664": "100644",
        b"100775": "100755",
        b"120000": "120000",
        b"40000": "040000",
        b"160000": "160000",
    }
    for mode, shown in stored.items():
        assert blob_of(parse_tree(mode + b" a\0" + b"\1" * 20, oid_bytes=20)[b"a"]).mode == shown


def test_a_damaged_object_is_a_sentence(repo: Path, write: Write) -> None:
    commit = write({"a": "text that will be lost"})
    with Objects(repo) as objects:
        blob = objects.at(commit, "a")
    assert blob is not None
    loose = repo / "objects" / blob.oid[:2] / blob.oid[2:]
    loose.chmod(0o644)
    loose.write_bytes(b"garbage")
    with Objects(repo) as objects, pytest.raises((RefusedError, UnavailableError)):
        objects.read(blob.oid, 100)


def test_no_repository_is_a_sentence(tmp_path: Path) -> None:
    with Objects(tmp_path / "nothing") as objects, pytest.raises(RefusedError, match="not a whole Git repository"):
        objects.info_many([ABSENT])


def test_a_closed_reader_starts_again_and_leaves_no_process(repo: Path, write: Write) -> None:
    commit = write({"a": "x"})
    objects = Objects(repo)
    assert objects.at(commit, "a")
    objects.close()
    objects.close()
    assert objects.info_many([commit])[commit] is not None
    objects.close()


def test_sha256_repositories_are_read_too(tmp_path: Path, by_hand: Call) -> None:
    repo = tmp_path / "long.git"
    subprocess.run(
        ["git", "init", "-q", "--bare", "--object-format=sha256", str(repo)], check=True, env=dict(os.environ)
    )
    blob = by_hand(repo, "hash-object", "-w", "--stdin", input=b"x").decode().strip()
    tree = by_hand(repo, "mktree", input=f"100644 blob {blob}\ta\n".encode()).decode().strip()
    commit = by_hand(repo, "commit-tree", tree, "-m", "one").decode().strip()
    with Objects(repo) as objects:
        assert objects.at(commit, "a") == Blob("100644", blob)
    assert blob_id(b"x", like=commit) == blob


def test_a_blobs_id_needs_no_git() -> None:
    assert (
        blob_id(b"", like=ABSENT) == hashlib.sha1(b"blob 0\0").hexdigest() == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
    )


def test_the_folders_above_a_path() -> None:
    assert parents("a/b/c") == ("a", "a/b")
    assert parents("a") == ()
