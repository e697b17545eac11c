"""What goes into the pay engine and comes out: events, credit in them, payees, running figures, what is booked.

Named tuples, filled by keyword: to settle one deal must not cost the definition of a dozen dataclasses.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple, Protocol

from salesrepo.commission.version import ReadyComponent
from salesrepo.domain.money import Ratio
from salesrepo.domain.statement import OWN, LineItem, PlanRef

Fact = str | int | Fraction | date
_NOTHING: Mapping[str, Fact] = MappingProxyType({})


class TotalKey(NamedTuple):
    """Which running figure: a payee's measure under a plan, in a window, in its unit (a currency; "" for things).

    A limit's own figures are kept in the same way, under the name of its component and its place there.
    """

    payee: str
    plan: str
    measure: str
    window: str
    unit: str


class Event(NamedTuple):
    """What happened to one line of a deal, as main held it at `commit`: it was won, invoiced, paid ...

    `kind` is the plan's word for what happened (`won`), `name` tells this event from others of its kind (`paid-p7`).

    `amount` is in minor units of `currency`; `item` counts the deal's lines from 1; `signed` is the day of the deal's
    signature, `happened` the event's own where that is another, `starts` the first day of the service; `booked_on` is
    the company's day of the merge and `place` that merge's number in main's first-parent order. `values` has what else
    can count, by name: minor units, or a number of things. `facts` has what a condition or a table may ask of the line,
    its deal and its account (`commission/condition.py`); what is not recorded is absent.
    """

    deal: str
    account: str
    currency: str
    signed: date
    amount: int
    commit: str
    booked_on: date
    place: int
    item: int = 1
    name: str = "won"
    order: str | None = None
    values: Mapping[str, int] = MappingProxyType({})
    facts: Mapping[str, Fact] = _NOTHING
    kind: str = "won"
    happened: date | None = None
    starts: date | None = None
    component: str = ""  # whose line the event is, where it is `earned`

    @property
    def day(self) -> date:
        """The event's own day: it decides windows."""
        return self.happened or self.signed


class Credit(NamedTuple):
    """A payee's share of an event in a role: from the cumulative share `starts` up to `ends` (commission/credit.py).

    `number` is its place among the deal's credits. `via` says whose it is for the payee: their own, or that of `node`,
    who stands `level` steps from them: reports to them, was referred by them, is a member of their team.
    """

    event: Event
    payee: str
    role: str
    starts: Ratio
    ends: Ratio
    number: int = 1
    via: str = OWN
    node: str = ""
    level: int = 0
    node_starts: date | None = None  # the first day of whose credit it is


class DatedFact(NamedTuple):
    """What conditions may ask of a payee from `starts` up to and without `ends`."""

    name: str
    value: Fact
    starts: date
    ends: date | None = None


class Payee(NamedTuple):
    """What plans ask of a payee: from when to when they are here, and what conditions may ask (`grade`, `team`).

    `facts` hold for good, `dated` ones for a time: of one name, the last that runs.
    `reason` is why they left, `currency` the one they are paid in, where that is not the plan's.
    """

    node: str
    starts: date | None = None
    ends: date | None = None
    facts: Mapping[str, Fact] = _NOTHING
    reason: str = ""
    currency: str | None = None
    dated: tuple[DatedFact, ...] = ()

    def facts_on(self, day: date) -> dict[str, Fact]:
        """What conditions may ask of the payee on a day, by name."""
        running = (fact for fact in self.dated if fact.starts <= day and (fact.ends is None or day < fact.ends))
        return {**self.facts, **{fact.name: fact.value for fact in running}}


class Exchange(NamedTuple):
    """So many units of `into` for one of `out_of`, exactly: the rate of `day`, as `source` published it."""

    out_of: str
    into: str
    rate: Ratio
    day: date
    source: str


class Holding(Protocol):
    """What of a line is not payable yet, as billing stands."""

    def lacks(self, event: Event, component: ReadyComponent) -> str | None:
        """What the deal does not record that a component's release asks for; None where nothing is missing."""

    def reserve(self, line: LineItem, component: ReadyComponent) -> LineItem | None:
        """The line that stands beside an earning for what is held back of it; None where all of it is payable."""


class PassedOver(NamedTuple):
    """A credit that a plan version pays nothing for, and why: no line, but no silence either."""

    credit: Credit
    plan: PlanRef
    because: str


class Booked(NamedTuple):
    """What paying or reversing made: new lines in booking order, all running totals after them, who was passed over."""

    lines: tuple[LineItem, ...]
    totals: dict[TotalKey, int]
    passed: tuple[PassedOver, ...] = ()
