"""The door: which command was asked for, and how every ending becomes a sentence and an exit code."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any

import typer
from click.exceptions import Abort, ClickException, Exit
from click.exceptions import UsageError as BadUsage

from salesrepo import __version__
from salesrepo.cli import console
from salesrepo.cli.registry import COMMANDS
from salesrepo.errors import ExitCode, SalesRepoError

DESCRIPTION = "A company's sales organisation in one repository: claim, log, win, get paid to the cent."


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command line and exit with its code: what `salesrepo` and `sr` call."""
    sys.exit(run(list(sys.argv[1:] if arguments is None else arguments)))


def run(arguments: list[str]) -> int:  # noqa: PLR0911 - one way out for each kind of ending
    """Run a command line; the one error boundary. Returns the exit code."""
    try:
        return _call(arguments)
    except SalesRepoError as problem:
        console.say_error(problem.message, problem.hint)
        return problem.code
    except BadUsage as bad:
        console.say_error(bad.format_message(), _usage_hint(bad))
        return ExitCode.USAGE
    except ClickException as bad:
        console.say_error(bad.format_message())
        return ExitCode.USAGE
    except (KeyboardInterrupt, EOFError, Abort):
        console.say_error("Interrupted.", "What was noted before is kept.")
        return ExitCode.INTERRUPTED
    except OSError as trouble:
        return _machine_trouble(trouble)
    except Exception as bug:
        return _bug(bug, arguments)


def _call(arguments: list[str]) -> int:
    command = typer.main.get_command(build(_wanted(arguments)))
    result = command.main(args=arguments, prog_name="sr" if _called_sr() else "salesrepo", standalone_mode=False)
    return result if isinstance(result, int) else ExitCode.DONE


def _wanted(arguments: list[str]) -> tuple[str, ...]:
    first = next((word for word in arguments if not word.startswith("-")), "")
    if first in COMMANDS:
        return (first,)
    return () if not arguments else tuple(COMMANDS)


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


def _whole(
    ctx: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="No colour and no layout, for screen readers.")] = False,
) -> None:
    console.set_plain(plain=plain)
    if version:
        console.say(f"salesrepo {__version__}")
        raise Exit(0)
    if ctx.invoked_subcommand is None:
        from salesrepo.cli.commands.status import today  # noqa: PLC0415

        today()


def _called_sr() -> bool:
    return os.path.basename(sys.argv[0]).startswith("sr") if sys.argv else False  # noqa: PTH119 - Path costs start-up


def _usage_hint(bad: BadUsage) -> str:
    return f"See: {bad.ctx.command_path} --help" if bad.ctx else "See: salesrepo --help"


def _machine_trouble(trouble: OSError) -> int:
    import errno  # noqa: PLC0415

    reasons = {
        errno.ENOSPC: ("The disk is full.", "Free some space, then run the command again."),
        errno.EDQUOT: ("The disk quota is used up.", "Free some space, then run the command again."),
        errno.EROFS: ("The disk can only be read.", "Work in a folder that can be written to."),
        errno.EACCES: ("This may not be written or read here.", "Check who owns the folder and its files."),
        errno.EPERM: ("This may not be written or read here.", "Check who owns the folder and its files."),
    }
    message, hint = reasons.get(trouble.errno or 0, (f"{trouble.strerror or trouble}.", "Check the path."))
    where = f" ({trouble.filename})" if trouble.filename else ""
    console.say_error(message.removesuffix(".") + f"{where}.", hint)
    return ExitCode.REFUSED


def _bug(bug: Exception, arguments: list[str]) -> int:
    import tempfile  # noqa: PLC0415
    import traceback  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

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
    console.say_error("This is a fault in salesrepo itself, not in what you did.", hint)
    return ExitCode.BUG
