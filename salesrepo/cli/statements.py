"""How is a payee's statement told: what is earned, held back and paid, how far the quota is reached, what is new?"""

from typing import TYPE_CHECKING

from salesrepo.cli import console
from salesrepo.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from salesrepo.commission.payday.balance import Balance
    from salesrepo.domain.statement import LineItem
    from salesrepo.flows.books.closed import Closed
    from salesrepo.flows.books.statement import Reached, Statement

    Names = Mapping[str, str]

_MOST = 5  # of what is held back, came late, is new or waits


def tell_statement(
    found: "Statement",
    *,
    who: "Callable[[str], str]",
    names: "Callable[[Sequence[str]], Names]",
    most: int,
    json: bool,
) -> int:
    """Print a statement; `names` says what people call deals, `who` what they call nodes."""
    if json:
        console.say_json({"statement": plain_statement(found)})
        return ExitCode.DONE
    shown = found.lines[-most:]
    several = (*shown, *found.held[:_MOST], *found.late[:_MOST], *found.news[-_MOST:], *found.waiting[:_MOST])
    deals = [line.deal for line in several] + [one.question.about_deal for one in found.asked.values()]
    called = names([deal for deal in deals if deal])
    console.say(f"{console.term(who(found.node))}, {found.period}: {_state(found.closed, who)}")
    if len(found.lines) > most:
        console.say(f"The last {most} of {len(found.lines)} lines; all of them: --most {len(found.lines)}")
    rows = [_row(line, called, asked=line.key in found.asked) for line in shown]
    console.table(("signed", "deal", "for", "amount", ""), rows, right=("amount",))
    for told in _summary(found):
        console.say(told)
    for reached in found.reached:
        console.say(_attainment(reached))
    _tell_lines("Held back", found.held, called, sign=-1)
    _tell_lines("From earlier periods", found.late, called)
    _tell_lines("New since you were told last", found.news, called)
    _tell_lines("Waits", found.waiting, called)
    for one in found.asked.values():
        asked = one.question
        about = console.term(called.get(asked.about_deal, asked.about_deal) or asked.about)
        console.say(f"Asked about {about}: {console.term(who(asked.answerer))} answers by {asked.due}.")
    for sentence in found.differs:
        console.say(console.term(sentence))
    deal = next((line.deal for line in reversed(shown) if line.deal), "")
    if deal:
        console.say(f"Why: sr pay why {console.term(called[deal].partition(',')[0] if deal in called else deal)}")
    return ExitCode.DONE


def _state(closed: "Closed | None", who: "Callable[[str], str]") -> str:
    if closed is None:
        return "open, an estimate until it closes"
    agreed = f", agreed by {', '.join(map(who, closed.agreed_by))}" if closed.agreed_by else ""
    return console.term(f"closed on {closed.day} by {who(closed.record.prepared_by)}{agreed}")


def _row(line: "LineItem", called: "Names", *, asked: bool) -> tuple[str, ...]:
    from salesrepo.domain.money import group_amount

    what = line.component or line.type.value
    named = what if line.type.value in ("earning", what) else f"{what}, {line.type.value}"
    named += " (asked about)" if asked else ""
    deal = console.term(called.get(line.deal, line.deal))
    return str(line.event_on), deal, named, group_amount(line.amount, line.currency), line.currency


def _summary(found: "Statement") -> "Iterator[str]":
    """Two lines for each currency: what was earned and what became of it, and what is paid."""
    from salesrepo.domain.money import group_amount

    for currency, of in found.balances.items():
        earned = f"Earned in {found.period}: {group_amount(of.earned, currency)} {currency}"
        if found.before and currency in found.before[1]:
            earned += f" ({found.before[0]}: {group_amount(found.before[1][currency].earned, currency)})"
        parts = [f"{what} {group_amount(amount, currency)}" for what, amount in _parts(of) if amount]
        yield "; ".join((earned, *parts)) + "."
        yield _paid(of, currency, is_open=found.closed is None)


def _parts(of: "Balance") -> "tuple[tuple[str, int], ...]":
    return (
        ("adjusted by", of.adjusted),
        ("taken back", of.clawed_back),
        ("held back", of.held_back),
        ("released", of.released),
        ("advanced", of.drawn),
        ("advances recovered", of.recovered),
        ("from before", of.opening),
    )


def _paid(of: "Balance", currency: str, *, is_open: bool) -> str:
    from salesrepo.domain.money import group_amount

    left = f"{group_amount(abs(of.closing), currency)} {currency}"
    if is_open and not of.paid:
        return f"To be paid as it stands: {left}." if of.closing >= 0 else f"Owed as it stands: {left}."
    paid = f"Paid: {group_amount(of.paid, currency)} {currency}."
    if of.closing:
        paid += f" Carried on: {left}{' that are owed' if of.closing < 0 else ''}."
    return paid


def _attainment(reached: "Reached") -> str:
    from salesrepo.commission.figures import show_quantity
    from salesrepo.domain.money import round_half_away

    per_mille = round_half_away(reached.share.numerator * 1000, reached.share.denominator)
    quota = f"{show_quantity(reached.quota, reached.unit)} {reached.unit}".rstrip()
    return f"{reached.component}: {per_mille // 10}.{per_mille % 10}% of the quota of {quota} in {reached.window}."


def _tell_lines(head: str, lines: "Sequence[LineItem]", called: "Names", *, sign: int = 1) -> None:
    from salesrepo.domain.money import group_amount

    for line in lines[:_MOST]:
        deal = f"{called.get(line.deal, line.deal)}: " if line.deal else ""
        money = f"{group_amount(sign * line.amount, line.currency)} {line.currency}. " if line.amount else ""
        earned = f" (earned in {line.earning_period})" if line.earning_period != line.booking_period else ""
        console.say(f"{head}: {console.term(deal)}{money}{console.term(line.because)}{earned}")
    if len(lines) > _MOST:
        console.say(f"{head}: {len(lines) - _MOST} more (--json lists them)")


def plain_statement(found: "Statement") -> dict[str, object]:
    """A statement for --json: its lines whole, sums as the ledger writes them."""
    from salesrepo.commission.booked.line import book
    from salesrepo.domain.money import show_amount
    from salesrepo.store.plain import to_plain

    def money(sums: "Mapping[str, int]") -> dict[str, str]:
        return {currency: show_amount(amount, currency) for currency, amount in sums.items()}

    def keys(lines: "Sequence[LineItem]") -> list[str]:
        return [line.key for line in lines]

    closed = found.closed
    return {
        "node": found.node,
        "period": found.period,
        "open": closed is None,
        "closed": closed
        and {
            "by": closed.record.prepared_by,
            "agreed_by": closed.agreed_by,
            "day": closed.day,
            "record": closed.record,
        },
        "lines": [to_plain(book(line)) for line in found.lines],
        "opening": money(found.opening),
        "total": money(found.total),
        "closing": money(found.closing),
        "balances": plain_balances(found.balances),
        "held": [{"line": line.about, "amount": show_amount(-line.amount, line.currency)} for line in found.held],
        "late": keys(found.late),
        "waiting": keys(found.waiting),
        "news": [to_plain(book(line)) for line in found.news],
        "attainment": [
            {"component": one.component, "window": one.window, "share": str(one.share), "unit": one.unit}
            for one in found.reached
        ],
        "before": found.before and {"period": found.before[0], "balances": plain_balances(found.before[1])},
        "differs": found.differs,
        "asked": [one.question for one in found.asked.values()],
    }


def plain_balances(balances: "Mapping[str, Balance]") -> dict[str, dict[str, str]]:
    """Balances by currency, each of their figures as an amount."""
    from salesrepo.domain.money import show_amount

    return {
        currency: {name: show_amount(amount, currency) for name, amount in of._asdict().items()}
        for currency, of in balances.items()
    }
