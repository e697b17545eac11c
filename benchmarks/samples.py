"""A plan with tiers and a credit, made without reading a file: what pay starts from."""

from datetime import date
from fractions import Fraction

from salesrepo.commission.cell import ReadyCell
from salesrepo.commission.credit import credits_of
from salesrepo.commission.figures import multiple
from salesrepo.commission.rates.steps import StepTable
from salesrepo.commission.values import Credit, Event
from salesrepo.commission.version import PlanVersion, ReadyComponent, ReadyMeasure, ReadyRule
from salesrepo.domain.period import Span
from salesrepo.domain.statement import PlanRef

DAY = date(2026, 3, 10)


class Share:
    """A deal's credit as the record has it, without the kind's vocabulary."""

    def __init__(self, node: str, role: str, share: str) -> None:
        self.node, self.role, self.share = node, role, share


def version() -> PlanVersion:
    """5 % of the month's sales, 8 % of what lies above 10,000.00."""
    edges, rates = (Fraction(0), Fraction(1_000_000)), ("5%", "8%")
    formula = StepTable(
        edges=edges,
        owned=(True, True),
        swallows=(False, False),
        names=("at least 0.00", "at least 10,000.00"),
        cells=tuple(ReadyCell("rate", rate, multiple(rate)) for rate in rates),
    )
    measure = ReadyMeasure("sales", frozenset(("closer",)), "amount", "EUR", ())
    rule = ReadyRule("all", (), "base", formula)
    return PlanVersion(
        ref=PlanRef("plans/rep/2026-01-01.yml", "b" * 40),
        plan="rep",
        effective=date(2026, 1, 1),
        currency="EUR",
        paid=Span.MONTH,
        components=(ReadyComponent("commission", measure, Span.MONTH, (), (rule,)),),
        measures={"sales": measure},
        windows=(("sales", Span.MONTH),),
    )


def credits(number: int, payee: str) -> tuple[Credit, ...]:
    """A won deal of one line, all of it the payee's."""
    event = Event(
        deal=f"d-acme-{number}.example-1",
        account=f"d-acme-{number}.example",
        currency="EUR",
        signed=DAY,
        amount=123_456 + number,
        commit="c" * 40,
        booked_on=DAY,
        place=number,
    )
    return credits_of(event, [Share(payee, "closer", "100%")])  # type: ignore[list-item]
