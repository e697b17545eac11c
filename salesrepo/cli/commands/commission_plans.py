"""`salesrepo commission estimate` and `simulate`: what would a deal pay, and what would another plan cost?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import Json, day
from salesrepo.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from salesrepo.domain.page import Page


def add_to(group: typer.Typer) -> None:
    """Register the commands in their group."""
    for command in (estimate, simulate):
        group.command(command.__name__)(command)


def estimate(
    lead: Annotated[str, typer.Argument(metavar="DEAL|LEAD", help="An open deal, or its account.")] = "",
    deal: Annotated[
        Path | None, typer.Option("--deal", help="A file with a deal (YAML or JSON) that is recorded nowhere.")
    ] = None,
    signed: Annotated[str, typer.Option(help="The day on which it is signed; today if left out.")] = "",
    *,
    json: Json = False,
) -> int:
    """What a deal would pay if it were won, to whom and why; your own pay, or everybody's where you look after it."""
    from salesrepo.cli.estimates import tell_estimate
    from salesrepo.flows.deals.would_pay import estimate_deal, estimate_file, sees_all
    from salesrepo.flows.here.workspace import open_workspace

    if bool(lead) is (deal is not None):
        raise UsageError("Which deal?", hint="Name an open deal, or a file that holds one: --deal FILE")
    ws = open_workspace()
    on = day(signed)
    found = estimate_file(ws, deal, signed=on) if deal else estimate_deal(ws, lead, signed=on)
    name = deal.name if deal else lead
    return tell_estimate(found if sees_all(ws) else found.of(ws.me), handle=name, who=ws.who, json=json)


def simulate(
    plan: Annotated[
        list[Path] | None, typer.Option("--plan", help="A file with a plan; several are compared side by side.")
    ] = None,
    for_: Annotated[str, typer.Option("--for", help="The plan that it replaces; of the same name if left out.")] = "",
    node: Annotated[list[str] | None, typer.Option(help="Only this payee, whatever plan pays them.")] = None,
    since: Annotated[str, typer.Option(help="From which day on; all history if left out.")] = "",
    html: Annotated[Path | None, typer.Option("--html", help="Write a page of it here.")] = None,
    *,
    json: Json = False,
) -> int:
    """What another plan would have cost: real deals, the engine that pays, who gains and who loses."""
    from datetime import date

    from salesrepo.cli.simulations import plain_simulation, tell_faults, tell_page
    from salesrepo.commission.shown.simulated import page_of
    from salesrepo.flows.books.estimate import place_of_copy
    from salesrepo.flows.books.simulate import Asked, read_candidate
    from salesrepo.flows.books.simulate import simulate as replay
    from salesrepo.flows.here.workspace import open_workspace

    if not plan:
        raise UsageError("Which plan?", hint="Name a file that holds one: --plan FILE")
    candidates = tuple(map(read_candidate, plan))
    if any(candidate.faults for candidate in candidates):
        return tell_faults([candidate for candidate in candidates if candidate.faults], json=json)
    ws = open_workspace()
    begins = date.fromisoformat(since) if day(since) else None
    for name in node or ():
        if ws.node(name) is None:
            raise UsageError(f"There is no node {name}.", hint="Name a node of the company.")
    found = replay(place_of_copy(ws), candidates, Asked(plan=for_, since=begins, nodes=tuple(node or ())))
    page = page_of(found, names={payee: ws.who(payee) for payee, _ in found.whose})
    if html is not None:
        _write(html, page)
    if json:
        console.say_json(plain_simulation(found))
    else:
        tell_page(page)
        if html is not None:
            console.say(f"Written: {console.term(str(html))}")
    return ExitCode.DONE


def _write(path: Path, page: "Page") -> None:
    from salesrepo.files import replace_file
    from salesrepo.report.pages import lay_out

    try:
        replace_file(path, lay_out("html", page).encode())
    except OSError as trouble:
        hint = "Name a file in a folder that is there."
        raise UsageError(f"{path} cannot be written: {trouble.strerror}.", hint=hint) from None
