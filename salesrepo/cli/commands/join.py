"""`sr join`: get a working copy of a company and ask to be taken in."""

from pathlib import Path
from typing import Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import DryRun, Json
from salesrepo.errors import ExitCode


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("join")(join)


def join(
    place: Annotated[
        str, typer.Argument(help="The folder that `salesrepo init` made, or its address: ssh://user@host/srv/acme")
    ],
    node: Annotated[str, typer.Option("--as", help="Your name there, such as ana-lima.")],
    name: Annotated[str, typer.Option(help="Your name as people write it.")] = "",
    into: Annotated[str, typer.Option(help="The new folder to work in; beside the company's, or here.")] = "",
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Join a company: get your own copy, and send the request to be taken in."""
    from salesrepo.flows.here.place import clock
    from salesrepo.flows.people.join import join_as, kind_of
    from salesrepo.forge.local_setup import FINANCE

    where, beside = place, Path.cwd()
    if kind_of(place) == "local":
        inner = Path(place) / "forge"
        where = str(inner if (inner / "master.git").is_dir() else Path(place))
        beside = Path(where).resolve().parent
    finances = Path(where).name == FINANCE and (beside / "master.git").is_dir()
    folder = Path(into) if into else beside.parent / f"{node}-finance" if finances else beside / node
    if dry_run:
        console.say(f"Would join {console.term(where)} as {node}, with a folder {console.term(str(folder))}.")
        return ExitCode.DONE
    done = join_as(where, node, folder, name=name, now=clock())
    if json:
        console.say_json({"folder": str(done.folder), "node": done.node, "forge_id": done.forge_id, "changed": True})
        return ExitCode.DONE
    console.say(f"Your folder is {console.term(str(done.folder))}.")
    if done.asked is None:
        console.say("You are known there already. Next: cd into it, then sr")
    else:
        console.say("Your request was sent. Next: wait until sales operations admit you, then sr sync")
    return ExitCode.DONE
