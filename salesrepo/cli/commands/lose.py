"""`sr lose`: the deal is off."""

from typing import Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.deals import tell_noted
from salesrepo.cli.options import DryRun, Json, day
from salesrepo.cli.questions import ask_for
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
    from salesrepo.flows.deals.close_deal import LossTold, lost_reasons, own_deal
    from salesrepo.flows.deals.close_deal import lose as lost
    from salesrepo.flows.here.spoken import line_told
    from salesrepo.flows.here.workspace import open_workspace

    ws = open_workspace()
    if console.person_present():
        own_deal(ws, deal)  # nobody answers questions about a deal that is none
    known = ", ".join(lost_reasons(ws))
    question = f"Why was it lost ({known}, or in a few words)?" if known else "Why was it lost?"
    why = reason if reason or to else ask_for(question, option="--reason", read=line_told)
    noted = lost(ws, deal, LossTold(reason=why, to=to, day=day(on)), dry_run=dry_run)
    if json:
        console.say_json({"deal": noted.deal, "handle": noted.handle, "changed": not dry_run})
        return ExitCode.DONE
    said = f"{noted.handle} lost on {noted.deal.closed}."
    tell_noted(noted, said, looked_at="Somebody will look at it:", dry_run=dry_run)
    if known and noted.deal.reason and noted.deal.reason_code is None and " " not in noted.deal.reason:
        own = console.term(noted.deal.reason)
        console.say(f"{own} is none of the company's reasons ({known}): it is kept as your own words.")
    return ExitCode.DONE
