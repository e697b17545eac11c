"""`sr undo`: take back what is noted, or sent and not accepted."""

from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import DryRun, Json
from salesrepo.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesrepo.flows.sending.folder import Lost

_SHOWN = 3  # lines of an edit


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("undo")(undo)


def undo(
    what: Annotated[
        str,
        typer.Argument(
            help="An account, a deal (acme/2) or a file that is noted, sent or was edited; or all, but what was sent."
        ),
    ],
    *,
    yes: Annotated[
        bool, typer.Option("--yes", help="Lose what was edited in the folder itself, too; do not ask.")
    ] = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Take back what is noted for an account or deal, came back, or was sent and not accepted; and edits of files."""
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.sending.undo import undo as take_back

    def agreed(lost: "Sequence[Lost]") -> bool:
        return yes or (not json and _agreed(lost))

    done = take_back(open_workspace(), what, agreed=agreed, dry_run=dry_run)
    changed = bool(done.noted or done.edited) and not dry_run
    if json:
        plain = [{"title": one.title, "paths": one.paths, "sent": one.sent} for one in done.noted]
        console.say_json({"taken_back": plain, "edited": done.edited, "kept": done.kept, "changed": changed})
        return ExitCode.DONE
    verb = "Would take" if dry_run else "Taken"
    for one in done.noted:
        console.say(f"{verb} back: {console.term(one.title)}{', which was sent' if one.sent else ''}.")
        if one.stays:
            console.say(f"Still noted: {console.term(one.stays)}.")
    for lost in done.edited:
        console.say(f"{verb} back: your edit of {console.term(lost.path)}.")
    if dry_run:
        _tell_lost(done.edited)
    if done.kept:
        _tell_kept(done.kept, what)
    elif not done.noted and not done.edited:
        console.say("Nothing is noted.")
    return ExitCode.DONE


def _agreed(lost: "Sequence[Lost]") -> bool:
    if not console.person_present():
        return False
    console.say("These edits are nowhere but in your folder:")
    _tell_lost(lost)
    return console.ask("Lose them (yes or no)?", option="--yes").casefold() in ("y", "yes")


def _tell_kept(lost: "Sequence[Lost]", what: str) -> None:
    console.say("Kept, since they are nowhere but in your folder:")
    _tell_lost(lost)
    console.say(f"Next: sr submit sends them; sr undo {console.term(what)} --yes loses them.")


def _tell_lost(lost: "Sequence[Lost]") -> None:
    for one in lost:
        console.say(f"  {console.term(one.path)}: {one.how}{f', {_some(len(one.lines))}' if one.lines else ''}")
        for line in one.lines[:_SHOWN]:
            console.say(f"    {console.term(line)}")
        if len(one.lines) > _SHOWN:
            console.say(f"    ... and {len(one.lines) - _SHOWN} more")


def _some(lines: int) -> str:
    return f"{lines} line{'' if lines == 1 else 's'} of yours"
