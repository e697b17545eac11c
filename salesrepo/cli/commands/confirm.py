"""`salesrepo confirm`: the facts of a company are right."""

from typing import Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import DryRun, Json
from salesrepo.cli.outcomes import tell_sent
from salesrepo.errors import ExitCode


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("confirm")(confirm)


def confirm(
    account: Annotated[str, typer.Argument(help="The account; all that wait are listed if left out.")] = "",
    apart: Annotated[
        list[str] | None, typer.Option("--apart", help="A company of its family that others may sell to.")
    ] = None,
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Confirm an account's facts, so that deals on it can be won; sales operations do this for facts of others."""
    from salesrepo.flows.claims.confirm import confirm as vouch
    from salesrepo.flows.claims.confirm import sell_apart, unconfirmed
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.sending.sync import sync

    sync(open_workspace())
    if not account:
        found = unconfirmed(open_workspace())
        if json:
            console.say_json({"unconfirmed": found})
        elif found:
            rows = [(a.account, console.term(a.name), _facts(a.facts()), a.added_by) for a in found]
            console.table(("account", "name", "facts", "added by"), rows)
            console.say("Look each of them up; then: salesrepo confirm ACCOUNT")
        else:
            console.say("Every account that somebody holds is confirmed.")
        return ExitCode.DONE
    if apart:
        sent = sell_apart(open_workspace(), account, tuple(apart), dry_run=dry_run)
    else:
        sent = vouch(open_workspace(), account, dry_run=dry_run)
    if json:
        console.say_json({"sent": sent, "changed": bool(sent.number)})
    else:
        tell_sent(sent, verbose=False)
    return ExitCode.FINDINGS if sent.fate in ("refused", "conflict") else ExitCode.DONE


def _facts(facts: dict[str, str | int | None]) -> str:
    return console.term(", ".join(f"{name} {value}" for name, value in facts.items() if value is not None))
