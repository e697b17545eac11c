"""`sr claim`: ask for a lead, and hear at once whether it is yours."""

from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import DryRun, Json
from salesrepo.errors import ExitCode

if TYPE_CHECKING:
    from salesrepo.flows.claim import Answered


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("claim")(claim)


def claim(
    lead: Annotated[str, typer.Argument(help="Domain, URL, e-mail address, LEI, VAT number or name of the company.")],
    company: Annotated[str, typer.Option(help="The company's name.")] = "",
    country: Annotated[str, typer.Option(help="Its country, such as DE.")] = "",
    region: Annotated[str, typer.Option(help="Its region, such as DE-BY.")] = "",
    postal: Annotated[str, typer.Option(help="Its postal code.")] = "",
    industry: Annotated[str, typer.Option(help="Its industry, a NAICS code such as 5415.")] = "",
    employees: Annotated[int | None, typer.Option(help="How many people work there.", min=0)] = None,
    layer: Annotated[str, typer.Option(help="The product line to sell.")] = "core",
    note: Annotated[str, typer.Option("-m", "--note", help="Anything worth remembering.")] = "",
    *,
    later: Annotated[bool, typer.Option("--later", help="Only note it; `sr submit` sends it.")] = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Claim a lead: free, yours until when, taken by whom, or under review."""
    from salesrepo.flows.claim import Lead
    from salesrepo.flows.claim import claim as ask
    from salesrepo.flows.workspace import open_workspace

    wanted = Lead(
        text=lead,
        company=company,
        country=country.upper(),
        region=region.upper(),
        postal=postal.upper(),
        industry=industry,
        employees=employees,
        layer=layer,
        note=note,
    )
    ws = open_workspace()
    answer = ask(ws, wanted, later=later, dry_run=dry_run)
    codes = {"taken": ExitCode.CONFLICT, "refused": ExitCode.REFUSED}
    if json:
        console.say_json({**_plain(answer), "changed": answer.changed})
        return codes.get(answer.answer, ExitCode.DONE)
    for line in _lines(answer, dry_run=dry_run):
        console.say(line)
    return codes.get(answer.answer, ExitCode.DONE)


def _plain(answer: object) -> dict[str, object]:
    names = ("answer", "account", "name", "holder", "since", "until", "provisional", "reason")
    return {name: getattr(answer, name) for name in names}


def _lines(answer: "Answered", *, dry_run: bool) -> list[str]:

    who = console.term(f"{answer.name} ({answer.account})")
    if answer.answer == "yours":
        lines = [f"{who} is yours until {answer.until}."]
        if answer.provisional:
            lines.append("Provisional: nobody has confirmed the company's facts yet, so no deal can be won on it.")
        return [*lines, f"Next: sr log call {answer.account}"]
    if answer.answer == "taken":
        holder = console.term(answer.holder)
        return [
            f"{who} is taken by {holder} since {answer.since}, until {answer.until}.",
            f"Next: talk to {holder}, or try again after {answer.until}.",
        ]
    if answer.answer == "under_review":
        return [f"{who} is under review: {console.term(answer.reason)}", "Next: sr status shows when it is decided."]
    if answer.answer == "refused":
        hints = [f"Next: {console.term(f.hint)}" for f in (answer.sent.findings if answer.sent else ()) if f.hint]
        return [f"{who} was not accepted: {console.term(answer.reason)}", *hints[:1]]
    if dry_run:
        return [f"{who} is free. Nothing was noted."]
    why = f" ({console.term(answer.reason)})" if answer.reason else ""
    return [f"{who} is noted, not yours yet{why}.", "Next: sr submit"]
