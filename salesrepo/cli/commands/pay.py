"""`sr pay`: what you earned, and why."""

from typing import Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import Json, MostOption
from salesrepo.cli.outcomes import tell_lines, tell_statement
from salesrepo.errors import ExitCode, RefusedError, UnavailableError, UsageError


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("pay")(pay)


def pay(
    what: Annotated[
        str, typer.Argument(help="A period such as 2017-12 (the last one if left out), or the word why.")
    ] = "",
    of: Annotated[str, typer.Argument(help="After why: a deal or a line.")] = "",
    most: MostOption = 20,
    *,
    json: Json = False,
) -> int:
    """What you earned in a period, or why a deal paid what it did."""
    from salesrepo.flows.books.pay import lines_of, pay_of
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.sending.sync import sync

    if (what == "why") is not bool(of):
        raise UsageError("Ask for a period, or for why with a deal.", hint="sr pay 2017-12, or sr pay why acme/2")
    try:
        sync(open_workspace())
    except UnavailableError as away:
        tell = console.say_error if json else console.say  # a pipe holds results only
        tell(f"{away.message} This is what was known last.")
    ws = open_workspace()
    if what == "why":
        return tell_lines(lines_of(ws, of, node=ws.me), json=json)
    try:
        found = pay_of(ws, ws.me, what)
    except RefusedError as nothing:
        if what:
            raise
        if json:
            console.say_json({"statement": None})
        else:
            console.say(nothing.message)
        return ExitCode.DONE
    return tell_statement(found, name=ws.who(ws.me), most=most, json=json)
