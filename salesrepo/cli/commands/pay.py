"""`sr pay`: what you earned, and why."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import DryRun, Json, MostOption, day
from salesrepo.cli.outcomes import tell_lines
from salesrepo.cli.statements import tell_statement
from salesrepo.errors import ExitCode, RefusedError, UnavailableError, UsageError

if TYPE_CHECKING:
    from salesrepo.flows.here.workspace import Workspace


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("pay")(pay)


def pay(
    what: Annotated[
        str, typer.Argument(help="A period such as 2017-12 (the last one if left out), or why, if, dispute, disputes.")
    ] = "",
    of: Annotated[str, typer.Argument(help="After why or dispute: a deal or a line. After if: an open deal.")] = "",
    text: Annotated[str, typer.Argument(help="After dispute: what you ask.")] = "",
    most: MostOption = 20,
    signed: Annotated[str, typer.Option(help="After if: the day on which it would be signed; today if left out.")] = "",
    since: Annotated[
        str, typer.Option(metavar="DAY", help="What was booked since a day; since you were told last if left out.")
    ] = "",
    missing: Annotated[
        str, typer.Option(metavar="DEAL", help="After dispute: a won deal that paid nothing, or too little.")
    ] = "",
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """What you earned in a period, why a deal paid what it did, what it would pay if won; and to ask about it."""
    from salesrepo.flows.books.pay import lines_of
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.sending.sync import sync

    if what in ("dispute", "disputes"):
        return _question(what, of, text, missing=missing, dry_run=dry_run, json=json)
    if text or missing or dry_run:
        raise UsageError("Only a question takes that.", hint="sr pay dispute acme/2 TEXT")
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
    return _statement(ws, what, since=day(since), most=most, json=json)


def _statement(ws: "Workspace", period: str, *, since: str, most: int, json: bool) -> int:
    """One's own statement."""
    from salesrepo.flows.books.pay import check_knows_pay, deal_names, pay_of, remember_told

    check_knows_pay(ws)
    try:
        found = pay_of(ws, ws.me, period, since=date.fromisoformat(since) if since else None)
    except RefusedError as nothing:
        if period:
            raise
        if json:
            console.say_json({"statement": None})
        else:
            console.say(nothing.message)
        return ExitCode.DONE
    code = tell_statement(found, who=ws.who, names=lambda deals: deal_names(ws, deals), most=most, json=json)
    if not json:  # a program that asks tells nobody
        remember_told(ws, ws.me)
    return code


def _if(ws: "Workspace", deal: str, *, signed: str, json: bool) -> int:
    """What a deal would pay whoever asks."""
    from salesrepo.cli.estimates import tell_estimate
    from salesrepo.flows.deals.would_pay import estimate_deal

    found = estimate_deal(ws, deal, signed=signed)
    return tell_estimate(found.of(ws.me), handle=deal, who=ws.who, json=json)


def _question(what: str, of: str, text: str, *, missing: str, dry_run: bool, json: bool) -> int:
    """Ask about a line or deal, or list what was asked."""
    from salesrepo.cli.pay_questions import ask, tell_questions
    from salesrepo.flows.books.pay_questions import questions
    from salesrepo.flows.here.workspace import open_workspace

    ws = open_workspace()
    if what == "disputes":
        return tell_questions(questions(ws, node=ws.me), json=json)
    return ask(ws, of, text, missing=missing, dry_run=dry_run, json=json)
