"""How a person's own clone is made and kept up to date, with their own sign-in; the only file that loads GitPython."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from salesrepo.errors import RefusedError, SalesRepoError, UnavailableError
from salesrepo.vcs.failure import write_trouble
from salesrepo.vcs.refs import check_ref, resolve
from salesrepo.vcs.run import executable, git
from salesrepo.vcs.transfer import address, pack_program, show_place
from salesrepo.vcs.worktree import git_dir

if TYPE_CHECKING:
    from git import Repo


def clone(source: Path | str, folder: Path) -> None:
    """Clone a forge's main repository (a Path: the embedded forge's) into `folder`, whole or not at all.

    Raises RefusedError when `folder` holds something or the source holds nothing, UnavailableError when the source
    cannot be reached.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise RefusedError(f"{folder} is not empty.", hint="Choose a new folder.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    try:
        with _speaking_of(source, folder.parent):
            _clone(source, fresh)
        if resolve(fresh / ".git", "HEAD") is None:
            raise RefusedError(f"{show_place(source)} holds no sales repository yet.", hint="Run salesrepo init first.")
        git(fresh / ".git", "read-tree", "-m", "-u", "HEAD", writes=True, worktree=fresh)
        if folder.exists():
            folder.rmdir()
        fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def fetch(folder: Path, *, branches: Sequence[str] = ("main",)) -> None:
    """Fetch these branches into refs/remotes/origin/; no file changes. Raises UnavailableError when unreachable."""
    repo = git_dir(folder)
    specs = [f"+{check_ref(f'refs/heads/{name}')}:refs/remotes/origin/{name}" for name in branches]
    git_python = _repo_class()
    with _speaking_of("the forge", repo), git_python(repo) as clone_:
        with clone_.git.custom_environment(GIT_TERMINAL_PROMPT="0"):
            # Not Remote.fetch, which starts another Git to read the commits that came.
            clone_.git.fetch("--no-tags", "--", "origin", *specs)


def _clone(source: Path | str, folder: Path) -> None:
    git_python = _repo_class()
    there = address(source)
    env = {"GIT_TERMINAL_PROMPT": "0"}
    if isinstance(source, Path):
        # Fixed values only: see transfer.pack_program for why Git is told to read another user's folder.
        program = pack_program("upload-pack")
        made = git_python.clone_from(
            there, folder, env=env, no_checkout=True, no_local=True, upload_pack=program, allow_unsafe_options=True
        )
    else:
        made = git_python.clone_from(there, folder, env=env, no_checkout=True)
    with made, made.config_writer() as settings:
        settings.set_value("core", "autocrlf", "false")  # bytes here are the bytes of the blob
        if isinstance(source, Path):
            settings.set_value('remote "origin"', "uploadpack", pack_program("upload-pack"))


def _repo_class() -> "type[Repo]":
    executable()  # its sentences about a missing or old Git are better than the import's
    try:
        from git import Repo  # noqa: PLC0415
    except ImportError as error:
        raise UnavailableError("Git cannot be used.", hint=f"Install Git anew: {error}.") from error
    return Repo


@contextmanager
def _speaking_of(source: Path | str, place: Path) -> Iterator[None]:
    from git.exc import GitError  # noqa: PLC0415

    try:
        yield
    except (GitError, OSError) as error:
        raise _translated(error, source, place) from error


def _translated(error: Exception, source: Path | str, place: Path) -> SalesRepoError:
    trouble = write_trouble(place)
    if trouble is not None:
        return trouble
    said = " ".join(str(getattr(error, "stderr", "") or error).split())[:300]
    return UnavailableError(
        f"{show_place(source)} cannot be reached.", hint=f"Check the address and your access. Git said: {said}"
    )
