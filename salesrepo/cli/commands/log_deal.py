"""`sr log deal`: note a deal, or change an open one."""

from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.findings import say_findings
from salesrepo.cli.options import DryRun, Json, day
from salesrepo.errors import ExitCode

if TYPE_CHECKING:
    from salesrepo.flows.deals.log_deal import DealNoted


def deal(
    lead: Annotated[str, typer.Argument(help="One of your accounts, or an open deal of it such as acme/2.")],
    product: Annotated[str, typer.Option(help="What is sold.")] = "",
    quantity: Annotated[int | None, typer.Option(help="How many.", min=1)] = None,
    price: Annotated[str, typer.Option(help="The price of one; the list price if left out.")] = "",
    discount: Annotated[str, typer.Option(help="Percent off the list price instead, such as 5%.")] = "",
    currency: Annotated[str, typer.Option(help="Its currency; the company's if left out.")] = "",
    term: Annotated[int | None, typer.Option(help="Months.", min=1)] = None,
    billing: Annotated[str, typer.Option(help="once, monthly, quarterly or annual.")] = "",
    close: Annotated[str, typer.Option(help="The day on which it should close.")] = "",
    stage: Annotated[str, typer.Option(help="lead, connected, discovery, demo, proposal or negotiation.")] = "",
    note: Annotated[str, typer.Option("-m", "--note", help="Anything worth remembering.")] = "",
    promise: Annotated[list[str] | None, typer.Option(help="An approved promise that is made.")] = None,
    credit: Annotated[list[str] | None, typer.Option(help="NODE:ROLE:SHARE; all of it is yours if left out.")] = None,
    kind: Annotated[str, typer.Option(help="new, renewal or expansion; new if left out.")] = "",
    source: Annotated[str, typer.Option(help="Where it came from, such as referral or fair.")] = "",
    contact: Annotated[
        list[str] | None, typer.Option(help="ID:ROLE of a contact, such as c-7h2:champion; the role gone takes it out.")
    ] = None,
    competitor: Annotated[list[str] | None, typer.Option(help="Who else is asked; none if nobody is.")] = None,
    apart: Annotated[str, typer.Option(help="Why this is not the same as another open deal.")] = "",
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Note a deal on one of your accounts, or change an open one (acme/2)."""
    from salesrepo.flows.deals.log_deal import DealTold, log_deal
    from salesrepo.flows.here.workspace import open_workspace

    told = DealTold(
        product=product,
        quantity=quantity,
        price=price,
        discount=discount,
        currency=currency.upper(),
        term=term,
        billing=billing,
        closes=day(close),
        stage=stage,
        note=note,
        promises=tuple(promise) if promise is not None else None,
        credits=tuple(credit or ()),
        kind=kind,
        source=source,
        contacts=tuple(contact or ()),
        competitors=tuple(competitor) if competitor is not None else None,
        apart=apart,
    )
    noted = log_deal(open_workspace(), lead, told, dry_run=dry_run)
    if json:
        console.say_json({"deal": noted.deal, "handle": noted.handle, "amount": noted.amount, "changed": not dry_run})
        return ExitCode.DONE
    _tell(noted, dry_run=dry_run)
    return ExitCode.DONE


def _tell(noted: "DealNoted", *, dry_run: bool) -> None:
    """What is noted now, what would be said of it, and the next command: another one where it would be refused."""
    from salesrepo.domain.finding import Severity

    verb = "Would note" if dry_run else "Noted"
    console.say(f"{verb}: {noted.handle}, {noted.amount} {noted.deal.currency}, stage {noted.deal.stage}.")
    say_findings(noted.findings, "It would be refused as it is:", "Somebody will look at it:")
    if any(found.severity is Severity.ERROR for found in noted.findings):
        console.say(f"Next: mend it with sr log deal {noted.handle}, or take it back: sr undo {noted.handle}")
        return
    more = f", or sr win {noted.handle} --order REFERENCE once the customer has signed" if noted.deal.is_open else ""
    if not dry_run:
        console.say(f"Next: sr submit{more}.")
