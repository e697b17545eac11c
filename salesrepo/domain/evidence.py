"""What does an auditor get to see of one line of pay: each record, receipt and figure behind it, what is missing?"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One record or fact: where it stands (path, commit, blob; empty where it is no file), sentences, its whole text.

    `missing` says why this copy cannot show it; empty where it is shown, or where nothing was ever recorded.
    """

    what: str
    path: str = ""
    commit: str = ""
    blob: str = ""
    said: tuple[str, ...] = ()
    text: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """What belongs together."""

    title: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that stands behind a line, as a copy has it whose main and ledger stood at these commits."""

    line: str
    payee: str
    main: str
    ledger: str
    sections: tuple[Section, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """What this copy lacks, a sentence for each piece."""
        return tuple(self._missing())

    def _missing(self) -> Iterator[str]:
        for section in self.sections:
            for piece in section.pieces:
                if piece.missing:
                    yield f"{section.title}, {piece.what}: {piece.missing}"
