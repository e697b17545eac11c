"""`salesrepo node`: who belongs to the company."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import DryRun, Json, day
from salesrepo.cli.people import tell_arranged, tell_roster, tell_whole
from salesrepo.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from salesrepo.flows.here.workspace import Workspace
    from salesrepo.flows.people.covering import Cover
    from salesrepo.flows.people.pay_terms import TeamWish

Name = Annotated[str, typer.Argument(metavar="NODE", help="The node.")]
On = Annotated[str, typer.Option("--on", metavar="DAY", help="The day that is meant; today if left out.")]
From = Annotated[str, typer.Option("--from", metavar="DAY", help="The first day on which it holds; today if left out.")]


def add_to(app: typer.Typer) -> None:
    """Register the group."""
    node = typer.Typer(help="Maintainers: take people in, change their terms, let them go.", rich_markup_mode=None)
    node.command("list")(list_)
    for command in (show, admit, change, deputy, offboard, requests):
        node.command(command.__name__)(command)
    app.add_typer(node, name="node")


def list_(
    on: On = "",
    *,
    everybody: Annotated[bool, typer.Option("--all", help="Also who had left by then.")] = False,
    json: Json = False,
) -> int:
    """List who belongs to the company: roles, manager, plan, level of certificates, since and until when."""
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.people.roster import roster

    ws = open_workspace()
    found = roster(ws, day=_day(ws, on), everybody=everybody)
    if json:
        console.say_json({"nodes": found})
    else:
        tell_roster(found)
    return ExitCode.DONE


def show(node: Name, on: On = "", *, json: Json = False) -> int:
    """Show one node: dated terms, what it covers and holds, and who agrees to what it sends."""
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.people.roster import whole

    ws = open_workspace()
    when = _day(ws, on)
    found = whole(ws, node, day=when)
    if json:
        console.say_json({name: value for name, value in vars(found).items() if name != "names"})
    else:
        tell_whole(found, when)
    return ExitCode.DONE


def admit(
    node: Annotated[str, typer.Argument(help="The name under which they asked to join, or had before they left.")],
    role: Annotated[list[str] | None, typer.Option(help="A role; seller if none is told.")] = None,
    plan: Annotated[str, typer.Option(help="The commission plan.")] = "",
    manager: Annotated[str, typer.Option(help="Whom they report to.")] = "",
    territory: Annotated[
        list[str] | None,
        typer.Option(help="A territory to cover, such as world/open or world/alps:closer; may be repeated."),
    ] = None,
    starts: From = "",
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Take in who asked to join, give an imported node its user, or take back who had left."""
    from salesrepo.flows.people.admit import Terms
    from salesrepo.flows.people.admit import admit as take_in

    covers = tuple(_cover(one) for one in territory or ())
    terms = Terms(roles=tuple(role or ()), plan=plan, manager=manager, covers=covers)
    ws = _fresh()
    when = _day(ws, starts)
    arranged = take_in(ws, node, terms, day=when, dry_run=dry_run)
    who = next((one.about for one in arranged.said), node)  # main does not know the name of who is new
    return tell_arranged(arranged, day=when, who=who, json=json)


def change(
    node: Name,
    role: Annotated[
        list[str] | None, typer.Option(help="A role that begins (+manager) or ends (-seller); may be repeated.")
    ] = None,
    plan: Annotated[str, typer.Option(help="Another commission plan.")] = "",
    manager: Annotated[str, typer.Option(help="Another manager.")] = "",
    name: Annotated[str, typer.Option(help="Another name.")] = "",
    team: Annotated[
        list[str] | None,
        typer.Option(help="One to join (+north, or +north:0.5 with a weight) or to leave (-north); may be repeated."),
    ] = None,
    grade: Annotated[str, typer.Option(help="Another grade.")] = "",
    paid_in: Annotated[str, typer.Option(help="The currency that they are paid in.")] = "",
    referred_by: Annotated[str, typer.Option(metavar="NODE", help="Who brought them to the company.")] = "",
    territory: Annotated[
        list[str] | None,
        typer.Option(help="One to cover (+world/alps:closer) or to leave (-world/open); may be repeated."),
    ] = None,
    starts: From = "",
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Change somebody's roles, plan, manager, teams, grade, territories or name from a day on."""
    from salesrepo.flows.people.node_change import Wishes
    from salesrepo.flows.people.node_change import change as alter
    from salesrepo.flows.people.pay_terms import PayWishes

    roles, places, teams = role or [], territory or [], team or []
    for what, told in (("role", roles), ("territory", places), ("team", teams)):
        if odd := next((one for one in told if one[:1] not in ("+", "-") or len(one) < 2), None):
            raise UsageError(
                f"Does the {what} {odd or 'without a name'} begin or end?", hint=f"Write +{odd} or -{odd}."
            )
    wishes = Wishes(
        add=tuple(one[1:] for one in roles if one[0] == "+"),
        drop=tuple(one[1:] for one in roles if one[0] == "-"),
        plan=plan,
        manager=manager,
        name=name,
        begin=tuple(_cover(one[1:]) for one in places if one[0] == "+"),
        end=tuple(_cover(one[1:]) for one in places if one[0] == "-"),
        pay=PayWishes(
            join=tuple(_team(one[1:]) for one in teams if one[0] == "+"),
            quit=tuple(one[1:] for one in teams if one[0] == "-"),
            grade=grade,
            paid_in=paid_in,
            referred_by=referred_by,
        ),
    )
    ws = _fresh()
    when = _day(ws, starts)
    arranged = alter(ws, node, wishes, day=when, dry_run=dry_run)
    return tell_arranged(arranged, day=when, who=ws.who(node), json=json)


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
    when = _day(ws, starts)
    arranged = deputise(ws, node, who, day=when, until=back, dry_run=dry_run)
    return tell_arranged(arranged, day=when, who=ws.who(node), json=json)


def offboard(
    node: Name,
    starts: Annotated[
        str, typer.Option("--from", metavar="DAY", help="The first day on which they are gone; today if left out.")
    ] = "",
    to: Annotated[
        str, typer.Option("--to", metavar="NODE", help="Who takes over; else the manager, where somebody must.")
    ] = "",
    reason: Annotated[
        str, typer.Option(help="Why, where plans ask for it: resigned, dismissed, retired or a word of your own.")
    ] = "",
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Let somebody go: roles, plan and territories end; claims and open deals pass on or are given back."""
    from salesrepo.flows.people.offboard import offboard as let_go

    ws = _fresh()
    when = _day(ws, starts)
    arranged = let_go(ws, node, day=when, to=to, reason=reason, dry_run=dry_run)
    return tell_arranged(arranged, day=when, who=ws.who(node), json=json)


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


def _cover(text: str) -> "Cover":
    from salesrepo.flows.people.covering import Cover

    territory, _, role = text.partition(":")
    return Cover(territory, role)


def _team(text: str) -> "TeamWish":
    from salesrepo.flows.people.pay_terms import TeamWish

    team, _, weight = text.partition(":")
    return TeamWish(team, weight)
