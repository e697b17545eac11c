"""How does text reach the terminal, and a person's answer come back? The one door: nothing else prints.

Records hold what strangers wrote, so every character that could move the cursor, rewrite a line or reverse the reading
order is shown as a visible escape. A pipe gets plain text, a terminal may get colour; rich loads for progress alone.
"""

import errno
import json
import os
import re
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

from salesrepo.cli.layout import aligned, drawn, stacked, wrapped
from salesrepo.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from rich.progress import TaskID

# C0, DEL and C1 controls; marks and overrides of direction; characters that show nothing and so can hide a difference
# (soft hyphen, zero-width space, fillers, invisible operators); line separators; lone surrogates. The joiners U+200C
# and U+200D stay: Persian, the scripts of India and emoji are written with them.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff]"
)
_LETTERS = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}
_RED, _BOLD, _DIM = "31", "1", "2"
_USUAL = 80  # letters in a line of a terminal that does not say
_PLAIN: ContextVar[bool] = ContextVar("plain", default=False)


def set_plain(*, plain: bool) -> None:
    """Say for the rest of this invocation whether output stays free of colour and layout (`--plain`)."""
    _PLAIN.set(plain)


def term(text: str, *, lines: bool = False) -> str:
    """`text` with every unsafe character shown as an escape such as `\\x1b`; line breaks stay where `lines` says so."""

    def shown(match: re.Match[str]) -> str:
        char = match[0]
        if char == "\n" and lines:
            return char
        code = ord(char)
        return _LETTERS.get(char) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")

    return _UNSAFE.sub(shown, text)


def say(text: str) -> None:
    """Print `text` and a line break. Its own line breaks count: send a value that has one line through `term`.

    A terminal gets it wrapped at spaces, so that no name or key is broken.
    """
    _write(sys.stdout, _prose(sys.stdout, term(text, lines=True)) + "\n")


def say_error(message: str, hint: str = "") -> None:
    """Print what is wrong, and under it the next step, to standard error."""
    for mark, text, codes in (("error:", message, (_BOLD, _RED)), ("  ->", hint, (_DIM,))):
        if text or mark == "error:":
            told = _prose(sys.stderr, f"{mark} {term(text, lines=True)}")
            _write(sys.stderr, _paint(sys.stderr, mark, *codes) + f"{told.removeprefix(mark)}\n")


def say_json(value: Any) -> None:
    """Print one JSON document: dataclasses and named tuples as objects, days as text; escaped as a terminal needs.

    Raises TypeError or ValueError for what JSON cannot hold (a set, a NaN): a bug in the command.
    """
    text = _UNSAFE.sub(
        lambda m: m[0] if m[0] == "\n" else f"\\u{ord(m[0]):04x}",
        json.dumps(_plain(value), ensure_ascii=not _holds(sys.stdout, "\u00e9\u20ac\U0001f600"), indent=2),
    )
    _write(sys.stdout, text + "\n")


def say_beside(text: str) -> None:
    """Print `text` and a line break to standard error, where standard output holds what a program reads."""
    _write(sys.stderr, _prose(sys.stderr, term(text, lines=True)) + "\n")


def emit(text: str, *, commands: bool = False, prose: bool = False) -> None:
    """Print what a report's or export's encoder wrote: as it is into a pipe or file, made safe on a terminal.

    `commands`: it speaks to a workflow's runner on purpose, and its encoder saw to what strangers wrote. `prose`: it is
    for people, so a terminal gets it wrapped at spaces.
    """
    safe = term(text, lines=True) if sys.stdout.isatty() else text
    _write(sys.stdout, _prose(sys.stdout, safe) if prose else safe, commands=commands)


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """A function to tell how far something is (what is done, how much, of how much), drawn on a terminal alone."""
    if not sys.stderr.isatty() or _PLAIN.get():
        yield lambda what, done, of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(file=sys.stderr, highlight=False), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def step(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(term(what), total=of)
            bar.update(tasks[what], completed=done, total=of)

        yield step


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, right: Collection[str] = ()) -> None:
    """Print aligned columns; those named in `right` (money, counts) align right.

    A terminal gets a bold head, and long values wrapped at spaces into its width, or each row in lines of its own where
    that is too narrow; a pipe gets every value whole, on one line.
    """
    head = [term(name) for name in columns]
    body = [[term(cell) for cell in row] for row in rows]
    sides = [name in right for name in columns]
    if sys.stdout.isatty() and not _PLAIN.get():
        _write(sys.stdout, _drawn(head, body, sides))
    else:
        _write(sys.stdout, "".join(f"{line}\n" for line in aligned([head, *body], sides)))


def read_input(most: int) -> bytes:
    """What another program sends in, up to `most` bytes; the rest stays unread."""
    return sys.stdin.buffer.read(most)


def person_present() -> bool:
    """Whether someone can answer a question."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str, *, option: str) -> str:
    """The person's answer, stripped, never empty; asked on standard error, so that a pipe holds results only.

    Raises UsageError, naming the `option` that answers it, where nobody is there or the input ends.
    """
    while person_present():
        _write(sys.stderr, term(question) + " ")
        line = sys.stdin.readline()
        if not line:
            break
        if answer := line.strip():
            return answer
    raise UsageError(f"This needs an answer: {question}", hint=f"Give it with {option}.")


def _drawn(head: Sequence[str], body: Sequence[Sequence[str]], sides: Sequence[bool]) -> str:
    width = _columns(sys.stdout)
    rows = drawn([head, *body], sides, width)
    if rows is None:
        return "\n".join("".join(f"{line}\n" for line in lines) for lines in stacked(head, body, width))
    top = [_paint(sys.stdout, line, _BOLD) for line in rows[0]]
    return "".join(f"{line}\n" for lines in (top, *rows[1:]) for line in lines)


def _prose(stream: TextIO, text: str) -> str:
    """Text as a terminal shows it without breaking a word; as it is for a pipe or file."""
    if not stream.isatty() or _PLAIN.get():
        return text
    width = _columns(stream)
    return "\n".join(part for line in text.split("\n") for part in wrapped(line, width))


def _columns(stream: TextIO) -> int:
    """How many letters a terminal's line has: as COLUMNS says, else as the terminal does."""
    told = os.environ.get("COLUMNS", "")
    if told.isascii() and told.isdecimal() and int(told) > 0:
        return int(told)
    try:
        return os.get_terminal_size(stream.fileno()).columns or _USUAL
    except (OSError, ValueError):
        return _USUAL


def _coloured(stream: TextIO) -> bool:
    if _PLAIN.get() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not stream.isatty():
        return False
    # An old Windows console prints colour codes as text; its successors name themselves.
    return sys.platform != "win32" or not {"WT_SESSION", "TERM_PROGRAM", "TERM"}.isdisjoint(os.environ)


def _paint(stream: TextIO, text: str, *codes: str) -> str:
    return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if _coloured(stream) else text


def _holds(stream: TextIO, text: str) -> bool:
    try:
        text.encode(stream.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: _plain(item) for name, item in value._asdict().items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no place in JSON")


def _write(stream: TextIO, text: str, *, commands: bool = False) -> None:
    """The only write: what the stream's encoding lacks becomes an escape, a closed pipe ends the process quietly.

    In a workflow no line is a command to its runner, unless `commands` says that it is meant to be.
    """
    if not commands and os.environ.get("GITHUB_ACTIONS") == "true":
        from salesrepo.encode.annotation import tame

        text = tame(text)
    if not _holds(stream, text):
        encoding = stream.encoding or "ascii"
        text = text.encode(encoding, "backslashreplace").decode(encoding)
    try:
        stream.write(text)
        stream.flush()
    except OSError as error:
        if error.errno not in (errno.EPIPE, errno.EINVAL):  # EINVAL is what Windows says of a closed pipe
            raise
        _leave(stream)


def _leave(stream: TextIO) -> NoReturn:
    # Who reads has had enough (`| head`), which is no error; the interpreter's own last flush must not complain either.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    raise SystemExit(ExitCode.DONE)
