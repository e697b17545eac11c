"""`sr lose`: the deal is off."""

from typing import Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.findings import say_findings
from salesrepo.cli.options import DryRun, Json, day
from salesrepo.errors import ExitCode


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("lose")(lose)


def lose(
    deal: Annotated[str, typer.Argument(help="One of your open deals, such as acme/2.")],
    reason: Annotated[str, typer.Option(help="Why: price, no-budget, timing ... or in a few words.")] = "",
    to: Annotated[str, typer.Option("--to", help="The competitor who won it.")] = "",
    on: Annotated[str, typer.Option("--on", help="The day it was lost; today if left out.")] = "",
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Note that a deal is lost, and why."""
    from salesrepo.flows.deals.close_deal import LossTold
    from salesrepo.flows.deals.close_deal import lose as lost
    from salesrepo.flows.here.workspace import open_workspace

    why = reason if reason or to else console.ask("Why was it lost? ", option="--reason")
    noted = lost(open_workspace(), deal, LossTold(reason=why, to=to, day=day(on)), dry_run=dry_run)
    if json:
        console.say_json({"deal": noted.deal, "handle": noted.handle, "changed": not dry_run})
        return ExitCode.DONE
    console.say(f"{'Would note' if dry_run else 'Noted'}: {noted.handle} lost on {noted.deal.closed}.")
    say_findings(noted.findings, "It would be refused as it is:", "Somebody will look at it:")
    console.say("Next: sr submit")
    return ExitCode.DONE
