"""`sr hygiene`: which of your deals need you?"""

from typing import Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.deals import tell_advice
from salesrepo.cli.options import Json
from salesrepo.errors import ExitCode


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("hygiene")(hygiene)


def hygiene(
    deal: Annotated[str, typer.Argument(help="One of your open deals, such as acme/2; all of them if left out.")] = "",
    *,
    json: Json = False,
) -> int:
    """What your open deals need, with the next command for each; nobody else is shown this."""
    from salesrepo.flows.deals.hygiene import open_deals
    from salesrepo.flows.here.workspace import open_workspace

    found = open_deals(open_workspace(), deal)
    if json:
        console.say_json({"deals": found})
        return ExitCode.DONE
    needy = [one for one in found if one.advice]
    for one in needy:
        console.say(f"{console.term(one.handle)} ({one.deal.stage}, {one.amount} {one.deal.currency})")
        tell_advice(one)
    rest = len(found) - len(needy)
    if rest:
        console.say(f"{rest} open {'deal is' if rest == 1 else 'deals are'} in good order.")
    if not found:
        console.say("You have no open deals. Next: sr log deal LEAD --product SKU")
    return ExitCode.DONE
