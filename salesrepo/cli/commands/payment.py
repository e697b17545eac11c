"""`salesrepo payment`: what billing says of deals."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import DryRun, Json, day
from salesrepo.cli.outcomes import sent_code, tell_sent
from salesrepo.cli.questions import ask_for
from salesrepo.errors import ExitCode

if TYPE_CHECKING:
    from salesrepo.flows.here.workspace import Workspace

DealName = Annotated[
    str, typer.Argument(help="The deal: its id, its handle (acme/2) or the customer's order reference.")
]


def add_to(app: typer.Typer) -> None:
    """Register the group."""
    payment = typer.Typer(help="Finance: record what was invoiced, paid and given back.", rich_markup_mode=None)
    payment.command("add")(add)
    payment.command("import")(import_)
    payment.command("list")(list_)
    app.add_typer(payment, name="payment")


def add(
    deal: DealName,
    amount: Annotated[str, typer.Option(help="How much, in the deal's currency; never negative.")] = "",
    kind: Annotated[str, typer.Option(help="ordered, invoiced, paid, refunded or cancelled.")] = "",
    on: Annotated[str, typer.Option("--day", metavar="DAY", help="When it was; today if left out.")] = "",
    invoice: Annotated[str, typer.Option(help="The name of the invoice or milestone.")] = "",
    months: Annotated[str, typer.Option(help="The months of service that it covers, such as 7 or 1-12.")] = "",
    units: Annotated[int | None, typer.Option(help="The usage that is billed.", min=0)] = None,
    order: Annotated[str, typer.Option(help="The customer's order reference.")] = "",
    id_: Annotated[str, typer.Option("--id", help="Billing's own id; made from the content if left out.")] = "",
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Record one thing that billing says of a deal."""
    from salesrepo.flows.finance.payments import PaymentTold, add_payment, kind_told

    ws = _fresh()
    kind = (
        kind_told(kind)
        if kind
        else ask_for("Ordered, invoiced, paid, refunded or cancelled?", option="--kind", read=kind_told)
    )
    told = PaymentTold(
        kind=kind,
        amount=amount or console.ask("How much?", option="--amount"),
        day=day(on),
        invoice=invoice,
        months=months,
        units=units,
        order=order,
        id=id_,
    )
    done = add_payment(ws, deal, told, dry_run=dry_run)
    sent = done.sent
    if json:
        fate = {"fate": sent.fate, "would": sent.would, "number": sent.number, "reason": sent.reason} if sent else {}
        changed = sent is not None and bool(sent.number)
        console.say_json({"payment": done.payment, "handle": done.handle, **fate, "changed": changed})
    elif sent is None:
        console.say(f"That is recorded already, as {done.payment.payment}.")
    else:
        tell_sent(sent, verbose=False)
    return sent_code(sent)


def import_(
    file: Annotated[Path, typer.Argument(help="The report of the billing system.")],
    form: Annotated[str, typer.Option("--format", help="csv, or stripe for its itemised balance report.")] = "csv",
    mapping: Annotated[Path | None, typer.Option(help="A mapping file of your own.")] = None,
    report: Annotated[Path | None, typer.Option(help="Write every row that is no record to this CSV file.")] = None,
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Record what a report of the billing system says; rows that have no place are reported with the reason."""
    from salesrepo.cli.imports import tell_import
    from salesrepo.flows.finance.import_payments import import_payments

    done = import_payments(_fresh(), file, form=form, mapping=mapping, dry_run=dry_run)
    return tell_import(done.report, done.sent, into=report, dry_run=dry_run, json=json)


def list_(deal: DealName, *, json: Json = False) -> int:
    """Show what billing has said of a deal, by day, with the sums."""
    from salesrepo.domain.money import group_amount, parse_amount
    from salesrepo.flows.finance.payments import list_payments
    from salesrepo.flows.here.workspace import open_workspace

    found = list_payments(open_workspace(), deal)
    if json:
        console.say_json(found)
        return ExitCode.DONE
    if not found.payments:
        console.say(f"Billing has said nothing of {console.term(found.handle)} yet.")
        return ExitCode.DONE
    rows = [
        (
            str(one.day),
            one.kind,
            f"{one.amount} {one.currency}",
            one.invoice or "",
            f"{one.months.first}-{one.months.last}" if one.months else "",
            "" if one.units is None else f"{one.units:,}",
            console.term(one.order or ""),
            one.payment,
        )
        for one in found.payments
    ]
    console.table(
        ("day", "kind", "amount", "invoice", "months", "units", "order", "id"), rows, right=("amount", "units")
    )
    shown = {name: group_amount(parse_amount(getattr(found, name), found.currency), found.currency) for name in _SUMS}
    sums = ", ".join(f"{name} {amount}" for name, amount in shown.items())
    console.say(f"{console.term(found.handle)} in {found.currency}: {sums}.")
    return ExitCode.DONE


_SUMS = ("invoiced", "paid", "refunded", "kept")


def _fresh() -> "Workspace":
    """The workspace with main as it stands now: what is recorded already is told by it."""
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.sending.sync import sync

    sync(open_workspace())
    return open_workspace()
