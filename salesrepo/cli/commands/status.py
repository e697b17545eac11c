"""`sr status`, and `sr` alone: everything of one's own at a glance."""

from typing import TYPE_CHECKING

import typer

from salesrepo.cli import console
from salesrepo.cli.options import Json, Verbose
from salesrepo.errors import ExitCode, RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesrepo.store.outbox import Item


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("status")(status)


def today() -> None:
    """What `sr` alone says: the status inside a working copy, the first steps outside of one."""
    from salesrepo.flows.place import find_desk

    try:
        find_desk()
    except RefusedError:
        console.say("salesrepo: claim, log, win, get paid to the cent.")
        console.say("Join a company:  sr join PLACE --as NODE")
        console.say("Found one:       salesrepo init DIR --as NODE")
        console.say("See it work:     salesrepo demo        All commands: sr --help")
        return
    status()


def status(*, json: Json = False, verbose: Verbose = False) -> int:
    """What you hold, work on, have noted and sent, and what came back."""
    from salesrepo.flows.show import status as ask
    from salesrepo.flows.workspace import open_workspace

    now = ask(open_workspace())
    if json:
        console.say_json(now)
        return ExitCode.DONE
    console.say(f"{console.term(now.name)}, {now.today}")
    if now.claims:
        rows = [
            (console.term(c.name), c.account, c.until if c.state == "held" else "not yours yet", _mark(c))
            for c in now.claims
        ]
        console.table(("account", "key", "until", ""), rows)
    else:
        console.say("You hold no accounts yet. Next: sr claim LEAD")
    if now.deals:
        console.table(("open deal", "stage"), [(console.term(d.handle), d.stage) for d in now.deals])
    for title, items in (("Noted, not sent:", now.noted), ("Sent, not accepted yet:", now.sent)):
        if items:
            console.say(f"{title} {_count(items)}")
    for item in now.returned:
        console.say(f"Came back: {_call(item.path)}: {console.term(item.reason)}")
    if now.noted:
        console.say("Next: sr submit")
    if verbose:
        for item in (*now.noted, *now.sent, *now.returned):
            console.say(f"  {item.state} {console.term(item.path)}")
    return ExitCode.DONE


def _mark(claim: object) -> str:
    return "provisional" if getattr(claim, "provisional", False) else ""


_NAMES = {
    "claims": "claim",
    "deals": "deal",
    "nodes": "day of activities",
    "accounts": "account",
    "requests": "request",
}


def _call(path: str) -> str:
    room, *rest = path.split("/")
    what = (
        rest[-1].rsplit(".", 1)[0]
        if room in ("deals", "accounts")
        else rest[2]
        if room == "claims" and len(rest) > 2
        else ""
    )
    return console.term(f"{_NAMES.get(room, 'record')} {what}".strip())


def _count(items: "Sequence[Item]") -> str:
    from collections import Counter

    kinds = Counter(_NAMES.get(item.path.split("/", 1)[0], "") for item in items)
    return ", ".join(
        f"{n} {kind}{'s' if n > 1 and kind != 'day of activities' else ''}" for kind, n in kinds.items() if kind
    )
