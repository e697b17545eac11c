"""Are the lines of a whole history, to the last word, what they have always been?

A digest cannot say which line is wrong: the other tests here do. It says that a change made for speed changed nothing.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest

from salesrepo.commission.booked.line import book
from salesrepo.commission.engine import pay
from salesrepo.commission.values import Credit
from salesrepo.commission.version import PlanVersion
from salesrepo.domain.kinds.plan import Quota, RateRule, Step, Table
from salesrepo.domain.kinds.plan_counts import CreditRule, Measure
from salesrepo.store.emit import emit_document
from salesrepo.store.plain import to_plain
from tests.commission.samples import CALENDAR, component, credits, event, plan, table, tiers, version

ROWS = (("0", "5%"), (">4000.00", "6.5%"), ("8000.00", "1/13"), (">12000.00", "9.25%"))
SALES = Measure(event="won", credit=CreditRule(role="closer", of="own"), value="amount")
SOLD = Measure(event="won", credit=CreditRule(role="closer", of="own"), value="units")
ON_PAY = Measure(event="earned", credit=CreditRule(role="closer", of="own"), value="amount", component="commission")


def by_quota(*, mode: str = "slice", at: str | None = None) -> Table:
    rows = (("0%", "5%"), ("70%", "6.5%"), ("110%", "9%"))
    steps = tuple(Step(at_least=bound, rate=rate) for bound, rate in rows)
    return Table(by="attainment.goal", mode=mode, at=at, steps=steps)


def of_quota(goal: Table) -> PlanVersion:
    quotas = {"goal": Quota(measure="sales", over="quarter", amount="30000.01")}
    parts = component(RateRule(table=goal), over="quarter"), component("2%", name="again")
    return version(plan(*parts, quotas=quotas))


def re_rated(*, row: bool) -> PlanVersion:
    rows = table(*ROWS)
    steps = tuple(
        replace(step, mode="all") if row and place == 2 else step for place, step in enumerate(rows.table.steps)
    )
    return version(
        plan(component(RateRule(table=replace(rows.table, mode="slice" if row else "all", steps=steps)), over="month"))
    )


def on_pay() -> PlanVersion:
    of = {"sales": SALES, "sold": SOLD, "mine": ON_PAY}
    parts = (
        component("5%"),
        component(RateRule(each="0.35"), name="things", measure="sold"),
        component("10%", name="more", measure="mine"),
    )
    return version(plan(*parts, measures=of))


def deals(count: int) -> Iterator[Credit]:
    """Mixed amounts, some below zero, some of nothing; shares of one to three; a year of days."""
    for number in range(count):
        mixed = number * 2_654_435_761 % 2**32
        shares = ({"ana": "100%"}, {"ben": "60%", "ana": "40%"}, {"cal": "33.3%", "ana": "33.3%", "ben": "33.4%"})[
            mixed % 3
        ]
        amount = (mixed % 900_001) * (-1 if mixed % 17 == 0 else 1) * (mixed % 31 != 0)
        won = event(amount, place=number, values={"units": mixed % 7}, facts={"product": "pro", "discount": mixed % 3})
        day = won.signed + timedelta(days=mixed % 300)
        yield from credits(won._replace(deal=f"deal-{number}", signed=day, booked_on=day), **shares)


PLANS = {
    "slices": lambda: tiers(*ROWS, over="quarter"),
    "before": lambda: of_quota(by_quota(mode="event", at="before")),
    "quota": lambda: of_quota(by_quota()),
    "all": lambda: re_rated(row=False),
    "a row of all": lambda: re_rated(row=True),
    "on pay": on_pay,
}
PINNED = {
    "slices": "cb535b43fb4e8f1d",
    "before": "104e2b7c04864edb",
    "quota": "7b0f5eae49ddf8e0",
    "all": "80116ee1f29bd129",
    "a row of all": "80d8e34b9775f50e",
    "on pay": "a953e460bd5bb74e",
}


def digest(of: PlanVersion) -> str:
    due = list(deals(120))
    plans = {(credit.payee, credit.event.signed): (of,) for credit in due if credit.payee != "cal"}
    booked = pay(due, plans, {}, calendar=CALENDAR)
    text = b"".join(emit_document(to_plain(book(line))) for line in booked.lines)
    return sha256(text + repr(sorted(booked.totals.items())).encode()).hexdigest()[:16]


@pytest.mark.parametrize("name", PLANS)
def test_lines_are_what_they_were(name: str) -> None:
    assert digest(PLANS[name]()) == PINNED[name]
