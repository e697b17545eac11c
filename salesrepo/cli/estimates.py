"""How is pay told that is not booked: what a deal would pay, and whose pay a change would change?"""

from typing import TYPE_CHECKING

from salesrepo.cli import console
from salesrepo.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from salesrepo.commission.shown.ahead import Ahead
    from salesrepo.domain.pay_change import PayChange, WouldPay
    from salesrepo.flows.books.estimate import Estimate
    from salesrepo.flows.books.foreseen import AtClose
    from salesrepo.flows.deals.amend_deal import Amended

    Who = Callable[[str], str]


def tell_estimate(found: "Estimate", *, handle: str, who: "Who", json: bool) -> int:
    """Say what a deal would pay: for each payee the sum, each line with its reason, what waits, the next rows."""
    if json:
        console.say_json(_plain_estimate(found))
        return ExitCode.DONE
    from salesrepo.domain.money import group_amount, parse_amount

    deal = found.deal
    worth = sum(line.quantity * parse_amount(line.price, deal.currency) for line in deal.lines)
    value = f"{group_amount(worth, deal.currency)} {deal.currency}"
    console.say(f"{console.term(handle)} of {value}, if it is signed on {deal.signed}, by the books as they stand:")
    paid = (*(line.payee for line in found.lines), *(close.payee for close in found.at_close))
    for payee in dict.fromkeys((*paid, *(one.credit.payee for one in found.passed))):
        _tell_payee(found.of(payee), name=console.term(who(payee)))
    if not found.lines and not found.passed:
        console.say("It pays nobody of those you may see.")
    return ExitCode.DONE


def _tell_payee(found: "Estimate", *, name: str) -> None:
    from salesrepo.report.pay_said import sum_said

    for change in found.changes:
        console.say(f"{name}: {console.term(sum_said(change))}")
    if not found.changes:
        console.say(f"{name}: {'nothing yet' if found.at_close else 'nothing'}")
    for line in found.lines:
        if line.needs:
            console.say(f"  - Waits: {console.term(line.because)} Needed: {console.term(line.needs)}")
        else:
            what = f"{line.component}: " if line.component else ""
            console.say(f"  - {what}{console.term(line.because)}")
    for one in found.passed:
        if not any(one.because[1:] in line.because for line in found.lines):  # a line that counts says why as well
            console.say(f"  - {console.term(one.because)}")
    for close in found.at_close:
        console.say(f"  - {_closed(close)}")
    for ahead in found.ahead:
        console.say(f"  - {_next_row(ahead)}")


def tell_would_pay(found: "WouldPay") -> None:
    """Say in one short block whose pay changes by how much, and what cannot be told."""
    from salesrepo.report.pay_said import pay_said

    for line in pay_said(found):
        console.say(console.term(line))


def tell_amended(done: "Amended", told: str, *, dry_run: bool) -> None:
    """Say what is noted of a deal that was won, whose pay that changes, and who must agree."""
    from salesrepo.cli.findings import say_findings

    console.say(f"{'Would note' if dry_run else 'Noted'}: {told}")
    tell_would_pay(done.pay)
    say_findings(done.noted.findings, "It would be refused as it is:", "Before it counts:")
    if done.approvers:
        roles = ", ".join(role.replace("_", " ") for role in done.approvers)
        console.say(f"One of these must agree, who is not paid by it: {roles}.")
    if not dry_run:
        console.say("Next: sr submit")


def plain_amended(done: "Amended", *, dry_run: bool) -> dict[str, object]:
    """The same for --json."""
    noted = done.noted
    return {
        "deal": noted.deal,
        "handle": noted.handle,
        "amount": noted.amount,
        "pay": plain_would_pay(done.pay),
        "approvers": done.approvers,
        "changed": not dry_run,
    }


def plain_would_pay(found: "WouldPay | None") -> dict[str, object] | None:
    """The same for --json."""
    if found is None:
        return None
    return {"changes": _plain_changes(found.changes), "unknown": found.unknown}


def _closed(close: "AtClose") -> str:
    from salesrepo.domain.money import group_amount

    sum_, more = group_amount(close.amount, close.currency), close.amount - close.without
    beside = f"{group_amount(abs(more), close.currency)} {'more' if more > 0 else 'less'} than without it"
    head = f"If {close.window} closed now, {close.component} would come to {sum_} {close.currency}, {beside}"
    return f"{head}: {console.term(close.because)}"


def _next_row(ahead: "Ahead") -> str:
    from salesrepo.commission.figures import show_multiple, show_quantity

    more = f"{show_quantity(ahead.missing, ahead.unit)} {ahead.unit or ahead.measure}"
    begins = "at" if ahead.owned else "above"
    edge = show_quantity(ahead.edge, ahead.unit)
    if ahead.quota is not None:
        edge = f"{show_multiple(ahead.edge)} of {show_quantity(ahead.quota, ahead.unit)}"
    return f"Another {more} takes {ahead.of} to {ahead.pays}, {begins} {edge} in {ahead.window}."


def _plain_estimate(found: "Estimate") -> dict[str, object]:
    from salesrepo.commission.booked.line import book
    from salesrepo.domain.money import show_amount
    from salesrepo.store.plain import to_plain

    def figure(ahead: "Ahead") -> dict[str, object]:
        missing = show_amount(ahead.missing, ahead.unit) if ahead.unit else str(ahead.missing)
        return {
            "payee": ahead.payee,
            "table": ahead.of,
            "measure": ahead.measure,
            "window": ahead.window,
            "unit": ahead.unit,
            "missing": missing,
            "pays": ahead.pays,
        }

    return {
        "deal": found.deal.deal,
        "signed": str(found.deal.signed),
        "pay": _plain_changes(found.changes),
        "lines": [to_plain(book(line)) for line in found.lines],
        "nothing": [
            {"payee": one.credit.payee, "role": one.credit.role, "because": one.because} for one in found.passed
        ],
        "at_close": [
            {
                "payee": one.payee,
                "component": one.component,
                "window": one.window,
                "currency": one.currency,
                "amount": show_amount(one.amount, one.currency),
                "without": show_amount(one.without, one.currency),
                "because": one.because,
            }
            for one in found.at_close
        ],
        "next_rows": [figure(ahead) for ahead in found.ahead],
    }


def _plain_changes(changes: "Iterable[PayChange]") -> list[dict[str, object]]:
    from salesrepo.domain.money import show_amount

    return [
        {
            "payee": change.payee,
            "currency": change.currency,
            "earned": show_amount(change.earned, change.currency),
            "payable": show_amount(change.payable, change.currency),
            "held": show_amount(change.held, change.currency),
            "waits": change.waits,
        }
        for change in changes
    ]
