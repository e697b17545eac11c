"""`salesrepo doctor`: is everything in order here?"""

import typer

from salesrepo.cli import console
from salesrepo.cli.options import Json
from salesrepo.errors import ExitCode


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("doctor")(doctor)


def doctor(*, json: Json = False) -> int:
    """Look at what salesrepo stands on here, and say what to do where something is wrong."""
    from salesrepo.flows.doctor import examine

    found = examine()
    if json:
        console.say_json({"examined": found})
    else:
        marks = {"good": "ok  ", "advice": "note", "bad": "BAD "}
        for one in found:
            console.say(f"{marks[one.health]} {one.what}: {console.term(one.sentence)}")
            if one.hint:
                console.say(f"     Next: {console.term(one.hint)}")
    return ExitCode.FINDINGS if any(one.health == "bad" for one in found) else ExitCode.DONE
