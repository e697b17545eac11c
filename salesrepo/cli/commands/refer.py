"""`sr refer`: bring a lead to a colleague."""

from typing import Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import DryRun, Json
from salesrepo.cli.outcomes import sent_code, tell_sent


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("refer")(refer)


def refer(
    lead: Annotated[str, typer.Argument(help="Domain, register number or name of the company.")],
    to: Annotated[str, typer.Option("--to", help="The colleague's node, such as ana-lima.")] = "",
    company: Annotated[str, typer.Option(help="The company's name.")] = "",
    country: Annotated[str, typer.Option(help="Its country, such as DE.")] = "",
    layer: Annotated[str, typer.Option(help="The product line to sell.")] = "core",
    note: Annotated[str, typer.Option("-m", "--note", help="What your colleague should know.")] = "",
    *,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Take your referral back, if it was not used yet.")
    ] = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Bring a lead to a colleague; what policy promises for it is yours when they win a deal on it."""
    from salesrepo.flows.claim import Lead
    from salesrepo.flows.refer import refer as bring
    from salesrepo.flows.refer import withdraw as take_back
    from salesrepo.flows.workspace import open_workspace

    if withdraw:
        done = take_back(open_workspace(), lead, layer=layer, dry_run=dry_run)
    else:
        to = to or console.ask("To whom? ", option="--to")
        told = Lead(text=lead, company=company, country=country.upper(), layer=layer, note=note)
        done = bring(open_workspace(), told, to=to, dry_run=dry_run)
    if json:
        plain = {name: getattr(done, name) for name in ("account", "name", "to", "share", "reason")}
        console.say_json({**plain, "sent": done.sent, "changed": not dry_run})
        return sent_code(done.sent)
    who, colleague = console.term(f"{done.name} ({done.account})"), console.term(done.to)
    if dry_run:
        console.say(f"{who} would be {'taken back from' if withdraw else 'referred to'} {colleague}.")
    elif done.sent is None:
        why = f" ({console.term(done.reason)})" if done.reason else ""
        console.say(f"{who} is noted as referred to {colleague}, not sent yet{why}. Next: sr submit")
    elif done.sent.fate != "accepted":
        tell_sent(done.sent, verbose=False)
    elif withdraw:
        console.say(f"{who} is not referred to {colleague} any more.")
    else:
        earns = f" If they win it, you get {done.share}." if done.share else ""
        console.say(f"{who} is referred to {colleague}.{earns}")
    return sent_code(done.sent)
