"""`salesrepo territory`: who has which accounts, why, and what a change of it moves."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import DryRun, Json, day
from salesrepo.cli.outcomes import some
from salesrepo.cli.territories import covered_by, kind_of, tell_explained, tell_moves, tell_plan, tell_shares
from salesrepo.errors import ExitCode

if TYPE_CHECKING:
    from salesrepo.flows.here.workspace import Workspace

On = Annotated[str, typer.Option("--on", help="The day that is meant, such as 2027-01-01; today if left out.")]
Layer = Annotated[str, typer.Option("--layer", help="The layer; every one if left out.")]
Most = Annotated[int, typer.Option("--most", help="How many to list.", min=1)]


def add_to(app: typer.Typer) -> None:
    """Register the group."""
    territory = typer.Typer(help="Maintainers: who has which accounts, and why.", rich_markup_mode=None)
    territory.command("list")(list_)
    for command in (lint, explain, gaps, diff, simulate, reassign):
        territory.command(command.__name__)(command)
    app.add_typer(territory, name="territory")


def list_(on: On = "", *, json: Json = False) -> int:
    """List the territories as a tree, with their layer, days and holders."""
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.territories.view import list_territories

    ws = open_workspace()
    found = list_territories(ws, day=_on(ws, on))
    if json:
        console.say_json({"territories": found})
        return ExitCode.DONE
    rows = [
        (
            console.term("  " * one.depth + one.territory),
            kind_of(one),
            str(one.starts),
            str(one.ends or ""),
            covered_by(one),
        )
        for one in found
    ]
    console.table(("territory", "layer", "from", "to", "covered by"), rows)
    return ExitCode.DONE


def lint(*, json: Json = False) -> int:
    """Check all territories: overlaps, gaps, codes, terms, holders."""
    from salesrepo.domain.finding import Severity
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.territories.lint import lint as check
    from salesrepo.report.registry import render

    report = check(open_workspace())
    console.emit(render("json" if json else "text", report), prose=not json)
    return ExitCode.FINDINGS if report.of(Severity.ERROR) or report.skipped else ExitCode.DONE


def explain(
    lead: Annotated[str, typer.Argument(help="An account by domain, key or name.")],
    on: On = "",
    layer: Layer = "",
    *,
    json: Json = False,
) -> int:
    """Say in which territory an account lies, by which rule and facts, and who covers it."""
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.territories.view import explain_account

    ws = open_workspace()
    when = _on(ws, on)
    found = explain_account(ws, lead, day=when, layer=layer)
    if json:
        console.say_json({"day": when, "layers": found})
        return ExitCode.DONE
    account = found[0].account
    console.say(f"{console.term(account.name)} ({account.account}), on {when}")
    for one in found:
        tell_explained(one)
    if account.confirmed:
        console.say(f"{console.term(found[0].confirmed_by)} confirmed the facts on {account.confirmed.day}.")
    else:
        console.say("Nobody has confirmed the facts yet, so a claim on them is provisional.")
    return ExitCode.DONE


def gaps(on: On = "", most: Most = 5, *, json: Json = False) -> int:
    """Show parts of groups that no territory covers, each with an account in it, and territories that nobody covers."""
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.territories.view import find_gaps

    ws = open_workspace()
    found = find_gaps(ws, day=_on(ws, on), most=most)
    if json:
        plain = [
            {"group": gap.group, "layer": gap.layer, "account": gap.witness, "message": gap.message}
            for gap in found.gaps
        ]
        console.say_json({"day": found.day, "gaps": plain, "uncovered": found.uncovered})
        return ExitCode.DONE
    for gap in found.gaps:
        console.say(f"{gap.message}.")
    for one in found.uncovered:
        console.say(f"Nobody covers {console.term(one.territory)} ({console.term(one.name)}).")
    if not (found.gaps or found.uncovered):
        console.say("Every account has a territory, and every territory somebody who covers it.")
    return ExitCode.DONE


def diff(
    revision: Annotated[str, typer.Argument(help="A commit, branch or tag to compare with.", metavar="REV")],
    on: On = "",
    most: Most = 20,
    *,
    json: Json = False,
) -> int:
    """Show which territories changed their meaning since a revision, and which accounts, claims and deals move."""
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.territories.diff import difference

    ws = open_workspace()
    found = difference(ws, revision, day=_on(ws, on))
    if json:
        console.say_json({**vars(found), "claims": found.claims, "deals": found.deals})
        return ExitCode.DONE
    for one in found.territories:
        console.say(f"{one.territory}: {', '.join(one.what)}")
    if not found.territories:
        console.say("No territory changed its meaning.")
    counts = f"{some(len(found.moves), 'account')}, {some(found.claims, 'claim')}, {some(found.deals, 'open deal')}"
    console.say(f"On {found.day} there move: {counts}.")
    if found.moves:
        tell_moves(found.moves[:most])
    if len(found.moves) > most:
        console.say(f"{len(found.moves) - most} more: --most {len(found.moves)}")
    if found.later:
        days = ", ".join(map(str, found.later[:5]))
        console.say(f"Some of it begins later ({days}). What moves then: --on {found.later[0]}")
    return ExitCode.DONE


def simulate(
    accounts: Annotated[Path, typer.Option("--accounts", help="A CSV file; its column `account` names each.")],
    on: On = "",
    layer: Annotated[str, typer.Option("--layer", help="The layer.")] = "core",
    *,
    json: Json = False,
) -> int:
    """Spread a list of accounts over the territories, and show what each territory and holder would get."""
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.territories.simulate import simulate as spread

    ws = open_workspace()
    found = spread(ws, accounts, day=_on(ws, on), layer=layer)
    code = ExitCode.FINDINGS if found.faults else ExitCode.DONE
    if json:
        console.say_json(found)
        return code
    tell_shares("territory", found.territories)
    tell_shares("covered by", found.nodes)
    if any(one.shared for one in found.nodes):
        console.say("What several cover together counts for each of them.")
    if found.nowhere:
        names = ", ".join(console.term(key) for key in found.nowhere[:8])
        console.say(f"{some(len(found.nowhere), 'account')} in no territory: {names}{'…' * (len(found.nowhere) > 8)}")
    if found.unused:
        console.say(f"Columns that say nothing here: {console.term(', '.join(found.unused))}.")
    for fault in found.faults:
        console.say(f"Line {fault.line}: {console.term(fault.sentence)}")
    if found.faults:
        console.say(f"{some(len(found.faults), 'row')} left out. Mend the file and run it again.")
    return code


def reassign(
    giver: Annotated[str, typer.Option("--of", help="The node that gives its territories up.")],
    taker: Annotated[str, typer.Option("--to", help="The node that covers them from then on.")],
    from_: Annotated[str, typer.Option("--from", help="The first day of the new holder.", metavar="DATE")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do it without asking.")] = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Give all territories of one node to another from a day on, after showing what passes with them."""
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.territories.reassign import note_reassignment, plan_reassignment

    ws = open_workspace()
    plan = plan_reassignment(ws, giver, taker, day=date.fromisoformat(day(from_)))
    if not json:
        tell_plan(plan, giver=console.term(ws.who(giver)), taker=console.term(ws.who(taker)))
    refused = bool(plan.findings)
    changed = False
    if not refused and not dry_run and (yes or _agreed()):
        note_reassignment(ws, plan)
        changed = True
    if json:
        plain = {name: value for name, value in vars(plan).items() if name != "files"}
        console.say_json({**plain, "findings": [f.message for f in plan.findings], "changed": changed})
    elif changed:
        console.say("Noted. Next: sr submit")
    elif not refused and not dry_run:
        console.say("Nothing was changed.")
    return ExitCode.FINDINGS if refused else ExitCode.DONE


def _agreed() -> bool:
    return console.ask("Shall this be noted? (yes or no)", option="--yes").casefold() in ("y", "yes")


def _on(ws: "Workspace", text: str) -> date:
    return date.fromisoformat(day(text)) if text else ws.today
