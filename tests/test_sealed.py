"""Is the room that tests run in sealed, and does a skipped test fail where none may be skipped?"""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import settings

HERE = Path(__file__).resolve().parent


def test_git_knows_no_person_but_the_test_one(tmp_path: Path) -> None:
    def git(*args: str) -> list[str]:
        done = subprocess.run(["git", *args], cwd=tmp_path, check=True, capture_output=True, text=True)
        return done.stdout.splitlines()

    assert git("config", "--list", "--show-scope") == [
        "global\tinit.defaultbranch=main",
        "global\tcore.autocrlf=false",
    ]
    assert git("var", "GIT_AUTHOR_IDENT") == ["Test Person <test@example.invalid> 1767603600 +0000"]


def test_home_is_empty_but_for_git_settings_and_time_is_utc() -> None:
    assert Path.home().name.startswith("salesrepo-tests-")
    assert time.localtime(0).tm_hour == 0
    assert not [name for name in os.environ if name.startswith(("SALESREPO_", "GITHUB_"))]


def test_no_network_beyond_this_machine() -> None:
    with socket.socket() as sock, pytest.raises(RuntimeError, match="no network"):
        sock.connect(("192.0.2.1", 80))


def test_random_examples_are_the_same_every_time() -> None:
    assert settings().derandomize
    assert settings().deadline is None


@pytest.mark.parametrize(("no_skip", "workers", "status"), [("", "0", 0), ("1", "1", 1)])
def test_a_skipped_test_fails_only_where_none_may_be_skipped(
    tmp_path: Path, no_skip: str, workers: str, status: int
) -> None:
    shutil.copy(HERE / "conftest.py", tmp_path)
    source = "import pytest\n\ndef test_a(): pass\n\n@pytest.mark.skip(reason='why not')\ndef test_b(): pass\n"
    (tmp_path / "test_two.py").write_text(source, encoding="utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-c",
            os.devnull,
            "-n",
            workers,
            str(tmp_path),
        ],
        env={**os.environ, "SALESREPO_NO_SKIP": no_skip},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stdout + done.stderr
    assert ("test_two.py::test_b\n" in done.stdout) == bool(status)
