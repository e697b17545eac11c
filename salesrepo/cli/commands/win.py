"""`sr win`: the customer signed."""

from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.deals import tell_noted
from salesrepo.cli.estimates import plain_would_pay, tell_would_pay
from salesrepo.cli.options import DryRun, Json, day
from salesrepo.cli.questions import ask_for, number, past_day
from salesrepo.errors import ExitCode

if TYPE_CHECKING:
    from salesrepo.domain.pay_change import WouldPay
    from salesrepo.flows.deals.close_deal import WinTold
    from salesrepo.flows.deals.log_deal import DealNoted
    from salesrepo.flows.here.workspace import Workspace


_SIGNED = "On which day did they sign (today, or a day such as 2026-11-21)?"


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("win")(win)


def win(
    deal: Annotated[str, typer.Argument(help="One of your open deals, such as acme/2.")],
    order: Annotated[str, typer.Option(help="The customer's order reference.")] = "",
    signed: Annotated[str, typer.Option(help="The day the customer signed; today if left out.")] = "",
    term: Annotated[int | None, typer.Option(help="Months.", min=1)] = None,
    currency: Annotated[str, typer.Option(help="The deal's own, as a check; a deal keeps its currency.")] = "",
    billing: Annotated[str, typer.Option(help="once, monthly, quarterly or annual.")] = "",
    start: Annotated[str, typer.Option(help="The day from which the term runs.")] = "",
    invoice: Annotated[list[str] | None, typer.Option(help="DAY:AMOUNT of each invoice, where they differ.")] = None,
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Note that a deal is won."""
    from salesrepo.flows.deals.close_deal import WinTold, own_deal, past
    from salesrepo.flows.deals.close_deal import win as won
    from salesrepo.flows.deals.would_pay import pays
    from salesrepo.flows.here.spoken import line_told
    from salesrepo.flows.here.workspace import open_workspace

    ws = open_workspace()
    if console.person_present():
        own_deal(ws, deal)  # nobody answers questions about a deal that is none
    wants_day = not signed and not order and not json and console.person_present()
    told = WinTold(
        order=order or ask_for("The customer's order reference?", option="--order", read=line_told),
        signed=ask_for(_SIGNED, option="--signed", read=lambda answer: past(ws, past_day(answer)))
        if wants_day
        else day(signed),
        term=term,
        currency=currency.upper(),
        billing=billing,
        starts=day(start),
        invoices=tuple(invoice or ()),
    )
    noted = won(ws, deal, _asked(ws, deal, told), dry_run=dry_run)
    pay = pays(ws, noted.deal)
    if json:
        plain = {"deal": noted.deal, "handle": noted.handle, "amount": noted.amount, "pay": plain_would_pay(pay)}
        console.say_json({**plain, "changed": not dry_run})
        return ExitCode.DONE
    said = f"{noted.handle} won, {noted.amount} {noted.deal.currency}, signed {noted.deal.signed}."
    tell_noted(noted, said, looked_at="Before it pays:", dry_run=dry_run, besides=lambda: _tell_pay(ws, noted, pay))
    return ExitCode.DONE


def _tell_pay(ws: "Workspace", noted: "DealNoted", pay: "WouldPay") -> None:
    for credit in noted.deal.credits:
        if credit.node != ws.me:
            console.say(f"Credited as well: {console.term(ws.who(credit.node))}, {credit.share} as {credit.role}.")
    tell_would_pay(pay)


def _asked(ws: "Workspace", deal: str, told: "WinTold") -> "WinTold":
    """What was told, with what this company wants to hear of every win."""
    from dataclasses import replace

    from salesrepo.flows.deals.close_deal import asked_at_a_win, own_deal
    from salesrepo.flows.deals.deal_parts import billing_of, instalment_of

    currency = own_deal(ws, deal).currency

    def invoices(answer: str) -> tuple[str, ...]:
        found = tuple(answer.replace(",", " ").split())
        for one in found:
            instalment_of(one, currency)
        return found

    for name, question, option in asked_at_a_win(ws, deal, told):
        if name == "term":
            told = replace(told, term=ask_for(question, option=option, read=number))
        elif name == "starts":
            told = replace(told, starts=ask_for(question, option=option, read=day))
        elif name == "billing":
            told = replace(told, billing=ask_for(question, option=option, read=billing_of) or "")
        else:
            told = replace(told, invoices=ask_for(question, option=option, read=invoices))
    return told
