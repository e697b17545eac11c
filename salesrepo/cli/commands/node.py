"""`salesrepo node`: who belongs to the company."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import DryRun, Json, day
from salesrepo.cli.outcomes import tell_sent
from salesrepo.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from salesrepo.flows.here.workspace import Workspace
    from salesrepo.flows.people.node_change import Arranged
    from salesrepo.flows.sending.deliver import Sent

Name = Annotated[str, typer.Argument(metavar="NODE", help="The node.")]
From = Annotated[str, typer.Option("--from", metavar="DAY", help="The first day on which it holds; today if left out.")]


def add_to(app: typer.Typer) -> None:
    """Register the group."""
    node = typer.Typer(help="Maintainers: take people in, change their terms, let them go.", rich_markup_mode=None)
    for command in (admit, change, deputy, offboard, requests):
        node.command(command.__name__)(command)
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
    from salesrepo.flows.people.admit import admit as take_in

    sent = take_in(_fresh(), node, roles=role or (), plan=plan, manager=manager, territory=territory, dry_run=dry_run)
    if json:
        console.say_json({"sent": sent, "changed": bool(sent.number)})
    else:
        tell_sent(sent, verbose=False)
    return _code(sent)


def change(
    node: Name,
    role: Annotated[
        list[str] | None, typer.Option(help="A role that begins (+manager) or ends (-seller); may be repeated.")
    ] = None,
    plan: Annotated[str, typer.Option(help="Another commission plan.")] = "",
    manager: Annotated[str, typer.Option(help="Another manager.")] = "",
    name: Annotated[str, typer.Option(help="Another name.")] = "",
    starts: From = "",
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Change somebody's roles, plan, manager or name from a day on."""
    from salesrepo.flows.people.node_change import Wishes
    from salesrepo.flows.people.node_change import change as alter

    roles = role or []
    if odd := next((one for one in roles if one[:1] not in "+-" or len(one) < 2), None):
        raise UsageError(f"Does the role {odd} begin or end?", hint=f"Write +{odd} or -{odd}.")
    wishes = Wishes(
        add=tuple(one[1:] for one in roles if one[0] == "+"),
        drop=tuple(one[1:] for one in roles if one[0] == "-"),
        plan=plan,
        manager=manager,
        name=name,
    )
    ws = _fresh()
    return _tell(alter(ws, node, wishes, day=_day(ws, starts), dry_run=dry_run), json=json)


def deputy(
    node: Name,
    deputy: Annotated[str, typer.Option("--deputy", metavar="NODE", help="Who stands in.")] = "",
    starts: From = "",
    until: Annotated[
        str, typer.Option("--until", metavar="DAY", help="The day on which they are back; without it: once they left.")
    ] = "",
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Say who stands in for somebody: while they are away, or when they have left."""
    from salesrepo.flows.people.node_change import deputise

    ws = _fresh()
    who = deputy or console.ask("Who stands in?", option="--deputy")
    back = date.fromisoformat(day(until)) if until else None
    return _tell(deputise(ws, node, who, day=_day(ws, starts), until=back, dry_run=dry_run), json=json)


def offboard(
    node: Name,
    starts: Annotated[
        str, typer.Option("--from", metavar="DAY", help="The first day on which they are gone; today if left out.")
    ] = "",
    to: Annotated[
        str, typer.Option("--to", metavar="NODE", help="Who takes over; else the manager, where somebody must.")
    ] = "",
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Let somebody go: roles, plan and territories end; claims and open deals pass on or are given back."""
    from salesrepo.flows.people.offboard import offboard as let_go

    ws = _fresh()
    return _tell(let_go(ws, node, day=_day(ws, starts), to=to, dry_run=dry_run), json=json)


def requests(*, json: Json = False) -> int:
    """List who asks to join."""
    from salesrepo.flows.people.admit import requests as asking

    found = asking(_fresh())
    if json:
        console.say_json({"requests": found})
    elif found:
        rows = [(r.node, console.term(r.name), str(r.asked), r.forge_id) for r in found]
        console.table(("node", "name", "asked", "user"), rows)
    else:
        console.say("Nobody asks to join.")
    return ExitCode.DONE


def _fresh() -> "Workspace":
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.sending.sync import sync

    sync(open_workspace())
    return open_workspace()


def _day(ws: "Workspace", text: str) -> date:
    return date.fromisoformat(day(text)) if text else ws.today


def _code(sent: "Sent") -> int:
    return ExitCode.FINDINGS if sent.fate in ("refused", "conflict") else ExitCode.DONE


def _tell(arranged: "Arranged", *, json: bool) -> int:
    if json:
        console.say_json(
            {
                "changes": arranged.said,
                "warnings": arranged.warnings,
                "sent": arranged.sent,
                "changed": bool(arranged.sent.number),
            }
        )
        return _code(arranged.sent)
    for one in arranged.said:
        console.say(console.term(one.about))
        for words in one.words:
            console.say(f"  {console.term(words)}")
    for warning in arranged.warnings:
        console.say(f"Mind: {console.term(warning)}")
    tell_sent(arranged.sent, verbose=False)
    return _code(arranged.sent)
