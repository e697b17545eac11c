"""How is something tried in Git without leaving a trace? In a repository of a moment, which reads another's objects."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

_CONFIG = b"[core]\n\trepositoryformatversion = 0\n\tbare = true\n"


@contextmanager
def scratch(repo: Path) -> Iterator[Path]:
    """A bare repository that holds nothing, reads the objects of `repo`, and is gone afterwards with all written to it.

    Commits of `repo` can be built on there (vcs/commit.py); `repo` itself is never written to.
    """
    with TemporaryDirectory(prefix="salesrepo-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        (place / "refs").mkdir()
        (place / "objects" / "info").mkdir(parents=True)
        (place / "HEAD").write_bytes(b"ref: refs/heads/main\n")
        (place / "config").write_bytes(_CONFIG)
        borrowed = (repo / "objects").resolve().as_posix()
        (place / "objects" / "info" / "alternates").write_bytes(f"{borrowed}\n".encode("utf-8", "surrogateescape"))
        yield place
