"""`sr amend`: note what you learned of an account since you claimed it."""

from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.findings import say_findings
from salesrepo.cli.options import DryRun, Json
from salesrepo.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from salesrepo.flows.claims.amend import Amended


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("amend")(amend)


def amend(
    lead: Annotated[str, typer.Argument(help="One of your accounts: a few letters are enough.")],
    domain: Annotated[list[str] | None, typer.Option(help="A domain of theirs.")] = None,
    number: Annotated[list[str] | None, typer.Option(help="Their LEI, DUNS, VAT or reg:COUNTRY:NUMBER.")] = None,
    alias: Annotated[list[str] | None, typer.Option(help="Another name of theirs.")] = None,
    parent: Annotated[str, typer.Option(help="The account of the company that it belongs to.")] = "",
    company: Annotated[str, typer.Option(help="The company's name.")] = "",
    country: Annotated[str, typer.Option(help="Its country, such as DE.")] = "",
    region: Annotated[str, typer.Option(help="Its region, such as DE-BY.")] = "",
    postal: Annotated[str, typer.Option(help="Its postal code.")] = "",
    industry: Annotated[str, typer.Option(help="Its industry, a NAICS code such as 5415.")] = "",
    employees: Annotated[int | None, typer.Option(help="How many people work there.", min=0)] = None,
    not_same: Annotated[
        list[str] | None, typer.Option("--not-same", help="A known company that it looks like and is not.")
    ] = None,
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Note what you learned of an account of yours: its domains, numbers and names, its parent, its facts."""
    from salesrepo.flows.claims.amend import Learned
    from salesrepo.flows.claims.amend import amend as note
    from salesrepo.flows.deals.log_activity import is_deal
    from salesrepo.flows.here.holdings import holdings_of
    from salesrepo.flows.here.workspace import open_workspace

    learned = Learned(
        company=company,
        country=country.upper(),
        region=region.upper(),
        postal=postal.upper(),
        industry=industry,
        employees=employees,
        domains=tuple(domain or ()),
        numbers=tuple(number or ()),
        aliases=tuple(alias or ()),
        parent=parent,
        not_same=tuple(not_same or ()),
    )
    if learned == Learned():
        raise UsageError("What did you learn of it?", hint="Say it with --domain, --number, --country or another.")
    ws = open_workspace()
    if is_deal(lead, holdings_of(ws)):
        raise UsageError(f"{lead} is a deal.", hint=f"Change an open one: sr log deal {lead}")
    done = note(ws, lead, learned, dry_run=dry_run)
    if json:
        console.say_json(
            {
                "account": done.account,
                "new": done.new,
                "elsewhere": done.elsewhere,
                "like": done.like,
                "findings": [{"code": one.code, "message": one.message, "hint": one.hint} for one in done.findings],
                "changed": bool(done.new) and not dry_run,
            }
        )
    else:
        _tell(done, dry_run=dry_run)
    return ExitCode.DONE


def _tell(done: "Amended", *, dry_run: bool) -> None:
    who = console.term(f"{done.account.name} ({done.account.account})")
    if not done.new:
        console.say(f"That is known of {who} already.")
        return
    console.say(f"{'Would note' if dry_run else 'Noted'} of {who}: {console.term(', '.join(done.new))}.")
    say_findings(done.findings, "It would be refused as it is:", "Somebody will look at it:")
    if done.like:
        console.say(f"Its name is much like that of {console.term(done.like)}.")
    for place in done.elsewhere:
        where = f"in {console.term(place)}" if place else "in no territory"
        console.say(f"It would lie {where}, and no more where you claimed it: ask sales operations who is to have it.")
    if not dry_run:
        console.say("Next: sr submit")
