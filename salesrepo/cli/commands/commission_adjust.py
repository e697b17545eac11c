"""`salesrepo commission adjust`: pay, charge or write off a sum by hand."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import DryRun, Json, day
from salesrepo.cli.outcomes import sent_code, tell_sent
from salesrepo.errors import ExitCode

if TYPE_CHECKING:
    from salesrepo.flows.sending.deliver import Sent


def add_to(group: typer.Typer) -> None:
    """Register the command in its group."""
    group.command("adjust")(adjust)


def adjust(
    node: Annotated[str, typer.Argument(help="Whom it pays or charges.")],
    amount: Annotated[str, typer.Option(help="How much; with a minus it is charged.")] = "",
    currency: Annotated[str, typer.Option(help="Its currency; what the payee is paid in if left out.")] = "",
    on: Annotated[
        str, typer.Option("--day", metavar="DAY", help="The day that it counts for; today if left out.")
    ] = "",
    reason: Annotated[str, typer.Option(help="Why; it stands on the statement.")] = "",
    deal: Annotated[str, typer.Option(help="The deal that it is about.")] = "",
    line: Annotated[str, typer.Option(help="The key of the line that it is about.")] = "",
    *,
    write_off: Annotated[bool, typer.Option("--write-off", help="Forgive what the payee owes.")] = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Pay or charge a sum outside every plan; somebody who neither sends nor gets it must agree."""
    from salesrepo.flows.finance.adjust import Wanted
    from salesrepo.flows.finance.adjust import adjust as send
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.sending.sync import sync

    amount = amount or console.ask("How much?", option="--amount")
    reason = reason or console.ask("Why?", option="--reason")
    sync(open_workspace())
    ws = open_workspace()
    wanted = Wanted(
        payee=node,
        amount=amount,
        currency=currency,
        day=date.fromisoformat(day(on)) if on else ws.today,
        reason=reason,
        deal=deal,
        line=line,
        write_off=write_off,
    )
    done = send(ws, wanted, dry_run=dry_run)
    if json:
        console.say_json({"adjustment": done.adjustment, "sent": _plain(done.sent), "changed": _changes(done.sent)})
    elif done.sent is None:
        console.say("The same was recorded before. If it is due twice, say so in the reason.")
    else:
        tell_sent(done.sent, verbose=False)
        if done.sent.fate == "review":
            console.say(f"Next: somebody else runs  salesrepo review approve {done.sent.number}")
    return sent_code(done.sent) if done.sent else ExitCode.DONE


def _plain(sent: "Sent | None") -> dict[str, object] | None:
    names = ("title", "fate", "would", "number", "roles", "reason")
    return {name: getattr(sent, name) for name in names} if sent else None


def _changes(sent: "Sent | None") -> bool:
    return sent is not None and bool(sent.number)
