"""`sr quote`: may I offer this price?"""

from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.findings import say_findings
from salesrepo.cli.options import DryRun, Json, day
from salesrepo.cli.questions import ask_for
from salesrepo.errors import ExitCode

if TYPE_CHECKING:
    from salesrepo.flows.deals.quote_deal import QuoteTold
    from salesrepo.flows.here.workspace import Workspace


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("quote")(quote)


def quote(
    deal: Annotated[str, typer.Argument(help="One of your open deals, such as acme/2.")],
    discount: Annotated[str, typer.Option(help="Percent off the list price, such as 15%.")] = "",
    price: Annotated[str, typer.Option(help="The price of one, instead of a discount.")] = "",
    product: Annotated[str, typer.Option(help="Of which product; all of the deal's if left out.")] = "",
    name: Annotated[str, typer.Option(help="What the discount is called, such as volume.")] = "",
    why: Annotated[str, typer.Option(help="Why the customer is to have it.")] = "",
    term: Annotated[int | None, typer.Option(help="Months.", min=1)] = None,
    billing: Annotated[str, typer.Option(help="once, monthly, quarterly or annual.")] = "",
    start: Annotated[str, typer.Option(help="The day from which the term runs.")] = "",
    invoice: Annotated[list[str] | None, typer.Option(help="DAY:AMOUNT of each invoice, where they differ.")] = None,
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Ask for a deal's prices before the customer sees them."""
    from salesrepo.flows.deals.quote_deal import QuoteTold, given_oneself, quote_deal, quoted_until
    from salesrepo.flows.here.workspace import open_workspace

    ws = open_workspace()
    told = QuoteTold(
        product=product,
        discount=discount,
        name=name,
        price=price,
        why=why,
        term=term,
        billing=billing,
        starts=day(start),
        invoices=tuple(invoice or ()),
    )
    if console.person_present() and not json:
        told = _asked(ws, deal, told)
    if own := given_oneself(ws, deal, told):
        return _nothing_to_ask(deal, told, own, json=json)
    noted = quote_deal(ws, deal, told, dry_run=dry_run)
    until = quoted_until(ws, noted.deal)
    if json:
        console.say_json({"deal": noted.deal, "amount": noted.amount, "until": until, "changed": not dry_run})
        return ExitCode.DONE
    verb = "Would ask" if dry_run else "Noted"
    held = f", good until {until} once agreed" if until else ""
    console.say(f"{verb}: {noted.handle} at {noted.amount} {noted.deal.currency}{held}.")
    say_findings(noted.findings, "It would be refused as it is:", "Before you show it to the customer:")
    if not dry_run:
        console.say("Next: sr submit")
    return ExitCode.DONE


def _asked(ws: "Workspace", deal: str, told: "QuoteTold") -> "QuoteTold":
    """What was told, with a discount where nothing else was to be asked for, and why the customer is to have it."""
    from dataclasses import replace

    from salesrepo.flows.deals.log_deal import discount_told
    from salesrepo.flows.deals.quote_deal import given_oneself
    from salesrepo.flows.here.spoken import line_told

    if not (told.discount or told.price) and given_oneself(ws, deal, told):
        told = replace(told, discount=ask_for("How much off the list?", option="--discount", read=discount_told))
    if not told.why and not given_oneself(ws, deal, told):
        told = replace(told, why=ask_for("Why is the customer to have it?", option="--why", read=line_told))
    return told


def _nothing_to_ask(deal: str, told: "QuoteTold", own: str, *, json: bool) -> int:
    """The seller may give it: no quote is noted."""
    if json:
        console.say_json({"deal": deal, "off": own, "asked": False, "changed": False})
        return ExitCode.DONE
    given = "That is the list price" if own == "0%" else f"You may give {own} yourself"
    console.say(f"{given}: nothing to ask.")
    option = f"--price {told.price}" if told.price else f"--discount {told.discount}"
    if told.price or told.discount:
        console.say(f"Next: sr log deal {console.term(deal)} {console.term(option)}")
    return ExitCode.DONE
