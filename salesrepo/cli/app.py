"""The door: which command was asked for, and how every ending becomes a sentence and an exit code."""

import gc
import os
import sys
from collections.abc import Sequence
from itertools import pairwise

from salesrepo import __version__
from salesrepo.cli import console
from salesrepo.errors import ExitCode, SalesRepoError, UsageError


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command line and exit with its code: what `salesrepo` and `sr` call."""
    gc.disable()  # what is loaded stays; looking for garbage in it, now and at the end, is a fifth of a short command
    code = run(list(sys.argv[1:] if arguments is None else arguments))
    gc.freeze()
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run a command line; the one error boundary. Returns the exit code."""
    try:
        if not all(word.isprintable() or word.isascii() for word in arguments):
            _refuse_bytes(arguments)
        return _call(arguments)
    except SalesRepoError as problem:
        return _told(problem.code, problem.message, problem.hint, arguments)
    except (KeyboardInterrupt, EOFError):
        return _told(ExitCode.INTERRUPTED, "Interrupted.", "What was noted before is kept.", arguments)
    except OSError as trouble:
        return _told(ExitCode.REFUSED, *_machine_trouble(trouble), arguments)
    except Exception as bug:
        return _told(ExitCode.BUG, *_bug(bug, arguments), arguments)


def _told(code: ExitCode, message: str, hint: str, arguments: list[str]) -> int:
    """Say what is wrong: to a person on standard error, and to a program that asked for JSON as JSON."""
    console.say_error(message, hint)
    if "--json" in arguments or "--format=json" in arguments or ("--format", "json") in pairwise(arguments):
        told = {"code": int(code), "kind": code.name.lower(), "message": message, "hint": hint}
        console.say_json({"error": told})
    return code


def _refuse_bytes(arguments: list[str]) -> None:
    """What the shell passed on is not always text: bytes that are none arrive as lone surrogates."""
    for number, word in enumerate(arguments, 1):
        try:
            word.encode()
        except UnicodeEncodeError:
            raise UsageError(f"Word {number} of the command is not text.", hint="Type it again.") from None


def _call(arguments: list[str]) -> int:
    from salesrepo.cli.root import call
    from salesrepo.vcs.readers import one_reader_each

    if not gc.isenabled():
        gc.freeze()
        gc.enable()
    with one_reader_each():
        return call(arguments, program="sr" if _called_sr() else "salesrepo")


def _called_sr() -> bool:
    return os.path.basename(sys.argv[0]).startswith("sr") if sys.argv else False  # noqa: PTH119 - Path costs start-up


def _machine_trouble(trouble: OSError) -> tuple[str, str]:
    import errno

    reasons = {
        errno.ENOSPC: ("The disk is full.", "Free some space, then run the command again."),
        errno.EDQUOT: ("The disk quota is used up.", "Free some space, then run the command again."),
        errno.EROFS: ("The disk can only be read.", "Work in a folder that can be written to."),
        errno.EACCES: ("This may not be written or read here.", "Check who owns the folder and its files."),
        errno.EPERM: ("This may not be written or read here.", "Check who owns the folder and its files."),
    }
    message, hint = reasons.get(trouble.errno or 0, (f"{trouble.strerror or trouble}.", "Check the path."))
    where = f" ({trouble.filename})" if trouble.filename else ""
    return message.removesuffix(".") + f"{where}.", hint


def _bug(bug: Exception, arguments: list[str]) -> tuple[str, str]:
    import tempfile
    import traceback
    from pathlib import Path

    lines = traceback.format_exception(bug)
    text = f"salesrepo {__version__}, Python {sys.version}\n{arguments}\n\n{''.join(lines)}"
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="salesrepo-", suffix=".log", delete=False, encoding="utf-8"
        ) as log:
            log.write(text)
        hint = f"Please report it with the file {Path(log.name)}."
    except OSError:
        hint = f"Please report it: {type(bug).__name__}: {bug}"
    return "This is a fault in salesrepo itself, not in what you did.", hint
