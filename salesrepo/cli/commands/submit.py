"""`sr submit`: send what is noted."""

import typer

from salesrepo.cli import console
from salesrepo.cli.options import DryRun, Json, Verbose
from salesrepo.cli.outcomes import tell_sent
from salesrepo.errors import ExitCode


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("submit")(submit)


def submit(*, dry_run: DryRun = False, json: Json = False, verbose: Verbose = False) -> int:
    """Send everything that is noted; what is not accepted comes back with the reason."""
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.sending.submit import submit as send

    result = send(open_workspace(), dry_run=dry_run)
    if json:
        console.say_json({"sent": result.parcels, "changed": result.changed})
    elif not result.parcels:
        console.say("There is nothing to send.")
    else:
        for sent in result.parcels:
            tell_sent(sent, verbose=verbose)
    if result.trouble:
        raise result.trouble
    if result.any("conflict"):
        return ExitCode.CONFLICT
    return ExitCode.FINDINGS if result.any("refused") else ExitCode.DONE
