"""Pay periods for tests of what is paid out: plans with draws, earnings, and one close after the other."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from salesrepo.commission.booked_lines import top_seqs
from salesrepo.commission.payday.account import PayAccount, PeriodClose
from salesrepo.commission.payday.payout import pay_out
from salesrepo.commission.values import Booked, Payee, TotalKey
from salesrepo.commission.version import PlanVersion
from salesrepo.domain.kinds.plan_pay import Draw, Leaving, Negative, Pay, Recover
from salesrepo.domain.period import Span
from salesrepo.domain.statement import LineItem, LineType
from tests.commission.samples import CALENDAR, COMMIT, LEAVING, component, plan, version

ANA = Payee("ana", date(2027, 1, 1))


def draw(kind: str = "guarantee", amount: str = "1800.00", recover: str = "same_period draw", **fields: Any) -> Draw:
    """A draw; `recover` is never, or "<out of> <leave>"."""
    out_of, _, leave = recover.partition(" ")
    words: dict[str, Any] = {"out_of": out_of, "leave": leave}
    terms: dict[str, Any] = {
        "name": "start",
        "kind": kind,
        "against": "released",
        "amount": amount,
        "recover": Recover(**words) if leave else recover,
    }
    return Draw(**(terms | fields))


def drawing(*draws: Draw, limit: str = "none", leaving: Leaving = LEAVING, **fields: Any) -> PlanVersion:
    negative = Negative(carry="next_period", limit=limit, written_off_by="finance")
    return version(plan(component("5%"), pay=Pay(draws=draws, negative=negative, leaving=leaving), **fields))


def close(number: int, **fields: Any) -> PeriodClose:
    """The close of the month with a number, from January 2027 on."""
    window = CALENDAR.window(Span.MONTH, date(2027 + (number - 1) // 12, (number - 1) % 12 + 1, 1))
    return PeriodClose(window, COMMIT, window.ends, **fields)


def a_line(amount: int, by: PlanVersion | None = None, number: int = 1, **fields: Any) -> LineItem:
    """A line of Ana's in the month with a number."""
    at = close(number)
    held: dict[str, Any] = {
        "key": f"deal-{number} won ana commission 2027-01-01 {abs(amount) + 1}",
        "type": LineType.EARNING,
        "payee": "ana",
        "deal": f"deal-{number}",
        "event": "won",
        "item": 1,
        "event_on": at.window.starts,
        "booked_on": at.window.starts,
        "earning_period": at.window.id,
        "booking_period": at.window.id,
        "currency": "EUR",
        "amount": amount,
        "engine": "1",
        "deal_commit": COMMIT,
        "because": "Earned.",
        "plan": by.ref if by else None,
    }
    return LineItem(**(held | fields))


def settle(lines: Sequence[LineItem], by: PlanVersion, number: int = 1, **fields: Any) -> Booked:
    """One close over lines; `fields` are those of the account, and `seqs` and `exchanges`."""
    seqs, rates = fields.pop("seqs", {}), fields.pop("exchanges", {})
    held: dict[str, Any] = {"payee": ANA, "lines": lines, "before": {}, "totals": {}, "versions": (by,)}
    return pay_out(PayAccount(**(held | fields)), close(number, exchanges=rates), seqs=seqs)


class Run(NamedTuple):
    """What several closes paid out and left owing, each in its order, and every line."""

    paid: list[int]
    owed: list[int]
    lines: list[LineItem]


def run(by: PlanVersion, months: Sequence[Sequence[int] | int], payee: Payee = ANA, **fields: Any) -> Run:
    """PeriodClose one month after the other, each with earnings (minor units) of its own."""
    paid: list[int] = []
    owed: list[int] = []
    lines: list[LineItem] = []
    totals: Mapping[TotalKey, int] = {}
    for number, month in enumerate(months, 1):
        amounts = (month,) if isinstance(month, int) else month
        own = [a_line(amount, by, number, deal=f"d-{number}-{place}") for place, amount in enumerate(amounts)]
        before = {"EUR": sum(line.amount for line in lines)}
        done = settle(
            own, by, number, payee=payee, before=before, totals=totals, seqs=top_seqs([*lines, *own]), **fields
        )
        totals = done.totals
        paid.append(-sum(line.amount for line in done.lines if line.type is LineType.PAYOUT))
        owed.append(sum(totals.values()))
        lines += [*own, *done.lines]
    return Run(paid, owed, lines)


def told(lines: Sequence[LineItem]) -> list[tuple[str, int]]:
    """Types and amounts."""
    return [(line.type.value, line.amount) for line in lines]
