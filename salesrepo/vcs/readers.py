"""Which running Git answers for a repository? Inside a command it is one for all who ask, since a start is what costs.

What it answers is never old: it looks up refs and objects anew for each question.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from salesrepo.vcs.run import Conversation

_KEPT: ContextVar["dict[Path, Conversation] | None"] = ContextVar("_KEPT", default=None)


@contextmanager
def one_reader_each() -> Iterator[None]:
    """Let all that read the same repository in here share one process, which ends with this. Threads do not share."""
    kept: dict[Path, Conversation] = {}
    token = _KEPT.set(kept)
    try:
        yield
    finally:
        _KEPT.reset(token)
        for talk in kept.values():
            talk.end()


def reader_of(repo: Path) -> "Conversation":
    """The process that answers for a repository: the shared one, or one that the caller ends."""
    from salesrepo.vcs.run import converse  # noqa: PLC0415 - whoever opens the scope may never read anything

    kept = _KEPT.get()
    found = kept.get(repo) if kept is not None else None
    if found is None or found.asks.closed:
        found = converse(repo, "cat-file", "--batch-command")
        if kept is not None:
            kept[repo] = found
    return found


def is_shared(repo: Path, talk: "Conversation") -> bool:
    """Whether others may go on asking this process."""
    kept = _KEPT.get()
    return kept is not None and kept.get(repo) is talk
