"""`sr amend`: note what you learned of an account since you claimed it, or put a won deal right."""

from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.findings import say_findings
from salesrepo.cli.options import DryRun, Json, day
from salesrepo.cli.questions import ask_for
from salesrepo.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from salesrepo.flows.claims.amend import Amended, Learned
    from salesrepo.flows.deals.amend_deal import AmendTold
    from salesrepo.flows.here.workspace import Workspace


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("amend")(amend)


def amend(
    lead: Annotated[str, typer.Argument(help="One of your accounts, or a deal that is won, such as acme/2.")],
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
    product: Annotated[str, typer.Option(help="Of a won deal: what was sold.")] = "",
    quantity: Annotated[int | None, typer.Option(help="Of a won deal: how many.", min=1)] = None,
    price: Annotated[str, typer.Option(help="Of a won deal: the price of one.")] = "",
    term: Annotated[int | None, typer.Option(help="Of a won deal: months.", min=1)] = None,
    credit: Annotated[list[str] | None, typer.Option(help="Of a won deal: NODE:ROLE:SHARE of everybody.")] = None,
    signed: Annotated[str, typer.Option(help="Of a won deal: the day the customer signed.")] = "",
    order: Annotated[str, typer.Option(help="Of a won deal: the customer's order reference.")] = "",
    reason: Annotated[str, typer.Option(help="Why a won deal is changed.")] = "",
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Note what you learned of an account: domains, numbers, names, parent, facts. Or put right a deal that is won."""
    from salesrepo.flows.claims.amend import Learned
    from salesrepo.flows.deals.amend_deal import AmendTold
    from salesrepo.flows.deals.log_activity import is_deal
    from salesrepo.flows.deals.log_deal import DealTold
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
    terms = DealTold(product=product, quantity=quantity, price=price, term=term, credits=tuple(credit or ()))
    told = AmendTold(terms=terms, reason=reason, signed=day(signed), order=order)
    ws = open_workspace()
    if not is_deal(lead, holdings_of(ws)):
        if told != AmendTold():
            raise UsageError(f"{lead} is no deal.", hint="Name the deal that is won, such as acme/2.")
        return _account(ws, lead, learned, dry_run=dry_run, json=json)
    if learned != Learned():
        raise UsageError(f"{lead} is a deal.", hint=f"Name its account. Change an open deal: sr log deal {lead}")
    return _deal(ws, lead, told, dry_run=dry_run, json=json)


def _account(ws: "Workspace", lead: str, learned: "Learned", *, dry_run: bool, json: bool) -> int:
    from salesrepo.flows.claims.amend import Learned
    from salesrepo.flows.claims.amend import amend as note

    if learned == Learned():
        raise UsageError("What did you learn of it?", hint="Say it with --domain, --number, --country or another.")
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


def _deal(ws: "Workspace", lead: str, told: "AmendTold", *, dry_run: bool, json: bool) -> int:
    """Put a won deal right; asks why where a person is there."""
    from dataclasses import replace

    from salesrepo.cli.estimates import plain_amended, tell_amended
    from salesrepo.flows.deals.amend_deal import amend_deal, won_deal
    from salesrepo.flows.here.spoken import line_told

    won_deal(ws, lead)  # nobody says why about a deal that is none
    if not told.reason:
        told = replace(told, reason=ask_for("Why is it changed?", option="--reason", read=line_told))
    done = amend_deal(ws, lead, told, dry_run=dry_run)
    if json:
        console.say_json(plain_amended(done, dry_run=dry_run))
    else:
        noted = done.noted
        said = f"{noted.handle} amended, {noted.amount} {noted.deal.currency}, signed {noted.deal.signed}."
        tell_amended(done, said, dry_run=dry_run)
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
