"""A year of deals of any size, the same in every run: what pay is measured on, as integers and as records.

As many payees as deals / 10; 70 % of the deals have one credit, 25 % two, 5 % three (1.35 lines a deal), 1 % are credit
notes. One plan version: four marginal tiers on the year's sales and an accelerator by attainment of a quota.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from salesrepo.commission.ready.plan import ready
from salesrepo.commission.values import Credit, Event
from salesrepo.commission.version import PlanVersion
from salesrepo.domain.change import blob_id
from salesrepo.domain.kinds.plan import PLAN
from salesrepo.domain.statement import PlanRef
from salesrepo.store.snapshot import parse

PLAN_PATH = "plans/rep/2026-01-01.yml"
PLAN_TEXT = b"""plan: rep
effective: "2026-01-01"
title: Rep
summary: More for every deal the more you have sold in the year.
currency: EUR
paid: month
version_by: signed
fx: refuse
pay_in: plan
running_totals: continue
measures:
  sales: {event: won, credit: {role: closer, of: own}, value: amount}
quotas:
  sales: {measure: sales, over: year, amount: "100000.00"}
components:
  - name: commission
    says: Four tiers of the year's sales, and more once the quota is reached.
    measure: sales
    over: year
    rate:
      table:
        by: base
        mode: slice
        steps:
          - {at_least: "0.00", rate: 5%}
          - {at_least: "40000.00", rate: 6.5%}
          - {at_least: "80000.00", rate: 8%}
          - {at_least: "120000.00", rate: 9.25%}
    factors:
      - name: accelerator
        table:
          by: attainment.sales
          mode: event
          at: after
          steps:
            - {at_least: 0%, times: 1x}
            - {at_least: 100%, times: 1.25x}
            - {at_least: 150%, times: 1.5x}
    lines: event
    release: at_once
    reversal: none
pay:
  draws: []
  negative: {carry: next_period, limit: none, written_off_by: finance}
  leaving: {unreleased: {otherwise: pay}, residuals: stop, owed: written_off}
"""
YEAR = date(2026, 1, 1)
_DAYS = 365
_CUTS = {1: ((0, 1), (1, 1)), 2: ((0, 1), (3, 5), (1, 1)), 3: ((0, 1), (1, 2), (4, 5), (1, 1))}
_SEED, _STEP = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9
_MASK = (1 << 64) - 1


class Sale(NamedTuple):
    """A won deal of one line: minor units, the day of the signature, who has it in shares that fill the whole."""

    number: int
    signed: date
    amount: int
    payees: tuple[str, ...]

    @property
    def account(self) -> str:
        """The account's key."""
        return f"d-acme-{self.number}.example"

    @property
    def deal(self) -> str:
        """The deal's id."""
        return f"{self.account}-1"

    @property
    def shares(self) -> tuple[str, ...]:
        """What each payee has, as a deal's record writes it."""
        return {1: ("100%",), 2: ("60%", "40%"), 3: ("50%", "30%", "20%")}[len(self.payees)]


def sales(count: int) -> Iterator[Sale]:
    """So many deals."""
    payees = max(1, count // 10)
    for number in range(count):
        hold = _mixed(number)
        holders = 1 if hold % 100 < 70 else 2 if hold % 100 < 95 else 3
        amount = 50_000 + hold // 100 % 1_950_000
        first = hold // 1_000_000_000 % payees
        nodes = tuple(dict.fromkeys(f"s-{(first + step * 7) % payees}" for step in range(holders)))
        signed = YEAR + timedelta(days=hold // 7_000_000_000 % _DAYS)
        yield Sale(number, signed, -amount if hold % 1_000 == 7 else amount, nodes)


def credits(sale: Sale) -> Iterator[Credit]:
    """Who has which share in a deal, as settlement hands it to pay."""
    event = Event(
        deal=sale.deal,
        account=sale.account,
        currency="EUR",
        signed=sale.signed,
        amount=sale.amount,
        commit="c" * 40,
        booked_on=sale.signed,
        place=1,
        values={"units": 1},
        facts={"product": "pro", "kind": "new", "source": "fair", "account.country": "DE", "account.employees": 12},
    )
    cuts = _CUTS[len(sale.payees)]
    for number, payee in enumerate(sale.payees, 1):
        yield Credit(event, payee, "closer", cuts[number - 1], cuts[number], number)


@cache
def version() -> PlanVersion:
    """The plan, ready to pay by."""
    return ready(parse(PLAN, PLAN_TEXT, path=PLAN_PATH)[0], PlanRef(PLAN_PATH, blob_id(PLAN_TEXT)))


def _mixed(number: int) -> int:
    """A number that looks like chance and is the same everywhere."""
    mixed = (number + 1) * _SEED & _MASK
    mixed = (mixed ^ mixed >> 30) * _STEP & _MASK
    return mixed ^ mixed >> 27
