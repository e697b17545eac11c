"""`sr extend`: keep a lead beyond the end of its protection."""

from typing import Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import DryRun, Json, Verbose, day
from salesrepo.cli.outcomes import tell_sent
from salesrepo.errors import ExitCode

_CODES = {"refused": ExitCode.REFUSED, "conflict": ExitCode.CONFLICT}


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("extend")(extend)


def extend(
    lead: Annotated[str, typer.Argument(help="One of your accounts: a few letters are enough.")],
    next_: Annotated[str, typer.Option("--next", help="What is to be done next: an extension rests on it.")] = "",
    due: Annotated[str, typer.Option(help="By which day.")] = "",
    layer: Annotated[str, typer.Option(help="The product line, where you hold several.")] = "",
    *,
    dry_run: DryRun = False,
    json: Json = False,
    verbose: Verbose = False,
) -> int:
    """Extend a claim whose protection ends soon: the first time at once, later with somebody's agreement."""
    from salesrepo.flows.claims.extend import extend as ask
    from salesrepo.flows.here.workspace import open_workspace

    if not json:
        next_ = next_ or console.ask("What comes next? ", option="--next")
        due = due or console.ask("By which day? ", option="--due")
    done = ask(open_workspace(), lead, layer=layer, step=next_, due=day(due), dry_run=dry_run)
    code = _CODES.get(done.sent.fate, ExitCode.DONE)
    if json:
        console.say_json({"extended": done, "changed": bool(done.sent.number)})
        return code
    tell_sent(done.sent, verbose=verbose)
    if done.sent.fate == "accepted":
        console.say(f"{console.term(done.name)} ({done.account}) is {console.term(done.kept)}.")
    return code
