"""The life of a deal for tests: what is booked when it is won, and what billing says of it afterwards."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from salesrepo.commission.billed.billing import Billing
from salesrepo.commission.billed.follow import Happened, follow
from salesrepo.commission.billed.holdback import hold_back
from salesrepo.commission.billed.release import lacking
from salesrepo.commission.booked_lines import lines_that_hold, top_seqs
from salesrepo.commission.reverse import reverse
from salesrepo.commission.values import Credit, Event
from salesrepo.commission.version import PlanVersion, ReadyComponent
from salesrepo.domain.kinds.plan_pay import AgeStep, ByAge, Moment, Part, ReversalRules, Taking
from salesrepo.domain.money import show_amount
from salesrepo.domain.statement import LineItem
from tests.commission.samples import CALENDAR, COMMIT, component, credits, event, plan, settle, version

START = date(2026, 3, 10)
HALVES = (Part(share="50%", at="earned"), Part(share="50%", in_proportion_to="cash"))
QUARTERS = (
    Part(share="50%", at=Moment(paid_month=1)),
    Part(share="25%", at=Moment(paid_month=6)),
    Part(share="25%", at=Moment(paid_month=12)),
)
BOOKED: Mapping[str, Any] = {"of": "booked", "quota": "kept"}


def instalments(number: str, leftover: Any = "last") -> tuple[Part, ...]:
    return (Part(share="100%", instalments=number, every="month", leftover=leftover),)


def rules(cancelled: Any = "keep", refunded: Any = "in_proportion", **fields: Any) -> ReversalRules:
    held = {**BOOKED, **fields}
    taken = [take if take == "keep" else Taking(take=take, **held) for take in (cancelled, refunded)]
    return ReversalRules(cancelled=taken[0], refunded=taken[1])


def by_age(*steps: tuple[int, str]) -> ByAge:
    return ByAge(by="months_since_start", steps=tuple(AgeStep(at_least=least, share=share) for least, share in steps))


def at_rate(rate: Any, **fields: Any) -> PlanVersion:
    return version(plan(component(rate, **fields)))


class Held(NamedTuple):
    """What is held back of every line, as billing stands."""

    billing: Billing

    def lacks(self, event: Event, component: ReadyComponent) -> str | None:
        return lacking(component.release, self.billing)

    def reserve(self, line: LineItem, component: ReadyComponent) -> LineItem | None:
        return hold_back(line, component, self.billing)


class Life:
    """A deal of Ana's under one plan version, from its booking on; what billing says is told word after word."""

    def __init__(self, by: PlanVersion, amount: int, *sold: Credit, **known: Any) -> None:
        held: dict[str, Any] = {"currency": "EUR", "amount": amount, "day": START, "signed": START, "starts": START}
        self.by = by
        self.billing = Billing(**(held | {"term": 12} | known))
        self.open_from = date.min
        self.left: tuple[str, ...] = ()
        done = settle(sold or credits(event(amount)), by, holding=Held(self.billing))
        self.totals = done.totals
        self.lines: tuple[LineItem, ...] = done.lines

    def tell(self, name: str, day: date | None = None, **changes: Any) -> tuple[LineItem, ...]:
        """The lines of one word of billing; `changes` are how billing stands after it."""
        day = day or self.billing.day
        self.billing = self.billing._replace(day=day, **changes)
        done = follow(
            lines_that_hold(self.lines),
            self.component_of,
            self.billing,
            Happened(name, day, day, COMMIT),
            calendar=CALENDAR,
            totals=self.totals,
            seqs=top_seqs(self.lines),
            open_from=self.open_from,
            forfeits=lambda line: line.payee in self.left,
        )
        self.totals = done.totals
        self.lines = (*self.lines, *done.lines)
        return done.lines

    def component_of(self, line: LineItem) -> Any:
        return next((one for one in self.by.components if one.name == line.component), None)

    def undo(self) -> None:
        """Take the whole deal back, as a correction does."""
        back = reverse(
            lines_that_hold(self.lines),
            self.totals,
            calendar=CALENDAR,
            booked_on=self.billing.day,
            commit=COMMIT,
            why="the deal was amended",
            seqs=top_seqs(self.lines),
        )
        self.totals = back.totals
        self.lines = (*self.lines, *back.lines)

    @property
    def payable(self) -> int:
        return sum(line.amount for line in self.lines)


def said(lines: Sequence[LineItem]) -> list[tuple[str, str]]:
    return [(line.type.value, show_amount(line.amount, line.currency)) for line in lines]
