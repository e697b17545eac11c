"""A plan with tiers and a credit, made without reading a file: what pay starts from."""

from datetime import date

from salesrepo.commission.components.marginal_tiers import TierFormula
from salesrepo.commission.credit import credits_of
from salesrepo.commission.values import Credit, Event, PlanVersion, ReadyComponent, ReadyMeasure
from salesrepo.domain.money import parse_percent
from salesrepo.domain.period import Span
from salesrepo.domain.statement import PlanRef

DAY = date(2026, 3, 10)


class Share:
    """A deal's credit as the record has it, without the kind's vocabulary."""

    def __init__(self, node: str, role: str, share: str) -> None:
        self.node, self.role, self.share = node, role, share


def version() -> PlanVersion:
    """5 % of the month's sales, 8 % of what lies above 10,000.00."""
    rates = ("5%", "8%")
    formula = TierFormula((0, 1_000_000), (True, True), ("at least 0", "at least 10,000.00"), rates, _exact(rates))
    measure = ReadyMeasure("sales", frozenset(("closer",)), ())
    component = ReadyComponent("commission", measure, Span.MONTH, formula)
    ref = PlanRef("plans/rep/2026-01-01.yml", "b" * 40)
    return PlanVersion(ref, "rep", date(2026, 1, 1), "EUR", Span.MONTH, (component,))


def _exact(rates: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    return tuple(parse_percent(rate) for rate in rates)


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
