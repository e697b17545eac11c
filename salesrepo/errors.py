"""What can go wrong, in one sentence with the next step, and the exit code that says which kind it was."""

from enum import IntEnum


class ExitCode(IntEnum):
    """The process exit codes of every command (docs/exit-codes.md)."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    REFUSED = 3
    CONFLICT = 4
    UNAVAILABLE = 5
    BUG = 70
    INTERRUPTED = 130


class SalesRepoError(Exception):
    """An expected problem: `message` is one sentence, `hint` the next step. Printed only by the error boundary."""

    code: ExitCode = ExitCode.REFUSED

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class RefusedError(SalesRepoError):
    """A rule, a state or the environment does not allow it."""


class UsageError(SalesRepoError):
    """The command was called in a way that has no meaning."""

    code = ExitCode.USAGE


class ConflictError(SalesRepoError):
    """Someone was first, or the ground moved: look again and retry."""

    code = ExitCode.CONFLICT


class UnavailableError(SalesRepoError):
    """The forge, the network or a tool such as git cannot be reached."""

    code = ExitCode.UNAVAILABLE


class RecordError(SalesRepoError):
    """A record cannot be read: where (line and column from 1, 0 if unknown), why, and how to mend it."""

    def __init__(self, message: str, *, path: str = "", line: int = 0, column: int = 0, hint: str = "") -> None:
        where = f"{path}:{line}:{column}: " if line else f"{path}: " if path else ""
        super().__init__(f"{where}{message}", hint=hint)
        self.reason = message
        self.path = path
        self.line = line
        self.column = column
