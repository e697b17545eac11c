"""`sr pay`: what you earned, and why."""

from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import Json, MostOption, day
from salesrepo.cli.outcomes import tell_lines, tell_statement
from salesrepo.errors import ExitCode, RefusedError, UnavailableError, UsageError

if TYPE_CHECKING:
    from salesrepo.flows.here.workspace import Workspace


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("pay")(pay)


def pay(
    what: Annotated[
        str, typer.Argument(help="A period such as 2017-12 (the last one if left out), or the word why or if.")
    ] = "",
    of: Annotated[str, typer.Argument(help="After why: a deal or a line. After if: an open deal.")] = "",
    most: MostOption = 20,
    signed: Annotated[str, typer.Option(help="After if: the day on which it would be signed; today if left out.")] = "",
    *,
    json: Json = False,
) -> int:
    """What you earned in a period, why a deal paid what it did, or what it would pay if it were won."""
    from salesrepo.flows.books.pay import lines_of, pay_of
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.sending.sync import sync

    if (what in ("why", "if")) is not bool(of):
        hint = "sr pay 2017-12, sr pay why acme/2, or sr pay if acme/3"
        raise UsageError("Ask for a period, or for why or if with a deal.", hint=hint)
    if signed and what != "if":
        raise UsageError("Only a deal that is not won yet can be signed on another day.", hint="sr pay if acme/3")
    try:
        sync(open_workspace())
    except UnavailableError as away:
        tell = console.say_error if json else console.say  # a pipe holds results only
        tell(f"{away.message} This is what was known last.")
    ws = open_workspace()
    if what == "why":
        return tell_lines(lines_of(ws, of, node=ws.me), json=json)
    if what == "if":
        return _if(ws, of, signed=day(signed), json=json)
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


def _if(ws: "Workspace", deal: str, *, signed: str, json: bool) -> int:
    """What a deal would pay whoever asks."""
    from salesrepo.cli.estimates import tell_estimate
    from salesrepo.flows.deals.would_pay import estimate_deal

    found = estimate_deal(ws, deal, signed=signed)
    return tell_estimate(found.of(ws.me), handle=deal, who=ws.who, json=json)
