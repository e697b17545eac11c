"""What a proposal says, record by record: the value that stood at each path before and the one after."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Generic, TypeVar

from salesrepo.domain.change import PathChange
from salesrepo.domain.paths import Place
from salesrepo.domain.record import Kind
from salesrepo.domain.texts import Route, texts

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a changed file cannot be read: a sentence, the way to mend it, and where (0: unknown)."""

    sentence: str
    hint: str = ""
    route: tuple[str | int, ...] = ()
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class LineWaiver:
    """A comment in a file that sets a finding aside: of which rule, on which line, until which day, and why.

    `comment` is the line that it stands on. One that cannot be read has a `flaw` and waives nothing.
    """

    comment: int
    line: int
    code: str = ""
    until: date | None = None
    reason: str = ""
    flaw: str = ""


@dataclass(frozen=True)
class RecordChange(Generic[V]):
    """One changed path. `place` is None where no kind lives there; `problems` say why `after` could not be read.

    A value is None where the path is absent or unreadable; of a stream it is the tuple of its documents. `waivers` are
    those in the comments of a file that a person keeps. `secrets` name what its bytes hold that opens a door.
    """

    change: PathChange
    place: Place | None
    before: V | None = None
    after: V | None = None
    problems: tuple[Problem, ...] = ()
    waivers: tuple[LineWaiver, ...] = ()
    secrets: tuple[Problem, ...] = ()

    @property
    def path(self) -> str:
        """The path that changes."""
        return self.change.path

    @property
    def ids(self) -> dict[str, str]:
        """The ids that the path names; empty where no kind lives there."""
        return self.place.ids if self.place else {}

    @property
    def kind(self) -> str:
        """The name of the kind that lives at the path; empty where none does."""
        return self.place.kind.name if self.place else ""

    @property
    def value(self) -> V | None:
        """What is said of the record last: the value after, or the one removed."""
        return self.after if self.after is not None else self.before

    @cached_property
    def words(self) -> tuple[tuple[Route, str], ...]:
        """Every free text that the change leaves behind, with its route: many rules read them."""
        return texts(self.after)

    @cached_property
    def old_words(self) -> frozenset[str]:
        """The free texts that stood there before."""
        return frozenset(text for _, text in texts(self.before))


@dataclass(frozen=True)
class ChangeSet:
    """Every changed path of a proposal, in path order."""

    changes: tuple[RecordChange[Any], ...] = field(default=())

    @cached_property
    def _by_kind(self) -> dict[str, tuple[RecordChange[Any], ...]]:
        found: dict[str, list[RecordChange[Any]]] = {}
        for change in self.changes:
            if change.place:
                found.setdefault(change.place.kind.name, []).append(change)
        return {name: tuple(changes) for name, changes in found.items()}

    @cached_property
    def _by_path(self) -> dict[str, RecordChange[Any]]:
        return {change.path: change for change in self.changes}

    def of(self, kind: Kind[V]) -> tuple[RecordChange[V], ...]:
        """The changes of one kind."""
        return self._by_kind.get(kind.name, ())

    def streams(self, kind: Kind[V]) -> Iterator[tuple[RecordChange[Any], tuple[V, ...]]]:
        """The changed streams of one kind that leave readable documents behind."""
        for change in self._by_kind.get(kind.name, ()):
            if isinstance(change.after, tuple):
                yield change, change.after

    def at(self, path: str) -> RecordChange[Any] | None:
        """The change of one path."""
        return self._by_path.get(path)

    def readable(self, kind: Kind[V]) -> Iterator[tuple[RecordChange[V], V]]:
        """The changes of one kind that leave a readable value behind."""
        for change in self.of(kind):
            if change.after is not None:
                yield change, change.after
