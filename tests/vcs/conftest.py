"""What the tests of the Git floor share: empty repositories, commits of literal files, and no Git settings around."""

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.transfer import init_bare

NOW = 1_760_000_000

Write = Callable[..., str]


@pytest.fixture(autouse=True)
def sealed_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty home, so that no setting of this machine is read by the Git that tests call by hand."""
    home = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "xdg"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    yield home


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """An empty bare repository."""
    made = tmp_path / "repo.git"
    init_bare(made)
    return made


@pytest.fixture
def write(repo: Path) -> Write:
    """Write a commit of {path: text, or None to remove} on `parent`, without a ref; returns its id."""

    def commit(files: Mapping[str, str | None], parent: str | None = None, *, when: int = NOW) -> str:
        changes = {path: None if text is None else ("100644", text.encode()) for path, text in files.items()}
        return write_commits(repo, [Draft(changes, "a change\n", when)], parent=parent)[0]

    return commit


@pytest.fixture
def by_hand() -> Callable[..., bytes]:
    """Call Git as a stranger would: plainly, outside the door that is tested."""

    def call(repo: Path, *argv: str, input: bytes = b"") -> bytes:
        who = ["-c", "user.name=Stranger", "-c", "user.email=stranger@example.com"]
        return subprocess.run(
            ["git", "--git-dir", str(repo), *who, *argv], input=input, capture_output=True, check=True
        ).stdout

    return call
