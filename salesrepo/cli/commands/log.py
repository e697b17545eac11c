"""`sr log`: note what was done with an account, or a deal."""

from typing import Annotated, NoReturn

import typer

from salesrepo.cli import console
from salesrepo.cli.options import DryRun, Json, MostOption, day
from salesrepo.errors import ExitCode, UsageError

LeadArgument = Annotated[str, typer.Argument(help="One of your accounts: a few letters are enough.")]
TextArgument = Annotated[
    list[str] | None, typer.Argument(help="What happened, in your words, or - to read them; +12 is minutes.")
]
OnOption = Annotated[str, typer.Option("--on", help="The day it happened (2026-11-21); today if left out.")]
OutcomeOption = Annotated[str, typer.Option(help="How it ended, such as connected or voicemail.")]
NextOption = Annotated[str, typer.Option("--next", help="What is to be done next.")]
DueOption = Annotated[str, typer.Option(help="By which day.")]


_INPUT = 1 << 16  # bytes of a text from a pipe; the longest note is far below


def add_to(app: typer.Typer) -> None:
    """Register the group."""
    log = typer.Typer(help="Note what was done: it renews your claim once accepted.", rich_markup_mode=None)
    for kind in ("call", "email", "meeting", "demo", "note"):
        log.command(kind, help=_HELP[kind])(_logger(kind))
    from salesrepo.cli.commands.log_deal import deal

    log.command("deal")(deal)
    log.command("list")(list_log)
    app.add_typer(log, name="log")


_HELP = {
    "call": "Note a call.",
    "email": "Note an e-mail.",
    "meeting": "Note a meeting.",
    "demo": "Note a demonstration.",
    "note": "Note anything else worth remembering.",
}


def list_log(
    lead: Annotated[str, typer.Argument(help="One of your accounts; all of them if left out.")] = "",
    most: MostOption = 20,
    *,
    json: Json = False,
) -> int:
    """What you logged last, newest first, each with the id that --evidence and --activity take."""
    from salesrepo.cli.activities import tell_activities
    from salesrepo.flows.claims.own_claim import own_account
    from salesrepo.flows.here.own_log import recent
    from salesrepo.flows.here.workspace import open_workspace

    ws = open_workspace()
    found = recent(ws, own_account(ws, lead).account if lead else "", most=most)
    if json:
        console.say_json({"log": found})
        return ExitCode.DONE
    tell_activities(found, accounts=not lead)
    if not found:
        console.say("You logged nothing within a year. Next: sr log call LEAD TEXT")
    return ExitCode.DONE


def _logger(kind: str):  # type: ignore[no-untyped-def]
    def log(
        lead: LeadArgument,
        text: TextArgument = None,
        on: OnOption = "",
        outcome: OutcomeOption = "",
        next_: NextOption = "",
        due: DueOption = "",
        *,
        dry_run: DryRun = False,
        json: Json = False,
    ) -> int:
        return _log(kind, lead, text or [], on=on, outcome=outcome, next_=next_, due=due, dry_run=dry_run, json=json)

    return log


def _log(
    kind: str,
    lead: str,
    words: list[str],
    *,
    on: str,
    outcome: str,
    next_: str,
    due: str,
    dry_run: bool,
    json: bool,
) -> int:
    from salesrepo.flows.deals.log_activity import Told, log_activity
    from salesrepo.flows.here.place import find_desk

    minutes, text = _minutes(words)
    if text == "-":
        text = console.read_input(_INPUT).decode("utf-8", "replace").strip() or _nothing("What was sent in")
    elif text and not text.strip("+- "):
        _nothing(text)
    if not text and not json:
        text = console.ask("What happened? ", option="TEXT")
    told = Told(kind, lead, text, minutes, day(on), outcome, next_, day(due))
    done = log_activity(find_desk(), told, dry_run=dry_run)
    if json:
        console.say_json({"logged": done, "changed": not dry_run})
        return ExitCode.DONE
    verb = "Would note" if dry_run else "Noted"
    console.say(
        f"{verb}: {kind} with {console.term(done.name)} on {done.day}{f', {done.outcome}' if done.outcome else ''}."
    )
    if not done.held:
        console.say(_not_held(done.name, done.holder, done.until))
    elif done.renewed_to:
        console.say(f"Renewed to {done.renewed_to} once accepted.")
    else:
        console.say(f"{done.kept[0].upper()}{done.kept[1:]}.")
    if done.next:
        console.say(f"Next: {console.term(done.next)}{f', due {done.due}' if done.due else ''}.")
    return ExitCode.DONE


def _nothing(what: str) -> NoReturn:
    raise UsageError(f"{what} says nothing.", hint="Say what happened in a few words; - reads them from a pipe.")


def _not_held(name: str, holder: str, until: str) -> str:
    if holder:
        return f"It renews nothing: {console.term(name)} is {console.term(holder)}'s until {until}."
    return f"{console.term(name)} is not yours yet: your claim is not accepted."


def _minutes(words: list[str]) -> tuple[int | None, str]:
    """`+12` as a word of its own is the length; everything else is kept to the letter."""
    found = [word for word in words if word.startswith("+") and word[1:].isascii() and word[1:].isdigit()]
    if len(found) != 1 or int(found[0][1:]) > 1440:
        return None, " ".join(words)
    return int(found[0][1:]), " ".join(word for word in words if word is not found[0])
