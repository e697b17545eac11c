"""Which plans can say that they never convert (`pay_in: deal`)?"""

from collections.abc import Iterator

from salesrepo.commission.entry import BASE
from salesrepo.commission.ready.rate import cells_of, tables_of
from salesrepo.commission.shape import Problem
from salesrepo.domain.kinds.plan import Plan

_MONEY = ("each", "flat", "target", "target_rate")


def deal_currency_problems(plan: Plan) -> Iterator[Problem]:
    """What a plan that pays in the deal's currency says about amounts of its own; routes begin at the record's top."""
    if plan.pay_in != "deal":
        return
    for place, component in enumerate(plan.components):
        route = ("components", place)
        if any(getattr(cell, name) is not None for cell in cells_of(component) for name in _MONEY):
            yield Problem(
                (*route, "rate"),
                "An amount of money is one of the plan's currency.",
                "Pay percentages, or pay_in: plan.",
            )
        if any(table.by == BASE for table in tables_of(component)):
            yield Problem(
                (*route, "rate"),
                "A running total in money is one of the plan's currency.",
                "Write pay_in: plan or payee.",
            )
        if any(limit.max is not None or limit.min is not None for limit in component.limits):
            yield Problem((*route, "limits"), "A limit of money is one of the plan's currency.", "Write pay_in: plan.")
    if plan.pay.draws:
        yield Problem(("pay", "draws"), "A draw is one of the plan's currency.", "Write pay_in: plan or payee.")
