"""`sr quote`: may I offer this price?"""

from typing import Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.findings import say_findings
from salesrepo.cli.options import DryRun, Json
from salesrepo.errors import ExitCode


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
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Ask for a deal's prices before the customer sees them."""
    from salesrepo.flows.quote_deal import QuoteTold, quote_deal, quoted_until
    from salesrepo.flows.workspace import open_workspace

    ws = open_workspace()
    told = QuoteTold(product=product, discount=discount, name=name, price=price, why=why)
    noted = quote_deal(ws, deal, told, dry_run=dry_run)
    until = quoted_until(ws, noted.deal)
    if json:
        console.say_json({"deal": noted.deal, "amount": noted.amount, "until": until, "changed": not dry_run})
        return ExitCode.DONE
    verb = "Would ask" if dry_run else "Noted"
    held = f", good until {until} once agreed" if until else ""
    console.say(f"{verb}: {noted.handle} at {noted.amount} {noted.deal.currency}{held}.")
    say_findings(noted.findings, "It would be refused as it is:", "Before you show it to the customer:")
    console.say("Next: sr submit")
    return ExitCode.DONE
