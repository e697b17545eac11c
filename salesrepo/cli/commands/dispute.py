"""`sr dispute`: whose lead is it rightly? Said by both, decided by somebody who is neither."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import DryRun, Json, day
from salesrepo.cli.outcomes import sent_code, tell_sent
from salesrepo.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from salesrepo.flows.claims.dispute import Disputed, Ruling, Said
    from salesrepo.flows.here.workspace import Workspace

_GROUNDS = "customer_preference, earlier_claim, territory, activity or source"


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("dispute")(dispute)


def dispute(
    what: Annotated[str, typer.Argument(help="The lead; or the words list, show and decide.")],
    name: Annotated[str, typer.Argument(help="After show and decide: the dispute as list has it, or its lead.")] = "",
    ground: Annotated[str, typer.Option(help=f"What it rests on, what you say or what you decide: {_GROUNDS}.")] = "",
    message: Annotated[str, typer.Option("-m", "--message", help="What speaks for it.")] = "",
    activity: Annotated[str, typer.Option(help="What you logged that shows it: last, call, a day, or its id.")] = "",
    on: Annotated[str, typer.Option(help="The day that it rests on, where no activity says it.")] = "",
    layer: Annotated[str, typer.Option(help="The product line, where there are several.")] = "",
    holder: Annotated[str, typer.Option("--for", help="To decide: the node that has the lead from now on.")] = "",
    why: Annotated[str, typer.Option(help="To decide: your reasons.")] = "",
    share: Annotated[list[str] | None, typer.Option(help="To decide: NODE:SHARE of deals won on it.")] = None,
    days: Annotated[int | None, typer.Option(help="To decide: for how many days they share.", min=1)] = None,
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Say why a lead is rightly yours, or answer; `dispute list`, `dispute show ID`, `dispute decide ID --for NODE`."""
    from salesrepo.flows.claims.dispute import Ruling, Said
    from salesrepo.flows.here.workspace import open_workspace

    ws = open_workspace()
    if what == "list":
        return _list(ws, json=json)
    if what == "show":
        return _show(ws, name, json=json)
    if what == "decide":
        _named(name)
        holder = holder or console.ask("For whom (the node of one of the two)?", option="--for")
        ground = ground or console.ask(f"On which ground ({_GROUNDS})?", option="--ground")
        why = why or console.ask("Why?", option="--why")
        ruling = Ruling(holder=holder, ground=ground, why=why, shares=tuple(share or ()), days=days)
        return _decide(ws, name, ruling, dry_run=dry_run, json=json)
    ground = ground or console.ask(f"On which ground ({_GROUNDS})?", option="--ground")
    text = message or console.ask("What speaks for it?", option="--message")
    at = date.fromisoformat(day(on)) if on else None
    return _state(
        ws, what, Said(ground=ground, text=text, activity=activity, day=at, layer=layer), dry_run=dry_run, json=json
    )


def _state(ws: "Workspace", lead: str, said: "Said", *, dry_run: bool, json: bool) -> int:
    from salesrepo.flows.claims.dispute import dispute as state

    found, sent = state(ws, lead, said, dry_run=dry_run)
    if json:
        console.say_json({**_plain(found), "sent": sent, "changed": bool(sent.number)})
        return sent_code(sent)
    if sent.fate == "accepted":
        console.say(f"{_who(found)}: what you say is on record. It is decided by {found.due}.")
    else:
        tell_sent(sent, verbose=False)
    return sent_code(sent)


def _decide(ws: "Workspace", name: str, ruling: "Ruling", *, dry_run: bool, json: bool) -> int:
    from salesrepo.flows.claims.dispute import decide

    found, sent = decide(ws, name, ruling, dry_run=dry_run)
    if json:
        console.say_json({**_plain(found), "sent": sent, "changed": bool(sent.number)})
    elif sent.fate == "accepted":
        console.say(f"{_who(found)} is {console.term(ws.who(ruling.holder))}'s.")
    else:
        tell_sent(sent, verbose=False)
    return sent_code(sent)


def _list(ws: "Workspace", *, json: bool) -> int:
    from salesrepo.flows.claims.dispute import disputes

    found = disputes(ws)
    if json:
        console.say_json({"disputes": [_plain(one) for one in found]})
    elif found:
        rows = [(one.id, console.term(one.name), *_names(one), str(one.due)) for one in found]
        console.table(("dispute", "lead", "says it is theirs", "holds it", "decided by"), rows)
    else:
        console.say("Nothing is disputed.")
    return ExitCode.DONE


def _show(ws: "Workspace", name: str, *, json: bool) -> int:
    from salesrepo.flows.claims.dispute import find_dispute

    found = find_dispute(ws, _named(name))
    if json:
        console.say_json(_plain(found))
        return ExitCode.DONE
    opener, holder = _names(found)
    console.say(f"{_who(found)}: {opener} disputes the claim of {holder}. To be decided by {found.due}.")
    for statement in (found.case.opened, found.case.answer):
        for exhibit in statement.exhibits if statement else ():
            by = found.names[statement.node] if statement else ""
            words = f"{console.term(by)}, {exhibit.ground.replace('_', ' ')}: {console.term(exhibit.text)}"
            console.say(f"  {words}" + (f" ({exhibit.day})" if exhibit.day else ""))
    decision = found.case.decision
    if decision:
        console.say(
            f"Decided on {decision.day} for {console.term(ws.who(decision.holder))}: {console.term(decision.why)}"
        )
    return ExitCode.DONE


def _named(name: str) -> str:
    if not name:
        raise UsageError("Which dispute?", hint="Name it, or its lead: salesrepo dispute list")
    return name


def _names(found: "Disputed") -> tuple[str, str]:
    opener, holder = found.case.parties
    return console.term(found.names[opener]), console.term(found.names[holder])


def _who(found: "Disputed") -> str:
    return console.term(f"{found.name} ({found.account})")


def _plain(found: "Disputed") -> dict[str, object]:
    case = found.case
    return {
        "id": found.id,
        "dispute": case.dispute,
        "account": found.account,
        "layer": found.layer,
        "due": found.due,
        "opened": case.opened,
        "answer": case.answer,
        "decision": case.decision,
    }
