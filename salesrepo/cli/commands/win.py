"""`sr win`: the customer signed."""

from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.findings import say_findings
from salesrepo.cli.options import DryRun, Json, day
from salesrepo.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from salesrepo.flows.deals.close_deal import WinTold
    from salesrepo.flows.here.workspace import Workspace


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("win")(win)


def win(
    deal: Annotated[str, typer.Argument(help="One of your open deals, such as acme/2.")],
    order: Annotated[str, typer.Option(help="The customer's order reference.")] = "",
    signed: Annotated[str, typer.Option(help="The day the customer signed; today if left out.")] = "",
    term: Annotated[int | None, typer.Option(help="Months.", min=1)] = None,
    currency: Annotated[str, typer.Option(help="The deal's own, as a check; a deal keeps its currency.")] = "",
    billing: Annotated[str, typer.Option(help="once, monthly, quarterly or annual.")] = "",
    start: Annotated[str, typer.Option(help="The day from which the term runs.")] = "",
    invoice: Annotated[list[str] | None, typer.Option(help="DAY:AMOUNT of each invoice, where they differ.")] = None,
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Note that a deal is won."""
    from salesrepo.flows.deals.close_deal import WinTold
    from salesrepo.flows.deals.close_deal import win as won
    from salesrepo.flows.here.workspace import open_workspace

    told = WinTold(
        order=order or console.ask("The customer's order reference? ", option="--order"),
        signed=day(signed),
        term=term,
        currency=currency.upper(),
        billing=billing,
        starts=day(start),
        invoices=tuple(invoice or ()),
    )
    ws = open_workspace()
    noted = won(ws, deal, _asked(ws, deal, told), dry_run=dry_run)
    if json:
        console.say_json({"deal": noted.deal, "handle": noted.handle, "amount": noted.amount, "changed": not dry_run})
        return ExitCode.DONE
    verb = "Would note" if dry_run else "Noted"
    console.say(f"{verb}: {noted.handle} won, {noted.amount} {noted.deal.currency}, signed {noted.deal.signed}.")
    say_findings(noted.findings, "It would be refused as it is:", "Before it pays:")
    console.say("Next: sr submit")
    return ExitCode.DONE


def _asked(ws: "Workspace", deal: str, told: "WinTold") -> "WinTold":
    """What was told, with what this company wants to hear of every win."""
    from dataclasses import replace

    from salesrepo.flows.deals.close_deal import asked_at_a_win

    for name, question, option in asked_at_a_win(ws, deal, told):
        answer = console.ask(question, option=option)
        if name == "term":
            if not (answer.isascii() and answer.isdigit()):
                raise UsageError(f"{answer!r} is no number of months.", hint="Write it as 12, or give --term 12.")
            told = replace(told, term=int(answer))
        elif name == "starts":
            told = replace(told, starts=day(answer))
        elif name == "billing":
            told = replace(told, billing=answer)
        else:
            told = replace(told, invoices=tuple(answer.replace(",", " ").split()))
    return told
