"""`sr win`: the customer signed."""

from typing import Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.findings import say_findings
from salesrepo.cli.options import DryRun, Json, day
from salesrepo.errors import ExitCode


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("win")(win)


def win(
    deal: Annotated[str, typer.Argument(help="One of your open deals, such as acme/2.")],
    order: Annotated[str, typer.Option(help="The customer's order reference.")] = "",
    signed: Annotated[str, typer.Option(help="The day the customer signed; today if left out.")] = "",
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Note that a deal is won."""
    from salesrepo.flows.close_deal import win as won
    from salesrepo.flows.workspace import open_workspace

    reference = order or console.ask("The customer's order reference? ", option="--order")
    noted = won(open_workspace(), deal, order=reference, signed=day(signed), dry_run=dry_run)
    if json:
        console.say_json({"deal": noted.deal, "handle": noted.handle, "amount": noted.amount, "changed": not dry_run})
        return ExitCode.DONE
    verb = "Would note" if dry_run else "Noted"
    console.say(f"{verb}: {noted.handle} won, {noted.amount} {noted.deal.currency}, signed {noted.deal.signed}.")
    say_findings(noted.findings, "It would be refused as it is:", "Before it pays:")
    console.say("Next: sr submit")
    return ExitCode.DONE
