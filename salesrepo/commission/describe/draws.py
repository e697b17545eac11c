"""Which pay is topped up or advanced, and when is that taken back?"""

from collections.abc import Iterator

from salesrepo.commission.describe.conditions import where
from salesrepo.commission.describe.wording import About, begun
from salesrepo.domain.kinds.plan_pay import Draw, Recover

_AGAINST = {"released": "what became payable in it", "earned": "what was earned in it"}
_RECOVER = {
    "same_period": "out of what is paid from the same pay period on",
    "next_period": "out of what is paid from the next pay period on",
    "period_without_draw": "out of pay periods in which nothing is drawn",
}
_LEAVE = {"draw": "the amount of the draw is always left to you", "zero": "your pay may go down to nothing for it"}


def draws_told(about: About) -> Iterator[str]:
    """Each draw in two sentences."""
    for draw in about.plan.pay.draws:
        yield f"{_said(draw, about)}. {begun(_taken_back(draw))}"
    if not about.plan.pay.draws:
        yield "There is no draw: nothing is topped up or advanced."


def _said(draw: Draw, about: About) -> str:
    amount, paid = about.money(draw.amount), about.plan.paid
    compared = f"compared with {_AGAINST[draw.against]}"
    if draw.kind == "guarantee":
        return f"{draw.name}: your pay of a {paid} is topped up to {amount}, {compared}{where(draw.when)}"
    return f"{draw.name}: {amount} are advanced for a {paid}, {compared}{where(draw.when)}"


def _taken_back(draw: Draw) -> str:
    if isinstance(draw.recover, Recover):
        return f"It is taken back {_RECOVER[draw.recover.out_of]}; {_LEAVE[draw.recover.leave]}"
    return "It is never taken back"
