"""`sr cancel`: a deal that is won is off after all."""

from typing import Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.estimates import plain_amended, tell_amended
from salesrepo.cli.options import DryRun, Json
from salesrepo.cli.questions import ask_for
from salesrepo.errors import ExitCode


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("cancel")(cancel)


def cancel(
    deal: Annotated[str, typer.Argument(help="A deal that is won, such as acme/2.")],
    reason: Annotated[str, typer.Option(help="Why it is off.")] = "",
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Note that a won deal is off after all; says whose pay that takes back, and who must agree."""
    from salesrepo.flows.deals.amend_deal import cancel_deal, won_deal
    from salesrepo.flows.here.spoken import line_told
    from salesrepo.flows.here.workspace import open_workspace

    ws = open_workspace()
    if not reason and console.person_present():
        won_deal(ws, deal)  # nobody answers questions about a deal that is none
    why = reason or ask_for("Why is it off?", option="--reason", read=line_told)
    done = cancel_deal(ws, deal, why, dry_run=dry_run)
    if json:
        console.say_json(plain_amended(done, dry_run=dry_run))
    else:
        tell_amended(done, f"{done.noted.handle} is off: {console.term(why)}.", dry_run=dry_run)
    return ExitCode.DONE
