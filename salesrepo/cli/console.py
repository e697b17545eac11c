"""How does text reach the terminal, and a person's answer come back? The one door: nothing else prints.

Records hold what strangers wrote, so every character that could move the cursor, rewrite a line or reverse the reading
order is shown as a visible escape. A pipe gets plain text, a terminal may get colour; rich loads for a table alone.
"""

import errno
import json
import os
import re
import sys
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NoReturn, TextIO

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
    """Print `text` and a line break. Its own line breaks count: send a value that has one line through `term`."""
    _write(sys.stdout, term(text, lines=True) + "\n")


def say_error(message: str, hint: str = "") -> None:
    """Print what is wrong, and under it the next step, to standard error."""
    _write(sys.stderr, _paint(sys.stderr, "error:", _BOLD, _RED) + f" {term(message, lines=True)}\n")
    if hint:
        _write(sys.stderr, _paint(sys.stderr, "  ->", _DIM) + f" {term(hint, lines=True)}\n")


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
    _write(sys.stderr, term(text, lines=True) + "\n")


def emit(text: str, *, commands: bool = False) -> None:
    """Print what a report's or export's encoder wrote: as it is into a pipe or file, made safe on a terminal.

    `commands`: it speaks to a workflow's runner on purpose, and its encoder saw to what strangers wrote.
    """
    _write(sys.stdout, term(text, lines=True) if sys.stdout.isatty() else text, commands=commands)


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

    A terminal gets a bold head, and long values wrapped into its width; a pipe gets every value whole, on one line.
    """
    head = [term(name) for name in columns]
    body = [[term(cell) for cell in row] for row in rows]
    sides = [name in right for name in columns]
    draw = _drawn if sys.stdout.isatty() and not _PLAIN.get() else _aligned
    _write(sys.stdout, draw(head, body, sides))


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
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name, side in zip(head, sides, strict=True):
        grid.add_column(Text(name), justify="right" if side else "left", overflow="fold")
    for row in body:
        grid.add_row(*map(Text, row))
    colour: Literal["auto"] | None = "auto" if _coloured(sys.stdout) else None
    console = Console(file=sys.stdout, color_system=colour, highlight=False, legacy_windows=False)
    with console.capture() as drawn:
        console.print(grid)
    return "".join(f"{line.rstrip()}\n" for line in drawn.get().splitlines())


def _aligned(head: Sequence[str], body: Sequence[Sequence[str]], sides: Sequence[bool]) -> str:
    lines = [head, *body]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    return "".join(
        "  ".join(
            " " * (width - _width(cell)) + cell if side else cell + " " * (width - _width(cell))
            for cell, width, side in zip(line, widths, sides, strict=True)
        ).rstrip()
        + "\n"
        for line in lines
    )


def _width(text: str) -> int:
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


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
