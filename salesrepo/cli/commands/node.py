"""`salesrepo node`: who belongs to the company."""

from typing import Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import DryRun, Json
from salesrepo.cli.outcomes import tell_sent
from salesrepo.errors import ExitCode


def add_to(app: typer.Typer) -> None:
    """Register the group."""
    node = typer.Typer(help="Maintainers: take people in.", rich_markup_mode=None)
    node.command("admit")(admit)
    node.command("requests")(requests)
    app.add_typer(node, name="node")


def admit(
    node: Annotated[str, typer.Argument(help="The name under which they asked to join.")],
    role: Annotated[list[str] | None, typer.Option(help="A role from today on; seller if none is told.")] = None,
    plan: Annotated[str, typer.Option(help="The commission plan from today on.")] = "",
    manager: Annotated[str, typer.Option(help="Whom they report to.")] = "",
    territory: Annotated[str, typer.Option(help="A territory to cover, such as world/open.")] = "",
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Take somebody in who asked to join, or give an imported node its user."""
    from salesrepo.flows.admit import admit as take_in
    from salesrepo.flows.sync import sync
    from salesrepo.flows.workspace import open_workspace

    sync(open_workspace())
    sent = take_in(
        open_workspace(), node, roles=role or (), plan=plan, manager=manager, territory=territory, dry_run=dry_run
    )
    if json:
        console.say_json({"sent": sent, "changed": bool(sent.number)})
    else:
        tell_sent(sent, verbose=False)
    return ExitCode.FINDINGS if sent.fate in ("refused", "conflict") else ExitCode.DONE


def requests(*, json: Json = False) -> int:
    """List who asks to join."""
    from salesrepo.flows.admit import requests as asking
    from salesrepo.flows.sync import sync
    from salesrepo.flows.workspace import open_workspace

    sync(open_workspace())
    found = asking(open_workspace())
    if json:
        console.say_json({"requests": found})
    elif found:
        rows = [(r.node, console.term(r.name), str(r.asked), r.forge_id) for r in found]
        console.table(("node", "name", "asked", "user"), rows)
    else:
        console.say("Nobody asks to join.")
    return ExitCode.DONE
