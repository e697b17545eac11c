"""`sr undo`: take back what is noted and not sent."""

from typing import Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import DryRun, Json
from salesrepo.errors import ExitCode


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("undo")(undo)


def undo(
    what: Annotated[str, typer.Argument(help="An account or a deal (acme/2) of which something is noted; or all.")],
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Take back what is noted for an account or deal and was not sent, or came back."""
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.sending.undo import undo as take_back

    gone = take_back(open_workspace(), what, dry_run=dry_run)
    if json:
        plain = [{"title": one.title, "paths": one.paths} for one in gone]
        console.say_json({"taken_back": plain, "changed": bool(gone) and not dry_run})
    else:
        for one in gone:
            console.say(f"{'Would take' if dry_run else 'Taken'} back: {console.term(one.title)}.")
        if not gone:
            console.say("Nothing is noted.")
    return ExitCode.DONE
