"""`salesrepo commission export`: hand a closed period to payroll or to the books."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import DryRun, Json
from salesrepo.cli.outcomes import sent_code, some, tell_sent
from salesrepo.errors import ExitCode

if TYPE_CHECKING:
    from salesrepo.flows.books.export import Prepared
    from salesrepo.flows.finance.export import Exported

_FORMATS = "gusto, adp, csv, self-billing, accrual, hledger or beancount."


def add_to(commission: typer.Typer) -> None:
    """Register the command in the group of commission."""
    commission.command("export")(export)


def export(
    period: Annotated[str, typer.Argument(help="The closed period, such as 2027-03.")],
    form: Annotated[str, typer.Option("--format", help=_FORMATS)] = "",
    people: Annotated[Path | None, typer.Option(help="Your file of people: node, names, pay_by, ids.")] = None,
    mapping: Annotated[Path | None, typer.Option(help="Your file of columns, codes and accounts.")] = None,
    to: Annotated[Path | None, typer.Option(help="The folder for the files, outside of the records.")] = None,
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Write a closed period for payroll or for the books, and remember it; the same again changes nothing."""
    from salesrepo.flows.books.export import Wanted, prepare_export
    from salesrepo.flows.finance.export import hand_over, try_out
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.sending.sync import sync

    sync(open_workspace())
    form = form or console.ask("In which format?", option="--format")
    ws = open_workspace()
    ready = prepare_export(ws, Wanted(period=period, format=form, people=people, mapping=mapping))
    if dry_run:
        done = try_out(ws, ready, to)
    else:
        to = to or Path(console.ask("Into which folder?", option="--to"))
        done = hand_over(ws, ready, to)
    if json:
        console.say_json(_plain(ready, done))
    else:
        _tell(ready, done, to, dry_run=dry_run)
    return sent_code(done.sent) if done.sent and not done.written else ExitCode.DONE


def _tell(ready: "Prepared", done: "Exported", to: Path | None, *, dry_run: bool) -> None:
    from salesrepo.domain.money import group_amount

    record, made = ready.record, ready.export
    verb = "Would export" if dry_run else "Batch"
    console.say(f"{verb} {record.batch}: {some(record.payees, 'payee')}, {some(record.files, 'file')}.")
    for currency, amount in made.totals().items():
        console.say(f"Together {group_amount(amount, currency)} {currency}.")
    for payout, why in made.left:
        due = f"{group_amount(payout.amount, payout.currency)} {payout.currency}"
        console.say(f"Left out: {payout.payee}, {due}: {why}.")
    if done.sent:
        tell_sent(done.sent, verbose=False)
    for name in done.written:
        console.say(f"Written: {console.term(str(to and to / name))}")
    if ready.known and not done.written:
        console.say("It was exported before, and nothing has changed." if to else "It was exported before.")
    if done.sent and not done.written and done.sent.fate in ("review", "waiting", "sent"):
        console.say("No file is written yet. Once this is accepted, run the same again.")


def _plain(ready: "Prepared", done: "Exported") -> dict[str, object]:
    left = [{**payout._asdict(), "why": why} for payout, why in ready.export.left]
    return {
        "batch": ready.record,
        "files": sorted(ready.export.files),
        "left_out": left,
        "written": done.written,
        "sent": done.sent,
        "changed": bool(done.written or (done.sent and done.sent.number)),
    }
