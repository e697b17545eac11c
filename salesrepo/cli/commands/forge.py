"""`salesrepo forge`: an embedded forge that people on other machines reach over ssh."""

from typing import Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import DryRun, Json
from salesrepo.errors import ExitCode

Place = Annotated[str, typer.Argument(help="The folder that `salesrepo init` made.")]


def add_to(app: typer.Typer) -> None:
    """Register the group."""
    forge = typer.Typer(help="Administrators: let people in over ssh (docs/ssh.md).", rich_markup_mode=None)
    forge.command("serve")(serve)
    forge.command("add-user")(add_user)
    app.add_typer(forge, name="forge")


def serve(
    place: Place, forge_id: Annotated[str, typer.Option("--as", help="The forge's number of whose key it is.")]
) -> int:
    """Serve one connection; made to be the forced command of a key in authorized_keys."""
    from salesrepo.ci.event import ssh_command
    from salesrepo.ci.serve import serve as answer

    said = answer(place, forge_id, ssh_command(), read=console.read_input)
    if said is None:
        return ExitCode.DONE
    console.say_json(said)
    return int(said["error"]["code"]) if "error" in said else ExitCode.DONE


def add_user(
    place: Place,
    node: Annotated[str, typer.Argument(help="Their name there, such as ana-lima.")],
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Give somebody a number and a fork, and print the line of authorized_keys that lets their key in."""
    from salesrepo.ci.event import forge_place
    from salesrepo.flows.here.place import clock
    from salesrepo.flows.people.add_user import add_user as add

    added = add(forge_place(place), node, shown=place, now=clock(), dry_run=dry_run)
    if json:
        console.say_json(added)
        return ExitCode.DONE
    known = f"has the number {added.forge_id}" if added.forge_id else "would get a number and a fork"
    console.say(f"{added.node} {known}.")
    if added.line:
        console.say("Add this line to the authorized_keys of the account that serves, their public key at its end:")
        console.say(added.line)
        console.say(f"Then they run: sr join ssh://USER@HOST{added.path} --as {added.node}")
    return ExitCode.DONE
