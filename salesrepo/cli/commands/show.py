"""`sr show`: one account from all sides, or the price list."""

from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.activities import tell_activities
from salesrepo.cli.deals import tell_advice, tell_deal
from salesrepo.cli.notices import tell_around
from salesrepo.cli.options import Json
from salesrepo.errors import ExitCode

if TYPE_CHECKING:
    from salesrepo.flows.here.workspace import Workspace
    from salesrepo.flows.show import Shown


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("show")(show)


def show(
    what: Annotated[
        str,
        typer.Argument(
            help="An account by domain, key or name; one of your open deals (acme/2); or the word products."
        ),
    ],
    most: Annotated[int, typer.Option("--most", help="How many deals to list.", min=1)] = 10,
    *,
    json: Json = False,
) -> int:
    """What is known of an account: facts, who holds it until when, its deals, and what you logged last."""
    from salesrepo.flows.deals.log_activity import is_deal
    from salesrepo.flows.here.holdings import holdings_of
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.show import products
    from salesrepo.flows.show import show as ask

    ws = open_workspace()
    if is_deal(what, holdings_of(ws)):
        return _deal(ws, what, json=json)
    if what == "products":
        found = products(ws)
        if json:
            console.say_json({"products": found})
        else:
            rows = [(p.sku, console.term(p.name), f"{p.price} {p.currency}") for p in found]
            console.table(("sku", "name", "list price"), rows, right=("list price",))
        return ExitCode.DONE
    shown = ask(ws, what)
    if json:
        console.say_json(shown)
    else:
        _tell(shown, most)
    return ExitCode.DONE


def _tell(shown: "Shown", most: int) -> None:
    account = shown.account
    console.say(f"{console.term(account.name)} ({account.account})")
    facts = [f"{name} {value}" for name, value in account.facts().items() if value is not None]
    console.say(f"Facts: {console.term(', '.join(facts)) or 'none'}")
    if account.aliases:
        console.say(f"Also known as: {console.term(', '.join(account.aliases))}")
    if account.parent:
        console.say(f"It belongs to {account.parent}.")
    if account.confirmed:
        console.say(f"Confirmed by {account.confirmed.by} on {account.confirmed.day}.")
    else:
        console.say("Nobody has confirmed these facts yet.")
    _tell_claims(shown)
    tell_around(shown.around)
    _tell_deals(shown, most)
    tell_activities(shown.logged, accounts=False)


def _tell_claims(shown: "Shown") -> None:
    for claim in shown.claims:
        holder = console.term(shown.holders[claim.holder])
        if claim.status == "held":
            since, until = shown.since[claim.layer], shown.until[claim.layer]
            console.say(f"Held by {holder} since {since}, until {until} ({claim.layer}).")
            if kept := shown.kept.get(claim.layer, ""):
                console.say(f"It is {console.term(kept)}.")
        else:
            console.say(f"Free ({claim.layer}); last held by {holder}.")
    for layer, words in shown.pending.items():
        console.say(f"{console.term(words)} ({layer})")
    if not shown.claims and not shown.pending:
        console.say(f"Nobody holds it. Next: sr claim {shown.account.account}")


def _tell_deals(shown: "Shown", most: int) -> None:
    listed = [
        (
            console.term(d.handle),
            str(d.deal.stage),
            str(d.deal.signed or d.deal.closed or d.deal.opened),
            f"{d.amount} {d.deal.currency}",
        )
        for d in shown.deals[:most]
    ]
    if listed:
        console.table(("deal", "stage", "day", "value"), listed, right=("value",))
    if len(shown.deals) > most:
        console.say(f"{len(shown.deals) - most} more: --most {len(shown.deals)}")
    for one in shown.own:
        if one.deal.qualification:
            console.say(f"{console.term(one.handle)} is qualified with {one.score.points} of {one.score.most} points.")
        if one.advice:
            console.say(f"{console.term(one.handle)} needs you:")
            tell_advice(one)


def _deal(ws: "Workspace", handle: str, *, json: bool) -> int:
    from salesrepo.flows.deals.hygiene import open_deals

    (one,) = open_deals(ws, handle)
    if json:
        console.say_json({"deal": one})
    else:
        tell_deal(one)
    return ExitCode.DONE
