"""What has a seller noted that the company has not accepted yet?

A folder inside `.git`: `outbox/<path>` holds the bytes of each file, `notes/<path>.json` what is known of it
(from which blob it was edited, whether it was sent, why it came back). A file without a note is new and was never sent:
so `sr log` only appends to one file. Every method that changes something is called while the workspace's lock is held.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from salesrepo.errors import RefusedError
from salesrepo.files import replace_file

State = Literal["noted", "sent", "refused"]


@dataclass(frozen=True, slots=True)
class Item:
    """One file of the outbox. `base` is the blob that it was edited from (None: it was new); `gone` removes it."""

    path: str
    base: str | None = None
    gone: bool = False
    state: State = "noted"
    proposal: int = 0
    reason: str = ""


class Outbox:
    """The outbox in the folder `<git dir>/salesrepo`."""

    def __init__(self, folder: Path) -> None:
        self.files = folder / "outbox"
        self.notes = folder / "notes"

    def items(self) -> tuple[Item, ...]:
        """Everything in the outbox, by path."""
        paths = {self._relative(file, self.files) for file in _files(self.files)}
        paths |= {self._relative(file, self.notes).removesuffix(".json") for file in _files(self.notes)}
        return tuple(item for path in sorted(paths) if (item := self.item(path)))

    def item(self, path: str) -> Item | None:
        """The item of a path."""
        note = self.notes / f"{path}.json"
        try:
            known = json.loads(note.read_bytes())
        except FileNotFoundError:
            return Item(path) if (self.files / path).is_file() else None
        except (ValueError, UnicodeDecodeError):
            raise RefusedError(f"The note {note} is damaged.", hint="Run: salesrepo doctor") from None
        try:
            item = Item(path=path, **known)
        except TypeError:
            raise RefusedError(f"The note {note} is damaged.", hint="Run: salesrepo doctor") from None
        # The note is written before the bytes: without them the write was cut short and nothing was promised yet.
        return item if item.gone or (self.files / path).is_file() else None

    def read(self, path: str) -> bytes | None:
        """The bytes noted for a path; None where there are none (also where it is to be removed)."""
        with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return (self.files / path).read_bytes()
        return None

    def contents(self) -> dict[str, bytes | None]:
        """Every path with its bytes, None where it is to be removed: what is laid over main."""
        return {item.path: None if item.gone else self.read(item.path) for item in self.items()}

    def put(self, path: str, data: bytes | None, *, base: str | None) -> None:
        """Note new bytes for a path (None: remove it). The base of something noted before stays what it was."""
        known = self.item(path)
        item = replace(known, state="noted", reason="", gone=data is None) if known else Item(path, base, data is None)
        if data is None and item.base is None:
            self.drop(path)
            return
        self._write(item)
        if data is None:
            self._forget(self.files, self.files / path)
        else:
            replace_file(self.files / path, data)

    def mark(self, path: str, state: State, *, proposal: int = 0, reason: str = "") -> None:
        """Remember what became of an item."""
        item = self.item(path)
        if item:
            self._write(replace(item, state=state, proposal=proposal or item.proposal, reason=reason))

    def rebase(self, path: str, base: str | None) -> None:
        """Remember another blob as the one that an item was edited from."""
        item = self.item(path)
        if item:
            self._write(replace(item, base=base))

    def drop(self, path: str) -> None:
        """Forget an item."""
        self._forget(self.files, self.files / path)
        self._forget(self.notes, self.notes / f"{path}.json")

    def _write(self, item: Item) -> None:
        known = {key: value for key, value in asdict(item).items() if key != "path"}
        replace_file(self.notes / f"{item.path}.json", json.dumps(known).encode())

    @staticmethod
    def _forget(top: Path, file: Path) -> None:
        with suppress(FileNotFoundError, NotADirectoryError):
            file.unlink()
        for folder in file.parents:
            if folder == top:
                break
            try:
                folder.rmdir()
            except OSError:
                break

    @staticmethod
    def _relative(file: Path, top: Path) -> str:
        return file.relative_to(top).as_posix()


def _files(top: Path) -> Iterator[Path]:
    return (file for file in top.rglob("*") if file.is_file() and not file.name.endswith(".new"))
