"""Are these bytes text that a record may hold, before it matters whether they are YAML?"""

from salesrepo.errors import RecordError
from salesrepo.store.characters import flaw_in


def text_of(data: bytes, *, path: str, cap: int) -> str:
    """The words of a text file of at most `cap` bytes. Raises RecordError with line and column where it is none."""
    if len(data) > cap:
        hint = "Split it into several texts."
        raise RecordError(f"The text has {len(data):,} bytes; at most {cap:,} are allowed.", path=path, hint=hint)
    judge_text(data, path)
    return data.decode()


def judge_text(data: bytes, path: str) -> None:
    """Refuse with line and column what is not UTF-8, has bare carriage returns or a flaw in its characters."""
    if data.startswith(b"\xef\xbb\xbf"):
        hint = "Save the file as UTF-8 without BOM."
        raise RecordError("The file starts with a byte order mark.", path=path, line=1, column=1, hint=hint)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line, column = _place(data[: error.start].decode(), error.start)
        hint = "Save the file as UTF-8."
        raise RecordError(
            "The text is not UTF-8 from here on.", path=path, line=line, column=column, hint=hint
        ) from None
    if "\r" in text:
        text = text.replace("\r\n", " \n")
        if (bare := text.find("\r")) >= 0:
            line, column = _place(text, bare)
            hint = "Save the file with LF (or CRLF) line ends."
            raise RecordError("A bare carriage return.", path=path, line=line, column=column, hint=hint)
    if flaw := flaw_in(text):
        line, column = _place(text, flaw.offset)
        raise RecordError(flaw.sentence, path=path, line=line, column=column, hint=flaw.hint)


def _place(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of a character offset (or of the text's end, if it lies beyond)."""
    offset = min(offset, len(text))
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
