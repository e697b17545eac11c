"""How is a person asked until the answer makes sense? A wrong one is met with the reason, and the question again."""

from collections.abc import Callable
from typing import TypeVar

from salesrepo.cli import console
from salesrepo.cli.options import day
from salesrepo.errors import RefusedError, UsageError

T = TypeVar("T")


def ask_for(question: str, *, option: str, read: Callable[[str], T]) -> T:
    """What `read` makes of the person's answer; what it refuses (UsageError, RefusedError) is said and asked anew.

    Raises UsageError, naming the `option` that answers it, where nobody is there.
    """
    while True:
        answer = console.ask(question, option=option)
        try:
            return read(answer)
        except (UsageError, RefusedError) as wrong:
            console.say_error(wrong.message, wrong.hint)


def yes(answer: str) -> bool:
    """Whether an answer is yes. Raises UsageError for one that is neither yes nor no."""
    found = {"y": True, "yes": True, "n": False, "no": False}.get(answer.casefold())
    if found is None:
        raise UsageError(f"{answer} is neither yes nor no.", hint="Type yes or no.")
    return found


def number(answer: str) -> int:
    """A whole number. Raises UsageError for anything else."""
    if not (answer.isascii() and answer.isdigit()):
        raise UsageError(f"{answer!r} is no number of months.", hint="Write it as 12.")
    return int(answer)


def past_day(answer: str) -> str:
    """A day, empty for the word today. Raises UsageError for anything else."""
    return "" if answer.casefold() == "today" else day(answer)
