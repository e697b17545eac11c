"""A whole history of main in one go: merges with receipts, written by a single process of Git."""

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, NamedTuple

from salesrepo.domain.receipt import Receipt
from tests.helpers.company import SETTINGS, noon

_BRANCH = "refs/salesrepo/written"


class Merged(NamedTuple):
    """What one merge changes: files by path (None: removed), on a day."""

    day: date
    files: Mapping[str, bytes | None]


def write_history(repo: Path, root: Mapping[str, bytes], merges: Sequence[Merged], *, founded: date) -> list[str]:
    """Write main's first-parent commits, the root first; returns their ids, moves no ref."""
    with _writer(repo) as writer:
        held = {"salesrepo.yml": SETTINGS.encode(), **root}
        mains = [writer.commit("Found the company", noon(founded), held)]
        for number, merge in enumerate(merges, 1):
            main, when = mains[-1], noon(merge.day)
            head = writer.commit("Change records", when, merge.files, main)
            message = Receipt(number, "1", main, head, "auto").message("Change records")
            mains.append(writer.commit(message, when, merge.files, main, head))
    return mains


class _Writer:
    """Writes commits into a stream of Git's own and reads their ids back."""

    def __init__(self, into: IO[bytes], out: IO[bytes]) -> None:
        self._into, self._out = into, out
        self._marks: dict[str, int] = {}

    def commit(self, message: str, when: int, files: Mapping[str, bytes | None], *parents: str) -> str:
        """One commit of these files on the first of its parents; its id."""
        mark = len(self._marks) + 1
        who, text = f"salesrepo <bot@salesrepo.invalid> {when} +0000", message.encode()
        lines = [f"reset {_BRANCH}\ncommit {_BRANCH}\nmark :{mark}\ncommitter {who}\n".encode()]
        lines += [b"data %d\n%b\n" % (len(text), text)]
        lines += [
            f"{word} :{self._marks[oid]}\n".encode() for word, oid in zip(("from", "merge"), parents, strict=False)
        ]
        lines += [_change(path, data) for path, data in files.items()]
        self._into.write(b"".join(lines) + f"get-mark :{mark}\n".encode())
        self._into.flush()
        oid = self._out.readline().decode().strip()
        self._marks[oid] = mark
        return oid


@contextmanager
def _writer(repo: Path) -> Iterator[_Writer]:
    command = ("git", "-C", str(repo), "fast-import", "--quiet", "--done", "--force", "--date-format=raw")
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin and process.stdout
        yield _Writer(process.stdin, process.stdout)
        process.stdin.write(b"done\n")
        process.stdin.close()
    assert process.returncode == 0


def _change(path: str, data: bytes | None) -> bytes:
    if data is None:
        return f"D {path}\n".encode()
    return f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n"
