"""`salesrepo commission`: settle, statements, explanations, verification."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.commands import (
    commission_adjust,
    commission_close,
    commission_dispute,
    commission_export,
    commission_plan,
    commission_plans,
)
from salesrepo.cli.options import DryRun, ForgeOption, Json, MostOption, day
from salesrepo.cli.outcomes import some, tell_lines, tell_settled
from salesrepo.cli.statements import tell_statement
from salesrepo.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from salesrepo.flows.here.workspace import Workspace

_SETTLE = "salesrepo commission settle"


def add_to(app: typer.Typer) -> None:
    """Register the group."""
    commission = typer.Typer(help="Finance: what is paid, why, and is it right?", rich_markup_mode=None)
    for command in (settle, statement, explain, verify):
        commission.command(command.__name__)(command)
    commission_plan.add_to(commission)
    commission_plans.add_to(commission)
    commission_export.add_to(commission)
    commission_adjust.add_to(commission)
    commission_close.add_to(commission)
    commission_dispute.add_to(commission)
    app.add_typer(commission, name="commission")


def settle(forge: ForgeOption = "", *, dry_run: DryRun = False, json: Json = False) -> int:
    """Book what was merged and is not booked yet."""
    from salesrepo.ci.event import forge_place
    from salesrepo.ci.settle_merge import settle_merge

    done = settle_merge(forge_place(forge), dry_run=dry_run)
    if done.changed and not dry_run:
        _see_it()
    return tell_settled(done, dry_run=dry_run, json=json)


def _see_it() -> None:
    """Bring what was booked into the copy from which that was asked, where there is one."""
    from salesrepo.errors import SalesRepoError
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.sending.sync import look_around

    with suppress(SalesRepoError):
        look_around(open_workspace())


def statement(
    node: Annotated[str, typer.Argument(help="The payee.")],
    period: Annotated[str, typer.Argument(help="The period, such as 2017-12; the last one booked if left out.")] = "",
    most: MostOption = 20,
    since: Annotated[
        str, typer.Option(metavar="DAY", help="What was booked since a day; since it was told last if left out.")
    ] = "",
    *,
    json: Json = False,
) -> int:
    """Print a payee's statement of a period, and what was booked since it was told last."""
    from datetime import date

    from salesrepo.flows.books.pay import deal_names, pay_of, remember_told
    from salesrepo.flows.here.workspace import open_workspace

    ws = open_workspace()
    found = pay_of(ws, node, period, since=date.fromisoformat(day(since)) if since else None)
    code = tell_statement(found, who=ws.who, names=lambda deals: deal_names(ws, deals), most=most, json=json)
    if not json:
        remember_told(ws, node)
    return code


def explain(
    line: Annotated[str, typer.Argument(help="A line's key, or a deal.")],
    node: Annotated[str, typer.Option(help="Only this payee's lines.")] = "",
    to: Annotated[Path | None, typer.Option(metavar="FILE", help="With --evidence: write it into this file.")] = None,
    *,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="One bundle for an auditor: each record, receipt and figure behind it.")
    ] = False,
    json: Json = False,
) -> int:
    """Explain a line or a deal's lines: share, running total, slices, rates, rounding; or all that stands behind it."""
    from salesrepo.flows.books.pay import lines_of
    from salesrepo.flows.here.workspace import open_workspace

    if evidence:
        from salesrepo.cli.evidence import tell_evidence

        ws = open_workspace()
        return tell_evidence(ws, line if node else _with_id(ws, line), node=node, to=to, json=json)
    if to:
        raise UsageError(
            "Only evidence goes into a file.", hint=f"salesrepo commission explain LINE --evidence --to {to}"
        )
    ws = open_workspace()
    return tell_lines(lines_of(ws, line if node else _with_id(ws, line), node=node), json=json)


def _with_id(ws: "Workspace", line: str) -> str:
    """A line that begins with a handle (`acme/1 commission`) by its deal's id, which means it among all payees."""
    from salesrepo.flows.deals.would_pay import find_any_deal

    handle, space, rest = line.strip().partition(" ")
    return f"{find_any_deal(ws, handle).deal}{space}{rest}" if "/" in handle else line


def verify(forge: ForgeOption = "", *, json: Json = False) -> int:
    """Recompute every merge and every line, and name each difference; needs no network."""
    from salesrepo.ci.event import forge_place
    from salesrepo.ci.verify_ledger import verify_ledger
    from salesrepo.flows.books.pay import day_of_copy, verify_copy
    from salesrepo.flows.here.workspace import open_workspace

    ws = None if forge else open_workspace()
    report = verify_copy(ws) if ws else verify_ledger(forge_place(forge))
    if json:
        console.say_json({"report": report, "clean": report.clean})
        return ExitCode.DONE if report.clean else ExitCode.FINDINGS
    counts = ((report.merges, "merge"), (report.bookings, "booking"), (report.lines, "line"))
    looked = ", ".join(some(number, what) for number, what in counts)
    for found in report.differences:
        console.say(f"{found.fault.value}: {console.term(found.sentence)}")
    for remark in report.remarks:
        console.say(f"remark: {console.term(remark)}")
    if report.unpaid:
        console.say(f"{some(len(report.unpaid), 'deal')} not paid as they are. See: salesrepo commission quarantine")
    if report.to_settle:
        where, step = ("in this copy", "sr sync, then salesrepo commission settle") if ws else ("yet", _SETTLE)
        verb = "is" if report.to_settle == 1 else "are"
        console.say(f"{some(report.to_settle, 'merge')} {verb} not booked {where}. Next: {step}")
    if report.clean and not report.pay:
        console.say(f"Verified: {some(report.merges, 'merge')}, no difference. What is paid was NOT looked at:")
        console.say("pay is private here, and its books are with finance.")
        return ExitCode.DONE
    if report.clean:
        console.say(f"Verified: {looked}, every cent recomputed, no difference.")
        if ws:
            console.say(f"The newest record in this copy is of {day_of_copy(ws)}; sr sync brings what came after.")
        return ExitCode.DONE
    console.say(f"NOT verified: {some(len(report.differences), 'difference')} in {looked}.")
    return ExitCode.FINDINGS
