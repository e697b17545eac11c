"""Small plans, events and credits for tests of pay."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from salesrepo.commission.booked_lines import lines_that_hold, places, top_seqs
from salesrepo.commission.credit import credits_of
from salesrepo.commission.engine import pay
from salesrepo.commission.ready.plan import ready
from salesrepo.commission.reverse import reverse
from salesrepo.commission.values import Booked, Credit, Event, TotalKey
from salesrepo.commission.version import PlanVersion
from salesrepo.domain.kinds.deal import DealCredit
from salesrepo.domain.kinds.plan import Component, Plan, Rate, RateRule, Step, Table
from salesrepo.domain.kinds.plan_counts import CreditRule, Measure
from salesrepo.domain.kinds.plan_pay import Leaving, Negative, Pay
from salesrepo.domain.period import Calendar
from salesrepo.domain.statement import LineItem, PlanRef

CALENDAR = Calendar()
BLOB = "b" * 40
COMMIT = "c" * 40
DAY = date(2026, 3, 10)
LEAVING = Leaving(unreleased={"otherwise": "pay"}, residuals="stop", owed="written_off")
PAY = Pay(draws=(), negative=Negative(carry="next_period", limit="none", written_off_by="finance"), leaving=LEAVING)


def table(*steps: tuple[str, str]) -> RateRule:
    """Rows as (at least, rate); a bound that begins with > is `above`."""
    rows = (
        Step(above=bound[1:], rate=rate) if bound.startswith(">") else Step(at_least=bound, rate=rate)
        for bound, rate in steps
    )
    return RateRule(table=Table(by="base", mode="slice", steps=tuple(rows)))


def component(rate: Rate, **fields: Any) -> Component:
    held: dict[str, Any] = {
        "name": "commission",
        "says": "What you sell.",
        "measure": "sales",
        "lines": "event",
        "release": "at_once",
        "reversal": "none",
    }
    return Component(rate=rate, **(held | fields))


def plan(*components: Component, **fields: Any) -> Plan:
    sales = Measure(event="won", credit=CreditRule(role="closer", of="own"), value="amount")
    held: dict[str, Any] = {
        "plan": "rep",
        "effective": date(2026, 1, 1),
        "title": "Rep",
        "summary": "What you sell.",
        "currency": "EUR",
        "paid": "month",
        "version_by": "signed",
        "fx": "refuse",
        "pay_in": "plan",
        "running_totals": "continue",
        "measures": {"sales": sales},
        "pay": PAY,
    }
    return Plan(components=components, **(held | fields))


def version(of: Plan) -> PlanVersion:
    return ready(of, PlanRef(f"plans/{of.plan}/{of.effective}.yml", BLOB))


def tiers(*steps: tuple[str, str], over: str = "month", **fields: Any) -> PlanVersion:
    return version(plan(component(table(*steps), over=over), **fields))


def event(amount: int, **fields: Any) -> Event:
    held: dict[str, Any] = {
        "deal": "d-acme.com-1",
        "account": "d-acme.com",
        "currency": "EUR",
        "signed": DAY,
        "commit": COMMIT,
        "booked_on": DAY,
        "place": 1,
    }
    return Event(amount=amount, **(held | fields))


def credits(of: Event, **shares: str) -> tuple[Credit, ...]:
    """Credits of closers: ana="50%", ben="50%"; all of it is Ana's where none are named."""
    named = shares or {"ana": "100%"}
    return credits_of(of, [DealCredit(node=node, role="closer", share=share) for node, share in named.items()])


def settle(
    given: Sequence[Credit], by: PlanVersion, totals: Mapping[TotalKey, int] | None = None, **options: Any
) -> Booked:
    """Pay credits when everyone is on one plan version."""
    plans = {(credit.payee, credit.event.signed): (by,) for credit in given}
    return pay(given, plans, totals or {}, **({"calendar": CALENDAR} | options))


def sales(*amounts: int, **fields: Any) -> list[Credit]:
    """One won deal of Ana's for each amount, merged one after the other."""
    return [
        credit
        for number, amount in enumerate(amounts, 1)
        for credit in credits(event(amount, **fields)._replace(deal=f"deal-{number:03}", place=number))
    ]


def corrected(by: PlanVersion, booked: Booked, deal: str, *again: Credit) -> tuple[tuple[LineItem, ...], Booked]:
    """A deal's lines taken back and, if credits are given, booked again; then the lines of that, and the totals."""
    old = [line for line in lines_that_hold(booked.lines) if line.deal == deal]
    back = reverse(
        old,
        booked.totals,
        calendar=CALENDAR,
        booked_on=DAY,
        commit=COMMIT,
        why="the deal was amended",
        seqs=top_seqs(booked.lines),
    )
    held = (*booked.lines, *back.lines)
    done = pay(
        again,
        {("ana", DAY): (by,)},
        back.totals,
        calendar=CALENDAR,
        seqs=top_seqs(held),
        entered=places(old),
        history={"ana": lines_that_hold(held)},
        undone=back.lines,
        booked_by={by.ref: by},
    )
    return (*back.lines, *done.lines), done
