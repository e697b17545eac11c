"""`salesrepo brand check`: what do the brand's rules say of a text, before it goes anywhere?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import get_args

from salesrepo.checks.brand.book import Book, Phrase
from salesrepo.checks.brand.findings import TEXTS, place_in, severity_of
from salesrepo.checks.brand.promised import Said, cited_in, limits
from salesrepo.checks.rule import CannotJudge
from salesrepo.domain.finding import Severity
from salesrepo.domain.kinds.brand_text import WORDS_CAP, Audience
from salesrepo.domain.paths import place_of
from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.here.workspace import Workspace
from salesrepo.store.raw_text import text_of

AUDIENCES: tuple[Audience, ...] = get_args(Audience)
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing said of one place of a text. `waived_until` is the last day of the waiver that lets it pass."""

    file: str
    line: int
    column: int
    severity: str
    rule: str
    said: str
    message: str
    hint: str
    waived_until: date | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """How many texts were read, by how many rules, and what was found, by file and place."""

    texts: int
    rules: int
    remarks: tuple[Remark, ...]

    @property
    def refused(self) -> bool:
        """Whether something may not go out like this."""
        return any(remark.severity == Severity.ERROR for remark in self.remarks)

    @property
    def waived(self) -> tuple[Remark, ...]:
        """What passes under a waiver."""
        return tuple(remark for remark in self.remarks if remark.waived_until)


@dataclass(frozen=True, slots=True)
class Draft:
    """A text to be read: what it is called, its bytes, and where in the company's records it stands ("": nowhere)."""

    name: str
    data: bytes
    path: str = ""


def drafts(ws: Workspace, files: Sequence[Path]) -> tuple[Draft, ...]:
    """The texts in these files, and in the .md and .txt files of these folders. Raises UsageError for what is none."""
    found: list[Draft] = []
    for file in files:
        if not file.exists():
            raise UsageError(f"There is no file {file}.", hint="Check the name, or write - to read what comes in.")
        inside = sorted(file.rglob("*")) if file.is_dir() else [file]
        texts = [one for one in inside if one.is_file() and (one == file or one.suffix in (".md", ".txt"))]
        if not texts:
            raise UsageError(f"There is no text in {file}.", hint="Name a file, or a folder with .md or .txt files.")
        found += [Draft(str(one), _bytes(one), _inside(ws, one)) for one in texts]
    return tuple(found)


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(WORDS_CAP + 1)
    except OSError as fault:
        raise UsageError(f"{file} cannot be read: {fault.strerror}.", hint="Check who may read it.") from None


def _inside(ws: Workspace, file: Path) -> str:
    try:
        return file.resolve().relative_to(ws.desk.root.resolve()).as_posix()
    except ValueError:
        return ""


def brand_check(ws: Workspace, texts: Sequence[Draft], *, audience: str = "", country: str = "") -> Read:
    """What the rules of main, as last seen, say of texts; `audience` where their place does not tell it (outbound).

    Raises RefusedError where the rules cannot be run, RecordError for bytes that are no text, UsageError.
    """
    if audience and audience not in AUDIENCES:
        raise UsageError(f"There is no kind of text {audience}.", hint=f"Choose one of: {', '.join(AUDIENCES)}.")
    known: dict[str, Audience] = {name: name for name in AUDIENCES}
    remarks: list[Remark] = []
    rules: set[str] = set()
    try:
        book = Book(ws.tip, ws.today)
        for draft in texts:
            said = Said(
                text=text_of(draft.data, path=draft.name, cap=WORDS_CAP),
                audience=known.get(audience) or _audience(draft.path),
                path=draft.path,
                markdown=not draft.name.endswith(".txt"),
                country=country,
                day=ws.today,
            )
            rules |= {rule.name for rule in book.rules(said.audience, country)}
            remarks += sorted(_remarks(book, draft.name, said), key=lambda r: (r.line, r.column, r.rule))
    except CannotJudge as lack:
        raise RefusedError(f"The brand's rules cannot be run: {lack}.", hint="Tell the brand's owners.") from None
    return Read(len(texts), len(rules), tuple(remarks))


def _audience(path: str) -> Audience:
    place = place_of(path) if path else None
    return TEXTS.get(place.kind.name, "outbound") if place else "outbound"


def _remarks(book: Book, name: str, said: Said) -> Iterator[Remark]:
    for phrase in book.found_in(said):
        yield _remark(name, said, phrase)
    for refusal in book.never_in(said):
        place, why = place_in(said.text, refusal.start), refusal.never.why.rstrip(".")
        message, hint = f"{refusal.said!r} is never promised: {why}.", "Take it out."
        yield Remark(name, *place, Severity.ERROR.value, f"never.{refusal.never.id}", refusal.said, message, hint)
    known = book.promises.promises
    for cited, offset in cited_in(said.text, known).items():
        place = place_in(said.text, offset)
        faults = limits(cited, known[cited], said) if cited in known else (f"There is no promise {cited}.",)
        for fault in faults:
            hint = f"Take it out. Approved are: {', '.join(book.approved) or 'none'}."
            yield Remark(name, *place, Severity.ERROR.value, f"promise.{cited}", f"[{cited}]", fault, hint)


def _remark(name: str, said: Said, phrase: Phrase) -> Remark:
    waiver = phrase.waived
    return Remark(
        name,
        *place_in(said.text, phrase.start),
        severity_of(phrase).value,
        phrase.rule,
        phrase.said,
        f"{phrase.message} It passes until {waiver.until}: {waiver.reason.rstrip('.')}." if waiver else phrase.message,
        "" if waiver else phrase.hint,
        waiver.until if waiver else None,
    )
