"""`salesrepo init`: found a company on the embedded forge."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from salesrepo.cli import console
from salesrepo.cli.options import DryRun, Json
from salesrepo.errors import ExitCode, RefusedError, UsageError


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("init")(init)


def init(
    folder: Annotated[Path, typer.Argument(help="A new folder.")],
    node: Annotated[str, typer.Option("--as", help="The first maintainer's name there, such as dana-reyes.")],
    company: Annotated[str, typer.Option("--name", help="The company's name.")] = "",
    person: Annotated[str, typer.Option(help="The first maintainer's name as people write it.")] = "",
    currency: Annotated[str, typer.Option(help="Its currency.")] = "USD",
    time_zone: Annotated[str, typer.Option(help="Its time zone, such as Europe/Berlin.")] = "UTC",
    forge: Annotated[str, typer.Option(help="local: folders on this machine.")] = "local",
    pay: Annotated[str, typer.Option(help="open: everybody sees everybody's pay; private: finance alone.")] = "open",
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Found a company: its records, its forge, and the first maintainer's copy."""
    from salesrepo.flows.here.place import clock
    from salesrepo.flows.init import Wanted, found, layout

    if forge != "local":
        raise RefusedError(f"The forge {forge} is not supported yet.", hint="Use --forge local.")
    if pay not in ("open", "private"):
        raise UsageError(f"Pay is either open or private, not {pay}.", hint="Use --pay open or --pay private.")
    how: Literal["open", "private"] = "private" if pay == "private" else "open"
    wanted = Wanted(company or folder.name, currency.upper(), time_zone, node, person or node, how)
    if dry_run:
        files = layout(wanted, forge_id="1", now=clock())
        for path in sorted(files):
            console.say(path)
        return ExitCode.DONE
    done = found(folder, wanted, now=clock())
    if json:
        console.say_json(
            {
                "forge": str(done.forge),
                "root": done.root,
                "copy": str(done.joined.folder),
                "finance": str(done.finance.folder) if done.finance else None,
                "changed": True,
            }
        )
        return ExitCode.DONE
    console.say(f"{console.term(wanted.company)} is founded.")
    console.say(f"Its records:    {console.term(str(done.forge))}")
    console.say(f"Your own copy:  {console.term(str(done.joined.folder))}")
    if done.finance:
        console.say(f"Finance's copy: {console.term(str(done.finance.folder))}  (plans, payments, what is paid)")
    console.say(f"Its first record is {done.root}: write this id down, everything is verified back to it.")
    console.say(f"Next: others run  sr join {console.term(str(folder))} --as NODE")
    return ExitCode.DONE
