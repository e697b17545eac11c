"""`salesrepo commission`: settle, statements, explanations, verification."""

from typing import Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.commands.ci import ForgeOption
from salesrepo.cli.options import DryRun, Json
from salesrepo.errors import ExitCode

MostOption = Annotated[int, typer.Option("--most", help="How many lines to list, the last ones.", min=1)]


def add_to(app: typer.Typer) -> None:
    """Register the group."""
    commission = typer.Typer(help="Finance: what is paid, why, and is it right?", rich_markup_mode=None)
    for command in (settle, statement, explain, verify):
        commission.command(command.__name__)(command)
    app.add_typer(commission, name="commission")


def settle(forge: ForgeOption = "", *, dry_run: DryRun = False, json: Json = False) -> int:
    """Book what was merged and is not booked yet."""
    from salesrepo.ci.event import forge_place
    from salesrepo.ci.settle_merge import settle_merge

    return tell_settled(settle_merge(forge_place(forge), dry_run=dry_run), dry_run=dry_run, json=json)


def tell_settled(done: object, *, dry_run: bool, json: bool) -> int:
    """Say what a settlement booked."""
    from salesrepo.domain.money import group_amount
    from salesrepo.flows.settle import Settlement

    assert isinstance(done, Settlement)  # noqa: S101
    if json:
        totals = [{"payee": p, "currency": c, "amount": amount} for (p, c), amount in sorted(done.totals.items())]
        plain = {"main": done.main, "ledger": done.ledger, "lines": done.lines, "totals": totals}
        console.say_json(
            {**plain, "pending": len(done.pending), "unrated": done.unrated, "changed": done.changed and not dry_run}
        )
        return ExitCode.DONE
    if not done.changed:
        console.say("Everything is booked already.")
    else:
        verb, payees = "Would book" if dry_run else "Booked", len({payee for payee, _ in done.totals})
        console.say(f"{verb} {_some(done.lines, 'line')} for {_some(payees, 'payee')}.")
        currencies = sorted({currency for _, currency in done.totals})
        for currency in currencies:
            total = sum(amount for (_, c), amount in done.totals.items() if c == currency)
            console.say(f"Together {group_amount(total, currency)} {currency}.")
    for line in done.pending:
        console.say(f"Waiting: {console.term(line.deal)} for {line.payee}: {console.term(line.because)}")
    for deal in done.unrated:
        console.say(f"Not paid: {console.term(str(deal))}")
    return ExitCode.DONE


def statement(
    node: Annotated[str, typer.Argument(help="The payee.")],
    period: Annotated[str, typer.Argument(help="The period, such as 2017-12; the last one booked if left out.")] = "",
    most: MostOption = 20,
    *,
    json: Json = False,
) -> int:
    """Print a payee's statement of a period."""
    from salesrepo.flows.pay import pay_of
    from salesrepo.flows.workspace import open_workspace

    ws = open_workspace()
    return tell_statement(pay_of(ws, node, period), name=ws.who(node), most=most, json=json)


def tell_statement(found: object, *, name: str, most: int, json: bool) -> int:
    """Print a statement."""
    from salesrepo.domain.money import group_amount
    from salesrepo.domain.statement import Statement

    assert isinstance(found, Statement)  # noqa: S101
    if json:
        console.say_json({"statement": _plain(found)})
        return ExitCode.DONE
    console.say(f"{console.term(name)}, {found.period}")
    rows = [
        (
            str(line.event_on),
            console.term(line.deal),
            line.component or line.type.value,
            group_amount(line.amount, line.currency),
            line.currency,
        )
        for line in found.lines[-most:]
    ]
    if len(found.lines) > most:
        console.say(f"The last {most} of {len(found.lines)} lines; all of them: --most {len(found.lines)}")
    console.table(("signed", "deal", "for", "amount", ""), rows, right=("amount",))
    for currency, total in found.total.items():
        console.say(f"Total {found.period}: {group_amount(total, currency)} {currency}")
    for currency, total in found.closing.items():
        console.say(f"Booked so far:  {group_amount(total, currency)} {currency}")
    for line in found.waiting:
        console.say(f"Waiting: {console.term(line.deal)}: {console.term(line.because)}")
    if found.lines:
        console.say(f"Why: sr pay why {console.term(found.lines[-1].deal)}")
    return ExitCode.DONE


def _plain(found: object) -> dict[str, object]:
    from salesrepo.commission.booking import book
    from salesrepo.domain.money import show_amount
    from salesrepo.domain.statement import Statement
    from salesrepo.store.plain import to_plain

    assert isinstance(found, Statement)  # noqa: S101

    def money(sums: object) -> dict[str, str]:
        assert isinstance(sums, dict)  # noqa: S101
        return {currency: show_amount(amount, currency) for currency, amount in sums.items()}

    return {
        "node": found.node,
        "period": found.period,
        "lines": [to_plain(book(line)) for line in found.lines],
        "opening": money(found.opening),
        "total": money(found.total),
        "closing": money(found.closing),
    }


def explain(
    line: Annotated[str, typer.Argument(help="A line's key, or a deal.")],
    node: Annotated[str, typer.Option(help="Only this payee's lines.")] = "",
    *,
    json: Json = False,
) -> int:
    """Explain a line or a deal's lines: share, running total, slices, rates, rounding."""
    from salesrepo.flows.pay import lines_of
    from salesrepo.flows.workspace import open_workspace

    return tell_lines(lines_of(open_workspace(), line, node=node), json=json)


def tell_lines(lines: object, *, json: bool) -> int:
    """Explain lines; exit 1 where one does not agree with its own figures."""
    from salesrepo.commission.booking import book
    from salesrepo.commission.explain import check_line
    from salesrepo.commission.explain import explain as words
    from salesrepo.store.plain import to_plain

    assert isinstance(lines, tuple)  # noqa: S101
    wrong = [problem for line in lines if (problem := check_line(line))]
    if json:
        console.say_json({"lines": [to_plain(book(line)) for line in lines], "wrong": wrong})
    else:
        for line in lines:
            console.say(words(line))
        for problem in wrong:
            console.say(f"This does not add up: {console.term(problem)}")
    return ExitCode.FINDINGS if wrong else ExitCode.DONE


def verify(forge: ForgeOption = "", *, json: Json = False) -> int:
    """Recompute every merge and every line, and name each difference; needs no network."""
    from salesrepo.ci.event import forge_place
    from salesrepo.ci.verify_ledger import verify_ledger
    from salesrepo.flows.pay import verify_copy
    from salesrepo.flows.workspace import open_workspace

    report = verify_ledger(forge_place(forge)) if forge else verify_copy(open_workspace())
    if json:
        console.say_json({"report": report, "clean": report.clean})
        return ExitCode.DONE if report.clean else ExitCode.FINDINGS
    counts = ((report.merges, "merge"), (report.bookings, "booking"), (report.lines, "line"))
    looked = ", ".join(_some(number, what) for number, what in counts)
    for found in report.differences:
        console.say(f"{found.fault.value}: {console.term(found.sentence)}")
    if report.to_settle:
        console.say(f"{report.to_settle} merges are not booked yet. Next: salesrepo commission settle")
    if report.clean:
        console.say(f"Verified: {looked}, every cent recomputed, no difference.")
        return ExitCode.DONE
    console.say(f"NOT verified: {_some(len(report.differences), 'difference')} in {looked}.")
    return ExitCode.FINDINGS


def _some(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
