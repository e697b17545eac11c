"""Does Git run sealed: no setting, hook, variable or replacement of anyone's counts, and a bad Git is a sentence?"""

import errno
import os
import shutil
import stat
import sys
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from salesrepo.errors import ExitCode, RefusedError, UnavailableError
from salesrepo.vcs import run
from salesrepo.vcs.commit import write_commit
from salesrepo.vcs.failure import write_trouble
from salesrepo.vcs.history import changed_paths, first_parents
from salesrepo.vcs.objects import Objects
from salesrepo.vcs.refs import move_ref, resolve

Write = Callable[..., str]
Call = Callable[..., bytes]
MAIN = "refs/heads/main"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs a shell script on PATH")


def script(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@POSIX
def test_no_setting_or_hook_of_the_user_or_the_repository_runs(
    repo: Path, write: Write, by_hand: Call, sealed_home: Path, tmp_path: Path
) -> None:
    ran = tmp_path / "ran"
    evil = script(tmp_path / "evil", f"echo $0 >> {ran}")
    for hook in ("reference-transaction", "post-merge", "pre-auto-gc"):
        script(sealed_home / "hooks" / hook, f"echo {hook} >> {ran}")
        script(repo / "hooks" / hook, f"echo {hook} >> {ran}")
    hostile = {
        "core.fsmonitor": str(evil),
        "core.hooksPath": str(sealed_home / "hooks"),
        "diff.external": str(evil),
        "core.pager": str(evil),
        "diff.renames": "copies",
        "diff.noprefix": "true",
        "diff.orderFile": str(evil),
        "core.quotePath": "true",
        "log.showSignature": "true",
        "i18n.logOutputEncoding": "UTF-16",
    }
    for key, value in hostile.items():
        by_hand(repo, "config", "--global", key, value)
        by_hand(repo, "config", key, value)
    one = write({"ü": "a long line that renames would find\n" * 9})
    two = write({"ü": None, "ö": "a long line that renames would find\n" * 9}, one)
    move_ref(repo, MAIN, two, None)
    assert [change.path for change in changed_paths(repo, one, two)] == ["ö", "ü"]
    assert [commit.message for commit in first_parents(repo, two)] == ["a change\n", "a change\n"]
    with Objects(repo) as objects:
        assert len(objects.files(two)) == 1
    assert not ran.exists()


def test_no_variable_of_the_caller_reaches_git(
    repo: Path, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = write({"a": "1"})
    for name, value in {
        "GIT_DIR": str(tmp_path),
        "GIT_OBJECT_DIRECTORY": str(tmp_path),
        "GIT_INDEX_FILE": str(tmp_path / "index"),
        "GIT_NAMESPACE": "elsewhere",
        "GIT_EXTERNAL_DIFF": "false",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.bare",
        "GIT_CONFIG_VALUE_0": "nonsense",
        "GIT_COMMITTER_DATE": "nonsense",
        "GIT_TRACE2": str(tmp_path / "trace"),
        "LC_ALL": "de_DE.UTF-8",
    }.items():
        monkeypatch.setenv(name, value)
    move_ref(repo, MAIN, one, None)
    assert resolve(repo, "HEAD") == one
    assert not (tmp_path / "trace").exists()
    kept = {name for name in run.environment() if name.startswith("GIT_")}
    assert "GIT_DIR" not in kept and run.environment()["LC_ALL"] == "C"


def test_replaced_and_grafted_history_is_not_believed(repo: Path, write: Write, by_hand: Call) -> None:
    one, forged = write({"a": "honest"}), write({"a": "forged"})
    two = write({"b": "1"}, one)
    by_hand(repo, "replace", one, forged)
    (repo / "info").mkdir(exist_ok=True)
    (repo / "info" / "grafts").write_text(f"{two} {forged}\n")
    assert [commit.oid for commit in first_parents(repo, two)] == [one, two]
    with Objects(repo) as objects:
        blob = objects.at(one, "a")
        assert blob is not None and objects.read(blob.oid, 100) == b"honest"
    assert [change.path for change in changed_paths(repo, one, two)] == ["b"]


@pytest.mark.parametrize(
    "name", [".g\u200cit/config", "git~1/config", ".git./config", ".GIT\u200d/hooks", ".git::$INDEX_ALLOCATION/x"]
)
def test_a_name_that_some_system_takes_for_gits_own_folder_reaches_no_index(
    repo: Path, write: Write, tmp_path: Path, name: str
) -> None:
    good, bad = write({"a": "1"}), write({name: "1"})
    assert run.call(repo, "read-tree", f"--index-output={tmp_path / 'index'}", good).code == 0
    assert run.call(repo, "read-tree", f"--index-output={tmp_path / 'index'}", bad).code != 0


def test_no_submodule_is_looked_into(repo: Path, write: Write, by_hand: Call) -> None:
    for key in ("submodule.recurse", "fetch.recurseSubmodules"):
        by_hand(repo, "config", key, "true")
        assert run.call(repo, "config", "--get", key).out.strip() == b"false"


@POSIX
def test_a_missing_object_is_never_fetched_by_a_command_of_the_repository(
    repo: Path, write: Write, by_hand: Call, tmp_path: Path
) -> None:
    ran = tmp_path / "ran"
    write({"a": "1"})
    settings = {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": "ssh://host/x",
        "core.sshCommand": str(script(tmp_path / "evil", f"touch {ran}")),
        "protocol.ssh.allow": "always",
        "protocol.allow": "always",
    }
    for key, value in settings.items():
        by_hand(repo, "config", key, value)
    with Objects(repo) as objects, pytest.raises((UnavailableError, RefusedError)):
        objects.read("ab" * 20, 100)
    assert not ran.exists()


@POSIX
@pytest.mark.parametrize(
    ("version", "shown"), [("2.30.2", "2.30.2"), ("2.37.9.windows.1", "2.37.9"), ("nonsense", "unknown")]
)
def test_an_old_git_is_named_with_the_next_step(
    repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, shown: str
) -> None:
    script(tmp_path / "bin" / "git", f"echo git version {version}")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(UnavailableError, match=f"Git {shown}; salesrepo needs 2.38") as caught:
        resolve(repo, "main")
    assert "Install" in caught.value.hint and caught.value.code is ExitCode.UNAVAILABLE
    with Objects(repo) as objects, pytest.raises(UnavailableError):
        objects.info_many(["ab" * 20])


@POSIX
def test_versions_are_compared_as_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script(tmp_path / "bin" / "git", "echo 'git version 2.100.1 (Apple Git-154)'")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert run.git_version() == (2, 100, 1)


def test_no_git_is_a_sentence(repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnavailableError, match="not installed") as caught:
        resolve(repo, "main")
    assert "git-scm.com" in caught.value.hint


@POSIX
def test_a_git_that_hangs_is_given_up(repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script(tmp_path / "bin" / "git", '[ "$1" = version ] && echo git version 2.50.0 || exec sleep 20')
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(UnavailableError, match="longer than"):
        run.call(repo, "rev-parse", limit=0.3)


def test_no_repository_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for place in (tmp_path, tmp_path / "absent", tmp_path / "file"):
        with pytest.raises(RefusedError, match="not a whole Git repository"):
            resolve(place, "main")
        with pytest.raises(RefusedError, match="not a whole Git repository"):
            write_commit(place, ref=MAIN, parent=None, changes={}, message="m\n", when=1)


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def test_a_full_disk_is_blamed_on_the_disk(repo: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    one = write({"a": "1"})
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: Usage(10, 10, 0))
        with pytest.raises(RefusedError, match="full") as caught:
            move_ref(repo, "refs/heads/main", "ab" * 20, None)
        assert "Free some space" in caught.value.hint

    def no_space(*_: Any, **__: Any) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", no_space)
    trouble = write_trouble(repo)
    assert trouble is not None and "full" in trouble.message
    move_ref(repo, MAIN, one, None)  # the disk is looked at after a failure only


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_a_read_only_folder_is_a_sentence(repo: Path, write: Write) -> None:
    one = write({"a": "1"})
    folders = [repo, *(path for path in repo.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    assert _as_nobody(lambda: move_ref(repo, MAIN, one, None), at=repo).startswith("Nothing can be written")
    for folder in folders:
        folder.chmod(0o755)


def _as_nobody(act: Callable[[], None], *, at: Path) -> str:
    """The message with which an act is refused; in a child that is not root, who may write everywhere."""
    reading, writing = os.pipe()
    for folder in at.parents:
        if os.geteuid() == 0 and folder.is_relative_to(tempfile.gettempdir()) and folder.stat().st_uid == 0:
            folder.chmod(folder.stat().st_mode | 0o055)  # pytest keeps its folders to their owner
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        message = b"nothing was refused"
        try:
            if os.geteuid() == 0:
                os.setuid(65534)
            act()
        except RefusedError as refused:
            message = refused.message.encode()
        except BaseException as other:  # the parent shows it
            message = repr(other).encode()
        finally:
            os.write(writing, message)
            os._exit(0)
    os.waitpid(child, 0)
    return os.read(reading, 4096).decode()


def test_a_folder_that_refuses_a_write_is_named(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_only(*_: Any, **__: Any) -> Any:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(tempfile, "TemporaryFile", read_only)
    trouble = write_trouble(repo)
    assert trouble is not None and "Nothing can be written" in trouble.message and "Read-only" in trouble.hint
