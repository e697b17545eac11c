"""`sr sync`: see what was accepted and what is new."""

import typer

from salesrepo.cli import console
from salesrepo.cli.options import Json
from salesrepo.cli.outcomes import some
from salesrepo.errors import ExitCode


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("sync")(sync)


def sync(*, json: Json = False) -> int:
    """Bring your copy up to date; what was accepted leaves your list, what was not comes back with the reason."""
    from salesrepo.domain.paths import place_of
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.sending.sync import sync as update
    from salesrepo.flows.show import status

    done = update(open_workspace())
    if json:
        console.say_json({"sync": done, "changed": done.moved or done.news or bool(done.accepted)})
        return ExitCode.DONE
    console.say("Up to date." if not done.moved else "Brought up to date.")
    if done.accepted:
        told = sum(1 for path in done.accepted if (place := place_of(path)) is None or not place.kind.pointer)
        console.say(f"Accepted since: {some(told or len(done.accepted), 'record')} of yours.")
    if done.waiting:
        console.say(f"Still waiting: {len(done.waiting)}.")
    for one in status(open_workspace()).returned if done.returned else ():
        console.say(f"Came back: {console.term(one.title)}: {console.term(one.reason)}")
    if done.clashing:
        console.say(f"{len(done.clashing)} of your notes were changed by somebody else meanwhile: see sr status -v.")
        return ExitCode.CONFLICT
    return ExitCode.DONE
