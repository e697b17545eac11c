"""Which commands does a command line need, and how does Typer run them?

Typer reads every parameter of every command that it is given, and each module costs time to load. So no more is built
than was asked for: one command, one command of a group, or for help the names and sentences of all.
"""

import inspect
import re
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any

import typer

from salesrepo import __version__
from salesrepo.cli import console
from salesrepo.cli.registry import COMMANDS
from salesrepo.errors import ExitCode, UsageError

DESCRIPTION = "A company's sales organisation in one repository: claim, log, win, get paid to the cent."


_NO_NUMBER = re.compile(r"Invalid value for '([^']+)': (.*) is not a valid int(?:eger)?(?: range)?\.")


def call(arguments: list[str], *, program: str) -> int:
    """Run a command line and return its exit code. Raises UsageError for one that no command understands."""
    command = typer.main.get_command(application(arguments))
    try:
        result = command.main(args=arguments, prog_name=program, standalone_mode=False)
    except typer.TyperException as bad:
        context: Any = getattr(bad, "ctx", None)
        within = [word for word in arguments[:1] if word in COMMANDS]  # Typer says it of an option without its value
        name = context.command_path if context else " ".join((program, *within))
        raise UsageError(_plainly(bad.format_message()), hint=f"See: {name} --help") from bad
    except typer.Abort:
        raise KeyboardInterrupt from None
    except SystemExit:
        raise SystemExit(ExitCode.DONE) from None  # who read the help has had enough of it, which is no error
    if result == ExitCode.INTERRUPTED:
        raise KeyboardInterrupt  # Typer keeps the interruption to itself and gives its code alone
    return result if isinstance(result, int) else ExitCode.DONE


def _plainly(message: str) -> str:
    """A complaint about a number in the words of somebody who types one."""
    found = _NO_NUMBER.fullmatch(message)
    return f"{found[1]} takes a whole number, not {found[2]}." if found else message


def application(arguments: Sequence[str]) -> typer.Typer:
    """As much of the application as these arguments need."""
    options = [word for word in arguments if word.startswith("-")]
    first = next((at for at, word in enumerate(arguments) if not word.startswith("-")), len(arguments))
    asks_help = "--help" in arguments[:first]
    if first == len(arguments):
        return _outlined(build()) if asks_help or set(options) - _OWN_OPTIONS else build(())
    if asks_help or arguments[first] not in COMMANDS:
        return _outlined(build())
    return _narrowed(build((arguments[first],)), "".join(arguments[first + 1 : first + 2]))


def build(names: Sequence[str] = tuple(COMMANDS)) -> typer.Typer:
    """The application with these commands."""
    app = typer.Typer(
        help=DESCRIPTION,
        rich_markup_mode=None,
        add_completion=False,
        no_args_is_help=False,
        pretty_exceptions_enable=False,
    )
    app.callback(invoke_without_command=True)(_whole)
    for name in names:
        add: Any = import_module(COMMANDS[name]).add_to
        add(app)
    return app


_OWN_OPTIONS = frozenset(("--version", "--plain"))


def _whole(
    ctx: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="No colour and no layout, for screen readers.")] = False,
) -> None:
    console.set_plain(plain=plain)
    if version:
        console.say(f"salesrepo {__version__}")
        raise typer.Exit(0)
    if ctx.invoked_subcommand is None:
        from salesrepo.cli.commands.status import today

        today()


def _narrowed(app: typer.Typer, word: str) -> typer.Typer:
    """Of a group only the command that is asked for; all of them where the word is none, for help and suggestions."""
    for group in app.registered_groups:
        inner = group.typer_instance
        asked = [command for command in inner.registered_commands if command.name == word] if inner else []
        if inner and asked:
            inner.registered_commands, inner.registered_groups = asked, []
    return app


def _outlined(app: typer.Typer) -> typer.Typer:
    """Every name and sentence without a parameter: all that help and suggestions show."""
    for command in app.registered_commands:
        command.help = command.help or inspect.getdoc(command.callback)
        command.callback = _nothing
    for group in app.registered_groups:
        if group.typer_instance:
            group.typer_instance.registered_commands = []
    return app


def _nothing() -> None:
    """What an outlined command does."""
